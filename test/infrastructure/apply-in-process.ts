// Plan and apply as the command does them, without a process for each.
import { vi } from 'vitest';
import { readAwsConnection } from '../../clients/aws/connection.ts';
import { desiredEstate } from '../../contract/access/desired-estate.ts';
import type { DesiredResource } from '../../contract/access/estate.ts';
import { estateFacts } from '../../contract/access/estate-facts.ts';
import { readSettings } from '../../contract/read-settings.ts';
import { doWork } from '../../infrastructure/apply-plan.ts';
import { closeEstate, type EstateConnections, openEstate } from '../../infrastructure/connections.ts';
import { dueDifferences, makePlan } from '../../infrastructure/make-plan.ts';
import { planRemovals } from '../../infrastructure/plan-removal.ts';
import type { TestEstate } from './estate.ts';

const issuers = { prod: ['oidc.eks.eu-west-1.amazonaws.com/id/ABCDEF'], test: [] };

export interface ApplyOptions {
  readonly replace?: boolean;
  /** Settings beside those of every test. */
  readonly infrastructure?: Readonly<Record<string, unknown>>;
  readonly kmsKey?: string | null;
  /** undefined for all kinds; a role needs its policies and issuers. */
  readonly kinds?: readonly DesiredResource['kind'][];
}

const resourcesOf = (estate: TestEstate, { infrastructure = {}, kmsKey = null, kinds }: ApplyOptions) => {
  const { billing, security, bucket } = estate;
  const settings = readSettings({
    environment: {},
    overrides: {
      reports: { bucket, kmsKey },
      inventory: { types: ['AWS::IAM::Role'] },
      infrastructure: { issuers, ...infrastructure },
    },
  });
  const identities = { partition: 'aws', region: 'eu-west-1', billingAccountId: billing, securityAccountId: security };
  const all = desiredEstate(estateFacts(settings, { ...identities, organizationId: null }));
  return all.filter(resource => kinds?.includes(resource.kind) ?? true);
};

const within = async <End>(estate: TestEstate, run: (connections: EstateConnections) => Promise<End>): Promise<End> => {
  const { billing, security, credentials, proxy } = estate;
  // The SDK reads it from the environment of the process.
  vi.stubEnv('AWS_ENDPOINT_URL', proxy.url);
  const aws = readAwsConnection({ ...estate.environment, AWS_MAX_ATTEMPTS: '1' });
  const connections = openEstate({
    billing: { accountId: billing, partition: 'aws', aws: { ...aws, credentials: credentials.billing } },
    security: { accountId: security, partition: 'aws', aws: { ...aws, credentials: credentials.security } },
  });
  try {
    return await run(connections);
  } finally {
    closeEstate(connections);
    vi.unstubAllEnvs();
  }
};

const quiet = { began: () => undefined, told: () => undefined, done: () => undefined, failed: () => undefined };

export const plan = (estate: TestEstate, options: ApplyOptions = {}) =>
  within(estate, connections => makePlan(resourcesOf(estate, options), connections, new AbortController().signal));

export const apply = (estate: TestEstate, options: ApplyOptions = {}) =>
  within(estate, async connections => {
    const { replace = false } = options;
    const { signal } = new AbortController();
    const planned = await makePlan(resourcesOf(estate, options), connections, signal);
    const works = planned.map(({ assessment, ...facts }) => ({ ...facts, steps: assessment?.steps(replace) ?? [] }));
    const end = await doWork(works, quiet, signal);
    return {
      due: planned.flatMap(each => dueDifferences(each, replace)),
      unread: planned.filter(({ error }) => error !== undefined),
      failures: end.failures,
    };
  });

/** What destroy would do with each resource. */
export const removals = (estate: TestEstate, options: ApplyOptions & { readonly withData?: boolean } = {}) =>
  within(estate, connections =>
    planRemovals(resourcesOf(estate, options), connections, {
      deleteBucketWithData: options.withData ?? false,
      signal: new AbortController().signal,
    }),
  );
