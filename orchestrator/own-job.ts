// The orchestrator's own Job, or those that it made → the run: its id, its date, and when it has to be over. Pure.
import { createHash } from 'node:crypto';
import type { V1Job, V1OwnerReference } from '@kubernetes/client-node';
import { InventoryError } from '../contract/errors.ts';
import { annotationNames } from '../contract/names.ts';
import type { RunBeginning } from './backend.ts';
import { startOfRunId } from './run-id.ts';

export interface OwnJob {
  readonly name: string;
  readonly uid: string;
}

const orchestratorName = 'aws-inventory-orchestrator';
const suffixLength = 23;
const hashLength = 5;

/** `29384720-x7k2p`: the name's own part, and a hash of the UID because a manual Job may have its name again tomorrow. */
export const runIdOf = ({ name, uid }: OwnJob): string => {
  const own = name.startsWith(`${orchestratorName}-`) ? name.slice(orchestratorName.length + 1) : name;
  const suffix = own
    .toLowerCase()
    .replace(/[^a-z0-9-]+/g, '-')
    .slice(-suffixLength)
    .replace(/^-+|-+$/g, '');
  const digest = createHash('sha256').update(uid).digest().readBigUInt64BE().toString(36);
  return `${suffix === '' ? 'run' : suffix}-${digest.padStart(hashLength, '0').slice(-hashLength)}`;
};

/** Written by the CronJob controller; in the CronJob's own time zone. */
const scheduledAnnotation = 'batch.kubernetes.io/cronjob-scheduled-timestamp';

const toTime = (value: unknown): number => new Date(value instanceof Date ? value : String(value)).getTime();

/** The scheduled time decides the date: a Job that starts late, or after midnight, still is that day's. */
export const beginningOf = (job: V1Job): RunBeginning => {
  const created = toTime(job.metadata?.creationTimestamp);
  if (Number.isNaN(created)) throw new InventoryError('unexpected', "The orchestrator's own Job has no creation time");
  const scheduled = toTime(job.metadata?.annotations?.[scheduledAnnotation]);
  const startedAt = new Date(created).toISOString();
  const started = job.status?.startTime === undefined ? created : toTime(job.status.startTime);
  const seconds = job.spec?.activeDeadlineSeconds;
  return {
    startedAt,
    date: new Date(Number.isNaN(scheduled) ? created : scheduled).toISOString().slice(0, 10),
    // A Job that was suspended, as by a queue, has its time from when it may run.
    deadlineFrom: new Date(started).toISOString(),
    endsBefore: seconds === undefined ? null : new Date(started + seconds * 1000).toISOString(),
  };
};

interface DatedJob {
  readonly createdAt: string;
  readonly annotations: Readonly<Record<string, string>>;
}

/**
 * Without a Job of its own, a run that goes on has the beginning that its oldest Job was stamped with; when its Jobs are gone by
 * their TTL, the one that its id says, if it was made by newRunId.
 */
export const beginningFromJobs = (
  jobs: ReadonlyMap<string, DatedJob>,
  { run, now }: { readonly run: string; readonly now: Date },
): RunBeginning => {
  const oldest = [...jobs.values()].toSorted((a, b) => (a.createdAt < b.createdAt ? -1 : 1))[0];
  const startedAt =
    oldest === undefined ? startOfRunId(run, now).toISOString() : new Date(oldest.createdAt).toISOString();
  return {
    startedAt,
    date: oldest?.annotations[annotationNames.date] ?? startedAt.slice(0, 10),
    deadlineFrom: now.toISOString(),
    endsBefore: null,
  };
};

/** Deleting the orchestrator's Job deletes its runner Jobs. Not the other way about: they must not keep it from going. */
export const ownerReferenceOf = ({ name, uid }: OwnJob): V1OwnerReference => ({
  apiVersion: 'batch/v1',
  kind: 'Job',
  name,
  uid,
});
