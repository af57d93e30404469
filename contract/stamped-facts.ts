// What the orchestrator stamps onto the containers of a runner Job; container-environment/ has what each program reads back.
import * as z from 'zod';
import { acceptedOutcomeSchema } from './accepted-outcome.ts';
import { accountIdSchema } from './account.ts';
import { assumeDriftEnvironment, driftFactsSchema, scanDriftEnvironment } from './drift/drift-facts.ts';
import { runDatePattern } from './report-keys.ts';
import { scanTagEnvironment, tagFactsSchema } from './tags/tag-facts.ts';

/** Facts of one account's Job. Nothing here is secret: it stands in the Job's spec for everyone to read. */
export const stampedFactsSchema = z.object({
  run: z.string(),
  accountId: accountIdSchema,
  accountName: z.string(),
  roleArn: z.string().startsWith('arn:'),
  sessionName: z.string(),
  externalId: z.string().optional(),
  sourceIdentity: z.string().optional(),
  /** For STS, S3 and the first call of a scan. */
  region: z.string(),
  /** `enabled` asks the account; otherwise the regions by name. */
  regions: z.union([z.literal('enabled'), z.array(z.string())]),
  inventory: z.object({
    /** `all`, or names of services (`ec2`, `S3`, `Bedrock`). */
    services: z.union([z.literal('all'), z.array(z.string())]),
    /** CloudFormation types, with `*`; empty for all of the services. */
    types: z.array(z.string()).default([]),
    exclude: z.array(z.string()).default([]),
    accepted: z.array(acceptedOutcomeSchema).default([]),
    maxPerType: z.number().int().positive().nullable(),
  }),
  /** Absent where no state is named: then nothing is compared. */
  drift: driftFactsSchema.optional(),
  /** Absent where no tag is required. */
  tags: tagFactsSchema.optional(),
  bucket: z.string(),
  /** Prefix of `recon_*`. */
  prefix: z.string(),
  /** Prefix of every other report, when it is another one. */
  otherPrefix: z.string().optional(),
  date: z.string().regex(runDatePattern),
  /** Account id that must own the bucket; sent as ExpectedBucketOwner when known. */
  bucketOwner: z.string().optional(),
  kmsKey: z.string().optional(),
  /** Whole seconds after which the scan ends by itself, below the Job's deadline. */
  scanSeconds: z.number().int().positive(),
});
export type StampedFacts = z.infer<typeof stampedFactsSchema>;

type Environment = Record<string, string>;

const optional = (name: string, value: string | undefined): Environment =>
  value === undefined ? {} : { [name]: value };

/** What every container may know, a foreign scanner included. */
const commonEnvironment = (facts: StampedFacts): Environment => ({
  INVENTORY_RUN: facts.run,
  INVENTORY_ACCOUNT_ID: facts.accountId,
  AWS_REGION: facts.region,
});

export const assumeEnvironment = (facts: StampedFacts): Environment => ({
  ...commonEnvironment(facts),
  INVENTORY_ROLE_ARN: facts.roleArn,
  INVENTORY_SESSION_NAME: facts.sessionName,
  ...optional('INVENTORY_EXTERNAL_ID', facts.externalId),
  ...optional('INVENTORY_SOURCE_IDENTITY', facts.sourceIdentity),
  ...assumeDriftEnvironment(facts.drift),
});

/** Of every scanner, foreign ones too. */
export const scannerEnvironment = (facts: StampedFacts): Environment => ({
  ...commonEnvironment(facts),
  INVENTORY_REGIONS: facts.regions === 'enabled' ? 'enabled' : facts.regions.join(','),
  INVENTORY_SERVICES: facts.inventory.services === 'all' ? 'all' : facts.inventory.services.join(','),
  ...optional('INVENTORY_TYPES', facts.inventory.types.join(',') || undefined),
  ...optional('INVENTORY_EXCLUDE', facts.inventory.exclude.join(',') || undefined),
  ...optional(
    'INVENTORY_ACCEPTED',
    facts.inventory.accepted.length === 0 ? undefined : JSON.stringify(facts.inventory.accepted),
  ),
  ...optional('INVENTORY_MAX_PER_TYPE', facts.inventory.maxPerType?.toString()),
  INVENTORY_SCAN_SECONDS: facts.scanSeconds.toString(),
});

/** Of our own scan: what is to be compared, and which tags are required, is nobody else's. */
export const scanEnvironment = (facts: StampedFacts): Environment => ({
  ...scannerEnvironment(facts),
  ...scanDriftEnvironment(facts.drift),
  ...scanTagEnvironment(facts.tags),
});

export const uploadEnvironment = (facts: StampedFacts): Environment => ({
  ...commonEnvironment(facts),
  INVENTORY_BUCKET: facts.bucket,
  INVENTORY_PREFIX: facts.prefix,
  INVENTORY_DATE: facts.date,
  ...optional('INVENTORY_OTHER_PREFIX', facts.otherPrefix),
  ...optional('INVENTORY_BUCKET_OWNER', facts.bucketOwner),
  ...optional('INVENTORY_KMS_KEY', facts.kmsKey),
});
