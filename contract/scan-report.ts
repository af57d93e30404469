// scan.json: what the scan tried, cell by cell, and what it could not see. It stands beside every inventory report.
import * as z from 'zod';
import { containerMessageSchema, driftCountsSchema, tagCountsSchema } from './outcome.ts';
import { scanHeadSchema } from './scan-head.ts';

/** What became of one type in one region. `listed` has resources, `empty` was asked and has none. */
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

/** Outcomes that make an account partial: something may be there that the report does not show. */
export const blindOutcomes: readonly CellOutcome[] = ['denied', 'throttled', 'failed'];

const cellFactsSchema = z.object({
  /** The CloudFormation type; `tagging` for the Tagging API and `regions` for the question which regions there are. */
  type: z.string(),
  /** aws-recon's name of the service (`EC2`). */
  service: z.string(),
  /** Who was asked: calls of the service itself, Cloud Control, or the account as a whole. */
  tier: z.enum(['native', 'cloud-control', 'account']),
  outcome: cellOutcomeSchema,
  resources: z.number().int().nonnegative(),
  /** The first error as the API said it, cut to one line; absent when there was none. */
  error: z.string().optional(),
  /** The IAM action or API call that was refused, e.g. `kms:ListKeys`. */
  action: z.string().optional(),
  /** True when the error names a service control policy: the account's owner cannot mend it. */
  byServiceControlPolicy: z.boolean().optional(),
  /** How many resources, or things to ask about, a cap left out. */
  truncated: z.number().int().positive().optional(),
  /** Why the settings expect this outcome, which then does not make the account partial. */
  accepted: z.string().optional(),
  /** What AWS Config or Resource Explorer knows of the type there, when the listing showed nothing of it. */
  hinted: z.number().int().positive().optional(),
});

/** One type in one region, or in `global`. */
export type Cell = z.infer<typeof cellFactsSchema> & { readonly region: string };

/** Whether its failure is expected: the settings accept it, or a policy above the account denies it. */
export const isExcusedCell = ({ accepted, byServiceControlPolicy }: Cell): boolean =>
  accepted !== undefined || byServiceControlPolicy === true;

/** Whether it failed, and nobody expects that: something may be there that nobody was shown. */
export const isBlindCell = (cell: Cell): boolean => blindOutcomes.includes(cell.outcome) && !isExcusedCell(cell);

/** As it is written: regions of which all the same is to be said share a row. */
export const cellRowSchema = cellFactsSchema.extend({
  /** AWS regions, or `global`. `resources` are of each of them. */
  regions: z.array(z.string()).min(1),
});
export type CellRow = z.infer<typeof cellRowSchema>;

/** Cells as rows: twenty thousand cells of an account, most of them empty, are some hundred rows. */
export const foldCells = (cells: readonly Cell[]): CellRow[] => {
  const rows = new Map<string, { facts: Omit<Cell, 'region'>; regions: string[] }>();
  for (const { region, ...facts } of cells) {
    const key = JSON.stringify(facts);
    const row = rows.get(key) ?? { facts, regions: [] };
    row.regions.push(region);
    rows.set(key, row);
  }
  return [...rows.values()].map(({ facts, regions }) => ({ ...facts, regions }));
};

export const unfoldCells = (rows: readonly CellRow[]): Cell[] =>
  rows.flatMap(({ regions, ...facts }) => regions.map(region => ({ ...facts, region })));

/** Calls of one service in one region that throttling has slowed. */
const rateSchema = z.object({
  service: z.string(),
  region: z.string(),
  requests: z.number().int().nonnegative(),
  throttled: z.number().int().nonnegative(),
  throttledSeconds: z.number().nonnegative(),
});

/** What a tool asked AWS for, and what throttling cost it; services that were never throttled are only counted. */
export const requestsSchema = z.object({
  requests: z.number().int().nonnegative(),
  throttled: z.number().int().nonnegative(),
  throttledSeconds: z.number().nonnegative(),
  slowed: z.array(rateSchema),
});
export type Requests = z.infer<typeof requestsSchema>;

/** Of one Terraform type, the verdicts on its resources; those that are zero may be left out. */
export const driftTypeCountsSchema = z.object({
  type: z.string(),
  managed: z.number().int().nonnegative().default(0),
  changed: z.number().int().nonnegative().default(0),
  unmanaged: z.number().int().nonnegative().default(0),
  missing: z.number().int().nonnegative().default(0),
  stack: z.number().int().nonnegative().default(0),
  service: z.number().int().nonnegative().default(0),
  unknown: z.number().int().nonnegative().default(0),
});
export type DriftTypeCounts = z.infer<typeof driftTypeCountsSchema>;

/** Of one region, or of `global`: resources that must carry tags, and how many do. */
export const tagRegionCountsSchema = z.object({
  region: z.string(),
  checked: z.number().int().nonnegative(),
  compliant: z.number().int().nonnegative(),
  untagged: z.number().int().nonnegative(),
  /** Of each required tag: how many must carry it, and how many do with an allowed value. */
  tags: z.array(
    z.object({ key: z.string(), checked: z.number().int().nonnegative(), compliant: z.number().int().nonnegative() }),
  ),
});
export type TagRegionCounts = z.infer<typeof tagRegionCountsSchema>;

export const toolResultSchema = z.object({
  tool: z.string(),
  /** The tool's verdict, in the words of a container message. */
  verdict: containerMessageSchema.omit({ reports: true, reportsOmitted: true, counts: true }),
  resources: z.number().int().nonnegative(),
  seconds: z.number().nonnegative(),
  cells: z.array(cellRowSchema),
  requests: requestsSchema.optional(),
  /** Of the tool `drift` alone, and only where it compared something. */
  drift: driftCountsSchema.optional(),
  driftTypes: z.array(driftTypeCountsSchema).optional(),
  /** Of the tool `tags` alone: the totals of tags.json. */
  tags: tagCountsSchema.optional(),
  tagRegions: z.array(tagRegionCountsSchema).optional(),
});
export type ToolResult = z.infer<typeof toolResultSchema>;

export const scanReportSchema = scanHeadSchema.extend({ tools: z.array(toolResultSchema) });
export type ScanReport = z.infer<typeof scanReportSchema>;
