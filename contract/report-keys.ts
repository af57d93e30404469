// Where everything lies in the bucket: AWSRecon/YYYY/MM/DD/recon_<account>.json and what stands beside it.
import { reconFile } from './names.ts';

/** A calendar day in UTC, `YYYY-MM-DD`, fixed once per run: a run across midnight keeps its folder. */
export type RunDate = string;

export const runDatePattern = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;

const reportNamePattern = /^[a-z0-9][a-z0-9-]{0,40}$/;
/** Kinds that a foreign scanner may not write, because the project's own documents carry these names. */
const reservedKinds = new Set(['recon', 'run', 'latest', 'upload']);

export type ReportKind = { readonly kind: string } | { readonly rejected: string };

/** The kind of a file of the reports directory (`drift.json` → `drift`), or why it cannot be a report. */
export const reportKind = (fileName: string): ReportKind => {
  if (fileName === reconFile) return { kind: 'recon' };
  if (!fileName.endsWith('.json')) return { rejected: 'its name does not end in .json' };
  const name = fileName.slice(0, -'.json'.length);
  if (!reportNamePattern.test(name)) return { rejected: 'its name is not like [a-z0-9][a-z0-9-]{0,40}.json' };
  if (reservedKinds.has(name)) return { rejected: `the name ${name} is reserved` };
  return { kind: name };
};

const dated = (prefix: string, date: RunDate): string => `${prefix}/${date.replaceAll('-', '/')}`;

export interface ReportPlace {
  /** Prefix of `recon_*`, whose readers know its path. */
  readonly prefix: string;
  /** Prefix of everything else, for readers that take the whole first one; the same when left out. */
  readonly otherPrefix?: string | undefined;
  readonly date: RunDate;
  readonly accountId: string;
}

export const reportKey = (place: ReportPlace, kind: string): string => {
  const prefix = kind === 'recon' ? place.prefix : (place.otherPrefix ?? place.prefix);
  return `${dated(prefix, place.date)}/${kind}_${place.accountId}.json`;
};

/** The uploader's list of what it sent, beside the reports. */
export const uploadRecordKey = (place: ReportPlace): string => reportKey(place, 'upload');

export const manifestKey = (prefix: string, date: RunDate, run: string): string =>
  `${dated(prefix, date)}/run_${run}.json`;

export const latestKey = (prefix: string): string => `${prefix}/latest.json`;
