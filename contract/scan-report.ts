// scan.json: what the scan tried, cell by cell, and what it could not see. It stands beside every inventory report.
import * as z from 'zod';
import { accountIdSchema } from './account.ts';
import { containerMessageSchema } from './outcome.ts';

/** What became of one service in one region. `listed` has resources, `empty` was asked and has none. */
export const cellOutcomeSchema = z.enum([
  'listed',
  'empty',
  'denied',
  'not-enabled',
  'not-in-region',
  'throttled',
  'unsupported',
  'failed',
]);
export type CellOutcome = z.infer<typeof cellOutcomeSchema>;

/** Cells that make an account partial: something may be there that the report does not show. */
export const blindOutcomes: readonly CellOutcome[] = ['denied', 'throttled', 'failed'];

export const cellSchema = z.object({
  /** An AWS region, or `global`. */
  region: z.string(),
  /** aws-recon's name of the service (`EC2`), or `tagging` for the Tagging API. */
  service: z.string(),
  outcome: cellOutcomeSchema,
  resources: z.number().int().nonnegative(),
  seconds: z.number().nonnegative(),
  /** The first error as the API said it, cut to one line; absent when there was none. */
  error: z.string().optional(),
  /** The IAM action or API call that was refused, e.g. `kms:ListKeys`. */
  action: z.string().optional(),
  /** True when the error names a service control policy: the account's owner cannot mend it. */
  byServiceControlPolicy: z.boolean().optional(),
  /** How many resources the cap on a type left out. */
  truncated: z.number().int().positive().optional(),
});
export type Cell = z.infer<typeof cellSchema>;

export const toolResultSchema = z.object({
  tool: z.string(),
  /** The tool's verdict, in the words of a container message. */
  verdict: containerMessageSchema.omit({ reports: true, reportsOmitted: true, counts: true }),
  resources: z.number().int().nonnegative(),
  seconds: z.number().nonnegative(),
  cells: z.array(cellSchema),
});
export type ToolResult = z.infer<typeof toolResultSchema>;

export const scanReportSchema = z.object({
  schemaVersion: z.literal(1),
  run: z.string(),
  account: accountIdSchema,
  /** The ARN that the scan's credentials answered with. */
  identity: z.string().nullable(),
  startedAt: z.string(),
  finishedAt: z.string(),
  verdict: containerMessageSchema.omit({ reports: true, reportsOmitted: true }),
  tools: z.array(toolResultSchema),
});
export type ScanReport = z.infer<typeof scanReportSchema>;
