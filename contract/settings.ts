// The settings: one schema for config.yaml, from which the JSON Schema for editors is published (config.schema.json).

import { closest } from 'fastest-levenshtein';
import ms from 'ms';
import * as z from 'zod';
import { infrastructureSettingsSchema } from './access/infrastructure-settings.ts';
import { accountIdSchema } from './account.ts';
import namespaces from './catalogue/namespaces.json' with { type: 'json' };
import { knownServices } from './catalogue/service-names.ts';
import { driftSettingsSchema } from './drift/drift-settings.ts';
import { quotedAccountId, regionName, roleArn } from './setting-forms.ts';
import { tagSettingsSchema } from './tags/tag-settings.ts';

const durationForm = /^\d+(\.\d+)?\s*[smhd]$/;
/** Node's timers end at 2^31 ms, and one that is longer fires at once. */
const longestSeconds = 24 * 86_400;

const duration = z
  .string()
  .describe('A duration as people write it: 90s, 50m, 6h; a day is 1d, and 24d is the longest.')
  .transform((text, context) => {
    const seconds = durationForm.test(text) ? Math.floor(ms(text as ms.StringValue) / 1000) : 0;
    if (seconds >= 1 && seconds <= longestSeconds) return seconds;
    context.addIssue({
      code: 'custom',
      message: `not a duration from 1s to 24d such as 50m or 6h`,
    });
    return z.NEVER;
  });

const regions = z.union([z.literal('enabled'), z.array(regionName).min(1)]);
const sessionPart = /^[\w+=,.@-]*$/;
/** STS wants 2 to 64 characters; placeholders are longer than that. */
const isSessionName = (name: string): boolean =>
  name.length >= 2 && sessionPart.test(name.replaceAll('{run}', '').replaceAll('{account_id}', ''));

const listedAccount = z.strictObject({
  id: quotedAccountId,
  name: z.string().optional(),
  role: roleArn.optional().describe('Its role, when it is not the one of role.name.'),
  externalId: z.string().min(2).optional(),
  regions: z.array(regionName).min(1).optional(),
});

const accounts = z.strictObject({
  from: z
    .union([z.literal('organization'), z.array(listedAccount).min(1)])
    .default('organization')
    .superRefine((from, context) => {
      if (from === 'organization') return;
      for (const [index, { id }] of from.entries()) {
        if (from.findIndex(other => other.id === id) === index) continue;
        context.addIssue({ code: 'custom', path: [index, 'id'], message: 'this account is listed twice', input: id });
      }
    })
    .describe('Where the accounts come from: the Organization, or this list.'),
  include: z.array(quotedAccountId).default([]).describe('Account ids; empty means all that are ACTIVE.'),
  exclude: z.array(quotedAccountId).default([]),
  organizationalUnits: z
    .strictObject({ include: z.array(z.string().min(1)).default([]), exclude: z.array(z.string().min(1)).default([]) })
    .prefault({})
    .describe('By id (ou-…) or path (Workloads/Prod), with everything below.'),
  tags: z.record(z.string(), z.array(z.string()).min(1)).default({}).describe('Every key must have one of its values.'),
  names: z
    .strictObject({ include: z.array(z.string().min(1)).default([]), exclude: z.array(z.string().min(1)).default([]) })
    .prefault({})
    .describe('By name; * stands for any characters.'),
});

const role = z.strictObject({
  name: z
    .string()
    .regex(/^[\w+=,.@/-]+$/)
    .default('managed/inventory')
    .describe('Path and name of the role in every account.'),
  sessionName: z
    .string()
    .refine(isSessionName, 'a session name has 2 to 64 letters, digits and +=,.@-_')
    .default('inventory-{run}')
    .describe('{run} and {account_id} stand for their values; CloudTrail shows it.'),
  externalId: z.string().min(2).nullable().default(null),
  sourceIdentity: z
    .string()
    .min(2)
    .nullable()
    .default(null)
    .describe('Sent only when set: the trust must allow sts:SetSourceIdentity.'),
  overrides: z
    .record(accountIdSchema, z.strictObject({ arn: roleArn.optional(), externalId: z.string().min(2).optional() }))
    .default({}),
});

const run = z.strictObject({
  maxRunning: z
    .number()
    .int()
    .min(1)
    .max(1000)
    .optional()
    .describe('Jobs that run at once: 50 on Kubernetes, twice the cores on a laptop.'),
  retries: z.number().int().min(0).max(10).optional().describe('Of a Job; the template says it otherwise.'),
  deadline: duration.prefault('6h').describe('Of the whole run; what is not finished then is failed.'),
  accountDeadline: duration.optional().describe('Of one Job; the template says it otherwise.'),
});

const reports = z.strictObject({
  bucket: z
    .string()
    .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'not the name of an S3 bucket')
    .optional(),
  prefix: z
    .string()
    .regex(/^[\w.-]+(\/[\w.-]+)*$/)
    .default('AWSRecon'),
  otherPrefix: z
    .string()
    .regex(/^[\w.-]+(\/[\w.-]+)*$/)
    .optional()
    .describe('For everything but recon_*.'),
  expectedOwner: quotedAccountId
    .nullable()
    .default(null)
    .describe('Account that must own the bucket; S3 refuses otherwise.'),
  kmsKey: z.string().nullable().default(null),
});

const serviceName = z.string().superRefine((name, context) => {
  if (knownServices.has(name.toLowerCase())) return;
  const near = closest(name.toLowerCase(), [...knownServices]);
  context.addIssue({ code: 'custom', message: `not a service of the catalogue; the nearest is ${near}`, input: name });
});

/** `AWS::EC2::VPC`, with `*` for any characters; a namespace that is written out must exist. */
const typePattern = z.string().superRefine((pattern, context) => {
  const namespace = pattern.split('::')[1] ?? '*';
  const isForm = /^[\w*]+(::[\w*]+){0,2}$/.test(pattern);
  if (isForm && (namespace.includes('*') || knownServices.has(namespace.toLowerCase()))) return;
  const message = isForm
    ? `no type has the namespace ${namespace}; the nearest is ${closest(namespace, namespaces)}`
    : 'not a type such as AWS::EC2::VPC or AWS::GuardDuty::*';
  context.addIssue({ code: 'custom', message, input: pattern });
});

const acceptedOutcome = z.strictObject({
  type: typePattern,
  region: z.string().min(1).default('*'),
  outcome: z.enum(['denied', 'throttled', 'failed']),
  reason: z.string().min(1).describe('Shown wherever the outcome is counted.'),
});

const inventoryChoice = {
  services: z.union([z.literal('all'), z.array(serviceName).min(1)]),
  types: z.array(typePattern).describe('CloudFormation types; empty means all of the services.'),
  exclude: z.array(typePattern),
  accepted: z
    .array(acceptedOutcome)
    .describe('Outcomes that are expected: counted and shown, and no reason to call an account partial.'),
  maxPerType: z.number().int().positive().nullable().describe('What lies above is reported as truncated.'),
};

const inventory = z.strictObject({
  services: inventoryChoice.services.default('all'),
  types: inventoryChoice.types.default([]),
  exclude: inventoryChoice.exclude.default([]),
  accepted: inventoryChoice.accepted.default([]),
  maxPerType: inventoryChoice.maxPerType.default(null),
  overrides: z
    .record(
      accountIdSchema,
      z
        .strictObject({ ...inventoryChoice, regions: z.union([z.literal('enabled'), z.array(regionName).min(1)]) })
        .partial(),
    )
    .default({})
    .describe('For single accounts: what is named here stands for what is named above.'),
});

const local = z.strictObject({
  template: z
    .string()
    .min(1)
    .optional()
    .describe('File of the runner template, when it is not the one that comes along.'),
  images: z
    .record(z.string(), z.array(z.string()).min(1))
    .default({})
    .describe('Command that stands for an image of the runner template on this machine.'),
  longScans: z
    .boolean()
    .default(false)
    .describe('For accounts whose scan outlasts the hour of a chained role: credentials are renewed beside it.'),
});

export const settingsSchema = z
  .strictObject({
    accounts: accounts.prefault({}),
    role: role.prefault({}),
    region: regionName.optional().describe('For STS and S3; AWS_REGION, then eu-west-1 otherwise.'),
    regions: regions.default('enabled').describe('Regions to scan: all that an account has enabled, or these.'),
    run: run.prefault({}),
    reports: reports.prefault({}),
    inventory: inventory.prefault({}),
    drift: driftSettingsSchema.prefault({}),
    tags: tagSettingsSchema.prefault({}),
    infrastructure: infrastructureSettingsSchema.prefault({}),
    local: local.prefault({}),
  })
  .describe('Settings of aws-inventory-orchestrator');

export type Settings = z.output<typeof settingsSchema>;
