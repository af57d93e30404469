// The manifest closes a run: every account of the Organization with exactly one outcome. latest.json holds the newest entry of each.
import * as z from 'zod';
import { accountIdSchema } from './account.ts';
import { outcomeSchema, scanCountsSchema, uploadedReportSchema } from './outcome.ts';

export const manifestAccountSchema = z.object({
  /** Twelve digits, except in a row for an id of INCLUDE_ACCOUNTS that is none: then the id as it was written. */
  id: z.string(),
  name: z.string(),
  state: z.string().nullable(),
  path: z.array(z.string()).nullable(),
  outcome: outcomeSchema,
  /** A code of the error catalogue, `not-selected` or `not-active`; null when the account succeeded. */
  code: z.string().nullable(),
  message: z.string().nullable(),
  remedy: z.string().nullable(),
  attempts: z.number().int().nonnegative(),
  job: z.string().nullable(),
  startedAt: z.string().nullable(),
  finishedAt: z.string().nullable(),
  counts: scanCountsSchema.nullable(),
  /** Shares of what the account could answer, of the entry that latest.json had (of that run) and of this one, when it is less. */
  coverageFell: z.object({ from: z.number(), to: z.number(), run: z.string() }).optional(),
  reports: z.array(uploadedReportSchema),
});
export type ManifestAccount = z.infer<typeof manifestAccountSchema>;

const totalsSchema = z.object({
  accounts: z.number().int(),
  succeeded: z.number().int(),
  partial: z.number().int(),
  failed: z.number().int(),
  skipped: z.number().int(),
  resources: z.number().int(),
  /** Over the accounts that were compared with states; absent where none was. */
  unmanaged: z.number().int().optional(),
  missing: z.number().int().optional(),
  changed: z.number().int().optional(),
  /** Over the accounts whose tags were checked; absent where none was. */
  tagged: z.object({ checked: z.number().int(), compliant: z.number().int() }).optional(),
  /** Without any tag. */
  untagged: z.number().int().optional(),
});
export type ManifestTotals = z.infer<typeof totalsSchema>;

export const manifestSchema = z.object({
  schemaVersion: z.literal(1),
  run: z.string(),
  /** The run whose failed and partial accounts this one repeats. */
  retryOf: z.string().nullable(),
  /** True when nothing narrowed the run: every active account of the Organization was to be scanned. */
  complete: z.boolean(),
  date: z.string(),
  startedAt: z.string(),
  finishedAt: z.string(),
  version: z.string(),
  partition: z.string(),
  templateVersion: z.string(),
  totals: totalsSchema,
  accounts: z.array(manifestAccountSchema),
});
export type Manifest = z.infer<typeof manifestSchema>;

export const latestAccountSchema = manifestAccountSchema.extend({
  id: accountIdSchema,
  /** The run that produced this entry, and when that run began: an older run never replaces a newer entry. */
  run: z.string(),
  /** Day of that run's folder: with the run id it names the manifest. */
  runDate: z.string(),
  runStartedAt: z.string(),
  /** Of an entry that has not succeeded: when the account last did; absent when it never has, or nobody remembers. */
  succeededAt: z.string().optional(),
});
export type LatestAccount = z.infer<typeof latestAccountSchema>;

/** A run as a trend shows it: the manifest's head. */
export const runSummarySchema = z.object({
  run: z.string(),
  retryOf: z.string().nullable(),
  complete: z.boolean(),
  date: z.string(),
  startedAt: z.string(),
  finishedAt: z.string(),
  totals: totalsSchema,
});
export type RunSummary = z.infer<typeof runSummarySchema>;

/** As many runs as latest.json remembers: more than a year of weekly ones. */
export const runsRemembered = 60;

export const latestSchema = z.object({
  schemaVersion: z.literal(1),
  updatedAt: z.string(),
  /** The newest run that covered the whole Organization. */
  completeRun: z.object({ run: z.string(), startedAt: z.string() }).nullable(),
  /** The newest first, at most runsRemembered of them; runs before there were any are not in it. */
  runs: z.array(runSummarySchema).default([]),
  accounts: z.array(latestAccountSchema),
});
export type Latest = z.infer<typeof latestSchema>;
