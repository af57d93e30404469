// Every call of an apply that writes, broken in every way: the next apply finds what is there and ends with nothing left to do.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, inject, it, vi } from 'vitest';
import { readAwsConnection } from '../../clients/aws/connection.ts';
import type { ProxyAnswer, ProxyRule } from '../../clients/simulator/proxy-rules.ts';
import { desiredEstate } from '../../contract/access/desired-estate.ts';
import { estateFacts } from '../../contract/access/estate-facts.ts';
import { readSettings } from '../../contract/read-settings.ts';
import { doWork } from '../../infrastructure/apply-plan.ts';
import { closeEstate, openEstate } from '../../infrastructure/connections.ts';
import { dueDifferences, makePlan } from '../../infrastructure/make-plan.ts';
import { startEstate, type TestEstate } from '../infrastructure/estate.ts';

const issuers = { prod: ['oidc.eks.eu-west-1.amazonaws.com/id/ABCDEF'], test: [] };

/** As the command does it, without a process for each. */
const apply = async (estate: TestEstate) => {
  const { billing, security, bucket } = estate;
  const settings = readSettings({
    environment: {},
    overrides: { reports: { bucket }, inventory: { types: ['AWS::IAM::Role'] }, infrastructure: { issuers } },
  });
  const identities = { partition: 'aws', region: 'eu-west-1', billingAccountId: billing, securityAccountId: security };
  const resources = desiredEstate(estateFacts(settings, { ...identities, organizationId: null }));
  const aws = readAwsConnection({ ...estate.environment, AWS_MAX_ATTEMPTS: '1' });
  const connections = openEstate({
    billing: { accountId: billing, partition: 'aws', aws: { ...aws, credentials: estate.credentials.billing } },
    security: { accountId: security, partition: 'aws', aws: { ...aws, credentials: estate.credentials.security } },
  });
  const { signal } = new AbortController();
  try {
    const plan = await makePlan(resources, connections, signal);
    const due = plan.flatMap(each => dueDifferences(each, false));
    const works = plan.map(({ name, account, accountId, assessment }) => ({
      name,
      account,
      accountId,
      steps: assessment?.steps(false) ?? [],
    }));
    const quiet = () => undefined;
    const end = await doWork(works, { began: quiet, told: quiet, done: quiet, failed: quiet }, signal);
    return { due, unread: plan.filter(({ error }) => error !== undefined), failures: end.failures };
  } finally {
    closeEstate(connections);
  }
};

const writing = /^(Create|Put|Attach|Update|Activate|Add|Delete)/;

const breaks: readonly ProxyAnswer[] = [
  { do: 'reset-before-forward' },
  { do: 'forward-then-reset' },
  { do: 'fail', status: 503, code: 'ServiceUnavailable', message: 'try again' },
  { do: 'refuse', as: 'access-denied' },
];

const estates: TestEstate[] = [];
const newEstate = async (): Promise<TestEstate> => {
  const estate = await startEstate(inject('simulator'), ['security', 'payments']);
  estates.push(estate);
  await writeFile(join(estate.directory, 'config.yaml'), '');
  vi.stubEnv('AWS_ENDPOINT_URL', estate.proxy.url);
  return estate;
};

afterEach(async () => {
  vi.unstubAllEnvs();
  for (const estate of estates.splice(0)) await estate.stop();
});

const writesOf = (estate: TestEstate, from: number) =>
  estate.proxy.history.slice(from).filter(({ action }) => writing.test(action));

describe('an apply whose n-th write breaks', () => {
  it('is finished by the next one, whichever write it is and however it breaks', { timeout: 180_000 }, async () => {
    const clean = await newEstate();
    const from = clean.proxy.history.length;
    expect(await apply(clean)).toMatchObject({ unread: [], failures: [] });
    const writes = writesOf(clean, from);
    expect(writes.length).toBeGreaterThan(25);
    expect(await apply(clean)).toMatchObject({ due: [], failures: [] });
    const unfinished: string[] = [];
    for (const [at, { service, action }] of writes.entries()) {
      const answer = breaks[at % breaks.length] as ProxyAnswer;
      const estate = await newEstate();
      const rule: ProxyRule = { match: { action: writing }, after: at, times: 1, answer };
      estate.proxy.setRules([rule]);
      const broken = await apply(estate);
      estate.proxy.setRules([]);
      const next = await apply(estate);
      const last = await apply(estate);
      const what = `${at} ${service}:${action}, ${answer.do}`;
      if (broken.failures.length === 0) unfinished.push(`${what}: nobody was told`);
      if (next.failures.length + last.due.length > 0) unfinished.push(`${what}: ${JSON.stringify([next, last])}`);
    }
    expect(unfinished).toEqual([]);
  });
});
