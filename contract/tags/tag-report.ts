// tags.json: which resources of one account carry the tags that they have to, and which do not. Lists are never null.
import * as z from 'zod';
import { accountIdSchema } from '../account.ts';
import { cellOutcomeSchema } from '../scan-report.ts';

const count = z.number().int().nonnegative();

/** A tag that resources have to carry. */
export const requiredTagSchema = z.object({
  key: z.string().min(1),
  /** Allowed values, `*` standing for any characters; null for any value, an empty one too. */
  values: z.array(z.string()).nullable(),
  /** CloudFormation types that have to carry it, with `*`; null for all that can be tagged. */
  types: z.array(z.string()).nullable(),
});
export type RequiredTag = z.infer<typeof requiredTagSchema>;

/** Resources of one type in one region, and how many carry each of the tags. */
export const tagRowSchema = z.object({
  /** An AWS region, or `global`. */
  region: z.string(),
  /** The CloudFormation type. */
  type: z.string(),
  /** As the tag compliance exporter calls it (`instance`, `bucket`). */
  resourceType: z.string(),
  checked: count,
  /** With every tag that is required of the type, and an allowed value. */
  compliant: count,
  /** Without any tag at all. */
  untagged: count,
  /** Of the tags that are required of the type. */
  tags: z.array(z.object({ key: z.string(), compliant: count })),
});
export type TagRow = z.infer<typeof tagRowSchema>;

/** A resource that lacks something. */
export const tagFindingSchema = z.object({
  arn: z.string(),
  type: z.string(),
  resourceType: z.string(),
  region: z.string(),
  name: z.string().nullable(),
  /** Keys that it does not carry. */
  missing: z.array(z.string()),
  /** Keys that it carries with a value that is not allowed. */
  wrong: z.array(z.object({ key: z.string(), value: z.string() })),
  /** True when it has no tag at all. */
  untagged: z.boolean(),
});
export type TagFinding = z.infer<typeof tagFindingSchema>;

/** Types whose listing failed: whether their resources carry the tags is not known, and they are in no count. */
export const unseenTypeSchema = z.object({
  type: z.string(),
  regions: z.array(z.string()),
  outcome: cellOutcomeSchema,
});
export type UnseenType = z.infer<typeof unseenTypeSchema>;

export const tagSummarySchema = z.object({
  checked: count,
  compliant: count,
  untagged: count,
  /** Left out by the settings. */
  excluded: count,
  /** Of types that cannot be tagged, or of which no tag is required. */
  notApplicable: count,
  /** compliant ÷ checked, 0 to 1; null when nothing was checked: nothing is not all. */
  compliance: z.number().min(0).max(1).nullable(),
});
export type TagSummary = z.infer<typeof tagSummarySchema>;

export const tagReportSchema = z.object({
  schemaVersion: z.literal(1),
  account: accountIdSchema,
  /** `tagging`: the Tagging API, which does not show what was never tagged. */
  source: z.enum(['inventory', 'tagging']),
  /** RFC 3339, UTC. */
  date: z.string(),
  required: z.array(requiredTagSchema),
  summary: tagSummarySchema,
  rows: z.array(tagRowSchema),
  unseen: z.array(unseenTypeSchema),
  findings: z.array(tagFindingSchema),
});
export type TagReport = z.infer<typeof tagReportSchema>;
