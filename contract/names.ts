// Names that two programs must agree on: the run, its Jobs, labels, containers, volumes' files.
import * as z from 'zod';

/** 29 characters: 63 of a Job's name, less `aws-inventory-runner-`, a dash and an account id. */
export const runIdSchema = z
  .string()
  .regex(
    /^[a-z0-9]([a-z0-9-]{0,27}[a-z0-9])?$/,
    'a run id has at most 29 lower-case letters, digits and inner dashes, because it becomes part of a Job name',
  );

export const runnerTemplateName = 'aws-inventory-runner';

/** The one name a runner Job can have, so that creating it twice is refused by whoever keeps the Jobs. */
export const runnerJobName = (run: string, accountId: string): string => `${runnerTemplateName}-${run}-${accountId}`;

export const labelNames = { run: 'aws-inventory/run', account: 'aws-inventory/account' } as const;

export const annotationNames = {
  /** SHA-256 of the stamped facts: what an adopted Job must have in common with the planned one. */
  facts: 'aws-inventory/facts',
  accountName: 'aws-inventory/account-name',
  /** The run's date: who goes on with a run from elsewhere reads it from the Jobs that are there. */
  date: 'aws-inventory/date',
} as const;

/** The sidecar of the component long-scans: gets the same facts as assume, and keeps what that wrote fresh. */
export const refreshContainer = 'refresh';

export const containerNames = { assume: 'assume', scan: 'scan', upload: 'upload' } as const;

/** The inventory's own file in the reports directory; it becomes `recon_<account>.json`, as its readers have known it. */
export const reconFile = 'output.json';
export const scanFile = 'scan.json';
export const driftFile = 'drift.json';
export const tagsFile = 'tags.json';

/** The section of the credentials file with the session that reads states, where that is another one than the account's. */
export const stateProfile = 'state';
