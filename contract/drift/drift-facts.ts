// What is stamped onto an account's Job about its drift: `scan` learns what to compare, `assume` whose states it may let it read.
import * as z from 'zod';
import { driftEngineSchema } from './drift-settings.ts';
import { ignoreRuleSchema } from './ignore-rule.ts';
import { parseStateLocation } from './state-location.ts';

export const driftFactsSchema = z.object({
  /** `available` is both where the image has driftctl, and ours where it has not. */
  engine: driftEngineSchema.or(z.literal('available')),
  /** Locations of this account's states. */
  from: z.array(z.string()),
  /** Why the templates do not fit this account; there are no locations then. */
  problem: z.string().optional(),
  state: z.object({
    roleArn: z.string().startsWith('arn:').optional(),
    externalId: z.string().optional(),
    region: z.string().optional(),
    kmsKeys: z.array(z.string()),
  }),
  ignore: z.array(ignoreRuleSchema),
});
export type DriftFacts = z.infer<typeof driftFactsSchema>;

type Environment = Record<string, string>;

const optional = (name: string, value: string | undefined): Environment =>
  value === undefined ? {} : { [name]: value };

/** Locations that AWS credentials are needed for. */
const inBuckets = (from: readonly string[]): string[] =>
  from.filter(location => parseStateLocation(location).scheme === 'tfstate+s3');

/** The role is assumed for what only it can read. */
const needsRole = ({ from, state }: DriftFacts): boolean =>
  state.roleArn !== undefined && (inBuckets(from).length > 0 || state.kmsKeys.length > 0);

export const assumeDriftEnvironment = (drift: DriftFacts | undefined): Environment =>
  drift?.state.roleArn === undefined || !needsRole(drift)
    ? {}
    : {
        INVENTORY_STATE_ROLE_ARN: drift.state.roleArn,
        ...optional('INVENTORY_STATE_EXTERNAL_ID', drift.state.externalId),
        INVENTORY_STATE_FROM: JSON.stringify(inBuckets(drift.from)),
        ...optional(
          'INVENTORY_STATE_KMS_KEYS',
          drift.state.kmsKeys.length === 0 ? undefined : JSON.stringify(drift.state.kmsKeys),
        ),
      };

export const scanDriftEnvironment = (drift: DriftFacts | undefined): Environment =>
  drift === undefined
    ? {}
    : {
        INVENTORY_DRIFT_FROM: JSON.stringify(drift.from),
        INVENTORY_DRIFT_ENGINE: drift.engine,
        ...optional('INVENTORY_DRIFT_PROBLEM', drift.problem),
        ...optional('INVENTORY_DRIFT_IGNORE', drift.ignore.length === 0 ? undefined : JSON.stringify(drift.ignore)),
        ...optional('INVENTORY_DRIFT_STATE_ROLE_ARN', needsRole(drift) ? drift.state.roleArn : undefined),
        ...optional('INVENTORY_DRIFT_STATE_REGION', drift.state.region),
      };
