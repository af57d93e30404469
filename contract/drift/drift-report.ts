// drift.json: driftctl's document with more keys, so that readers of either of its generations work. Lists are never null.
import * as z from 'zod';
import { accountIdSchema } from '../account.ts';

const count = z.number().int().nonnegative();

/** Every resource has one. `changed` is managed too, with differences; `unknown` could not be looked at, so is not missing. */
export const driftVerdictSchema = z.enum([
  'managed',
  'changed',
  'managed-by-stack',
  'managed-by-service',
  'unmanaged',
  'missing',
  'unknown',
]);
export type DriftVerdict = z.infer<typeof driftVerdictSchema>;

/** Where a state declares a resource; the first three as driftctl has them. */
export const stateSourceSchema = z.object({
  /** The state: `tfstate+s3://bucket/key`. */
  source: z.string(),
  /** Module path: empty for the root module. */
  namespace: z.string(),
  internal_name: z.string(),
  /** `module.network.aws_subnet.private["a"]`. */
  address: z.string().optional(),
});
export type StateSource = z.infer<typeof stateSourceSchema>;

/** One attribute that differs. Secrets are masked on both sides. */
export const driftChangeSchema = z.object({
  /** Ours are updates; driftctl up to 0.39 also says that an attribute came or went. */
  type: z.enum(['create', 'update', 'delete']),
  path: z.array(z.union([z.string(), z.number()])),
  /** What the state says. */
  from: z.unknown(),
  /** What AWS says. */
  to: z.unknown(),
  computed: z.boolean(),
});
export type DriftChange = z.infer<typeof driftChangeSchema>;

/** Who manages a resource that no state declares. */
export const resourceManagerSchema = z.object({
  /** `cloudformation`, or the service: `eks`, `autoscaling`, `service-linked`, `aws-default`, … */
  kind: z.string(),
  /** The stack's name, the cluster's, the group's; null where there is none. */
  name: z.string().nullable(),
  /** How that is known: `stack-resource`, `tag aws:autoscaling:groupName`, `path /aws-service-role/`, … */
  evidence: z.string(),
});
export type ResourceManager = z.infer<typeof resourceManagerSchema>;

/** A resource as driftctl lists it: id and type as Terraform has them. */
export const driftItemSchema = z.object({
  id: z.string(),
  /** Terraform's type; CloudFormation's where Terraform has none that we know. */
  type: z.string(),
  human_readable_attributes: z.record(z.string(), z.string()).optional(),
  source: stateSourceSchema.optional(),
  verdict: driftVerdictSchema.optional(),
  /** An AWS region, or `global`. */
  region: z.string().optional(),
  account: z.string().optional(),
  arn: z.string().optional(),
  name: z.string().optional(),
  /** CloudFormation's type. */
  resource_type: z.string().optional(),
  managed_by: resourceManagerSchema.optional(),
  /** Other states that declare the same resource. */
  also_in: z.array(stateSourceSchema).optional(),
  /** Why nothing can be said of it. */
  reason: z.string().optional(),
});
export type DriftItem = z.infer<typeof driftItemSchema>;

export const driftDifferenceSchema = z.object({ res: driftItemSchema, changelog: z.array(driftChangeSchema) });

export const stateOutcomeSchema = z.enum([
  'read',
  /** Read, and it declares nothing. */
  'empty',
  /** The place answers that there is none, or a glob finds none. */
  'not-found',
  'denied',
  /** Encrypted by OpenTofu with a key that is not at hand. */
  'state-encrypted',
  /** Not a state, cut off, or too large. */
  'invalid',
  /** Of a version that is not known yet. */
  'unsupported',
  /** Its resources belong to another account. */
  'other-account',
  'failed',
]);
export type StateOutcome = z.infer<typeof stateOutcomeSchema>;

/** One state that was to be read. */
export const stateReadSchema = z.object({
  location: z.string(),
  outcome: stateOutcomeSchema,
  resources: count,
  /** Instances that were left out by their addresses: not understood, or, in another account's state, of no named account. */
  skipped: z.array(z.string()).default([]),
  /** Instances that were left out because they belong to other accounts; absent when there is none. */
  foreign: count.optional(),
  /** Who can mend it, and how; absent when it was read. */
  message: z.string().optional(),
  terraformVersion: z.string().optional(),
  serial: z.number().optional(),
  lineage: z.string().optional(),
});
export type StateRead = z.infer<typeof stateReadSchema>;

/** Listings that failed as expected: the settings accept it, or a service control policy denies it. */
export const excusedListingSchema = z.object({
  /** Terraform's type; CloudFormation's where Terraform has none that we know. */
  type: z.string(),
  regions: z.array(z.string()).min(1),
  reason: z.string(),
});
export type ExcusedListing = z.infer<typeof excusedListingSchema>;

/** What an ignore rule has hidden. */
export const ignoredSchema = z.object({
  rule: z.string(),
  owner: z.string().optional(),
  reason: z.string().optional(),
  until: z.string().optional(),
  /** Past its date: it hides nothing any more. */
  expired: z.boolean(),
  resources: count,
  attributes: count,
});
export type Ignored = z.infer<typeof ignoredSchema>;

export const driftAlertsSchema = z.record(z.string(), z.array(z.object({ message: z.string() })));
export type DriftAlerts = z.infer<typeof driftAlertsSchema>;

export const engineOutcomeSchema = z.object({
  engine: z.enum(['ours', 'driftctl']),
  outcome: z.enum(['in-sync', 'drift', 'partial', 'failed', 'absent', 'not-asked']),
  version: z.string().optional(),
  message: z.string().optional(),
  seconds: z.number().nonnegative().optional(),
  /** Runs of driftctl by region, each with its exit code. */
  runs: z
    .array(z.object({ region: z.string(), exit: z.number().nullable(), message: z.string().optional() }))
    .optional(),
  /** What it could not see, where the lists are not its own. */
  alerts: driftAlertsSchema.optional(),
});
export type EngineOutcome = z.infer<typeof engineOutcomeSchema>;

/** Where the two engines say different things of one resource. */
export const disagreementSchema = z.object({
  id: z.string(),
  type: z.string(),
  region: z.string().optional(),
  ours: z.string(),
  driftctl: z.string(),
});
export type Disagreement = z.infer<typeof disagreementSchema>;

export const driftSummarySchema = z.object({
  /** Managed, unmanaged and missing, as driftctl counts. */
  total_resources: count,
  total_changed: count,
  total_unmanaged: count,
  total_missing: count,
  /** Changed ones included. */
  total_managed: count,
  total_iac_source_count: count,
  total_managed_by_stack: count,
  total_managed_by_service: count,
  total_unknown: count,
  total_ignored: count,
  /** The same figures under the names of multi-account readers. */
  drifted_resources: count,
  missing_resources: count,
  unmanaged_resources: count,
});
export type DriftSummary = z.infer<typeof driftSummarySchema>;

export const driftReportSchema = z.object({
  schemaVersion: z.literal(1),
  account: accountIdSchema,
  regions: z.array(z.string()),
  /** Whose verdicts the lists hold. */
  engine: z.enum(['ours', 'driftctl']),
  engines: z.array(engineOutcomeSchema),
  drift_detected: z.boolean(),
  options: z.object({ deep: z.boolean(), only_managed: z.boolean(), only_unmanaged: z.boolean() }),
  summary: driftSummarySchema,
  /** Percent of the total that states manage, cut to a whole number as driftctl does. */
  coverage: z.number().int().min(0).max(100),
  managed: z.array(driftItemSchema),
  unmanaged: z.array(driftItemSchema),
  missing: z.array(driftItemSchema),
  differences: z.array(driftDifferenceSchema),
  managed_by_stack: z.array(driftItemSchema),
  managed_by_service: z.array(driftItemSchema),
  unknown: z.array(driftItemSchema),
  drifted_resources: z.array(z.object({ resource_id: z.string(), resource_type: z.string() }).loose()),
  /** By Terraform type, or `` for what is about the whole. */
  alerts: driftAlertsSchema,
  /** What was not looked at without that being an alert; absent when there is nothing of it. */
  excused: z.array(excusedListingSchema).optional(),
  sources: z.array(stateReadSchema),
  ignored: z.array(ignoredSchema),
  disagreements: z.array(disagreementSchema),
  provider_name: z.string(),
  provider_version: z.string(),
  /** Seconds. */
  scan_duration: z.number().nonnegative(),
  /** RFC 3339, UTC. */
  date: z.string(),
});
export type DriftReport = z.infer<typeof driftReportSchema>;
