// The embedded default's Organization as data: what the README promises of it.
import { describe, expect, test } from 'vitest';
import { matches } from '../../clients/simulator/proxy-rules.ts';
import { type IdentifiedRequest, readRequestFacts } from '../../clients/simulator/request-facts.ts';
import { errorCatalogue } from '../../contract/error-catalogue.ts';
import { expectedOutcomes, faultRules, faultyAccounts } from '../../sandbox/faults.ts';
import { planOrganization } from '../../sandbox/organization.ts';

const plan = planOrganization({ faults: false });

describe('the Organization', () => {
  test('has 30 accounts, the management account included, of which 28 are ACTIVE', () => {
    expect(plan.members.length + 1).toBe(30);
    expect(plan.members.filter(member => member.state === 'ACTIVE').length + 1).toBe(28);
  });

  test('has three units one inside the other, and accounts in none', () => {
    const depths = new Set(plan.members.map(member => member.path.length));
    expect([...depths].sort()).toEqual([0, 1, 2, 3]);
  });

  test('has names with spaces, quotes and emoji, one that breaks scripts, and none twice', () => {
    const names = plan.members.map(member => member.name);
    for (const form of [/ /, /"/, /'/, /\p{Extended_Pictographic}/u, /^"\n<script>\$\{x\}$/])
      expect(names.some(name => form.test(name))).toBe(true);
    expect(new Set(names).size).toBe(names.length);
  });

  test('has resources of a dozen services in three regions, different in each account, some without tags', () => {
    const orders = plan.members.flatMap(member => member.resources);
    expect(new Set(orders.map(order => order.kind)).size).toBe(14);
    expect(new Set(orders.map(order => order.region)).size).toBe(3);
    expect(orders.some(order => Object.keys(order.tags).length === 0)).toBe(true);
    const active = plan.members.filter(member => member.state === 'ACTIVE');
    expect(new Set(active.map(member => JSON.stringify(member.resources))).size).toBe(active.length);
  });

  test('is the same each time', () => {
    expect(planOrganization({ faults: false })).toEqual(plan);
  });

  test('orders no resource of one kind twice in a region', () => {
    for (const member of plan.members) {
      const names = member.resources.map(order => `${order.kind} ${order.region} ${order.name}`);
      expect(new Set(names).size).toBe(names.length);
    }
  });

  test.each([1, 2, 30, 200])('can have %i accounts', accounts => {
    const { members } = planOrganization({ accounts, faults: false });
    expect(members.length + 1).toBe(accounts);
    expect(new Set(members.map(member => member.name)).size).toBe(members.length);
  });
});

describe('the faults', () => {
  const ids = faultyAccounts.map((_, at) => String(200_000_000_001 + at));
  const built = faultyAccounts.map((account, at) => ({ ...account, id: ids[at] ?? '' }));
  const rules = faultRules([...built, { id: '111111111111' }]);
  const authorization = 'AWS4-HMAC-SHA256 Credential=A/d/eu-central-1/SERVICE/aws4_request';

  const ask = (accountId: string, service: string, line: string, form = '', target?: string): string => {
    const [method = '', url = ''] = line.split(' ');
    const headers = { authorization: authorization.replace('SERVICE', service), 'x-amz-target': target };
    const facts = readRequestFacts({ method, url, headers, form });
    const request: IdentifiedRequest = { ...facts, accountId, principal: 'x' };
    return rules.find(rule => matches(rule.match, request))?.answer.do ?? 'forward';
  };
  const assume = (accountId: string) =>
    ask('123456789012', 'sts', 'POST /', `Action=AssumeRole&RoleArn=arn:aws:iam::${accountId}:role/managed/inventory`);
  const identify = (accountId: string) => ask(accountId, 'sts', 'POST /', 'Action=GetCallerIdentity');
  const upload = (accountId: string) =>
    ask('123456789012', 's3', `PUT /reports/AWSRecon/2026/11/20/scan_${accountId}.json`);
  const listQueues = (accountId: string) => ask(accountId, 'sqs', 'POST /', '', 'AmazonSQS.ListQueues');
  const listKeys = (accountId: string) => ask(accountId, 'kms', 'POST /', '', 'TrentService.ListKeys');

  test('are one more account each', () => {
    expect(planOrganization({ faults: true }).members.slice(plan.members.length)).toEqual(faultyAccounts);
  });

  test('hit their own account and no other', () => {
    const every = [assume, identify, upload, listQueues, listKeys];
    const table = ['111111111111', ...ids].map(id => every.map(step => step(id)));
    expect(table).toEqual([
      ['forward', 'forward', 'forward', 'forward', 'forward'],
      ['refuse', 'forward', 'forward', 'forward', 'forward'],
      ['forward', 'forward', 'forward', 'refuse', 'refuse'],
      ['forward', 'forward', 'refuse', 'forward', 'forward'],
      ['forward', 'forward', 'forward', 'forward', 'refuse'],
    ]);
  });

  test('end with codes of the catalogue', () => {
    for (const { code } of Object.values(expectedOutcomes)) expect(Object.keys(errorCatalogue)).toContain(code);
  });
});
