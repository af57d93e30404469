// The Tagging API as the source: what is asked of AWS, and what a refusal costs. moto behind a server that records.
import { afterEach, describe, expect, inject, it, vi } from 'vitest';
import { openSimulator } from '../../../clients/simulator/account-clients.ts';
import { createResources } from '../../../clients/simulator/resources.ts';
import { anyValue } from '../../../contract/tags/tag-rules.ts';
import type { ScannedAccount } from '../../../exporter/tag-compliance/read-account.ts';
import { tallyOpener } from '../../../exporter/tag-compliance/region-tally.ts';
import { scanAccounts, scanTroubles } from '../../../exporter/tag-compliance/scan-accounts.ts';
import { taggingSource } from '../../../exporter/tag-compliance/tagging-source.ts';
import { connectTo } from '../../setup/connection.ts';
import { type RecordingServer, type Rule, startRecordingServer, stsError } from '../../setup/recording-server.ts';
import { randomAccountId } from '../../setup/run-container.ts';

let server: RecordingServer;
afterEach(async () => {
  await server.stop();
  vi.unstubAllEnvs();
});

const accountWith = (id: string, regions: ScannedAccount['regions']): ScannedAccount => ({
  ...{ id, name: id, regions },
  role: { roleArn: `arn:aws:iam::${id}:role/terraform` },
  rules: { required: [anyValue('owner')], exclude: [] },
});

const regionOf = ({ headers }: { headers: Readonly<Record<string, unknown>> }): string =>
  /\/\d{8}\/([a-z0-9-]+)\//.exec(String(headers['authorization']))?.[1] ?? '';
const isTagging = ({ headers }: { headers: Readonly<Record<string, unknown>> }): boolean =>
  String(headers['x-amz-target']).startsWith('ResourceGroupsTaggingAPI');

const scan = async (accounts: readonly ScannedAccount[], rule: Rule = () => undefined) => {
  server = await startRecordingServer(inject('simulator'), rule);
  const openTally = tallyOpener('modern');
  const read = taggingSource(connectTo(server.url));
  return await scanAccounts({ accounts, openTally, read, atOnce: 2 }, new AbortController().signal);
};

const jsonError = (status: number, type: string, message: string) => ({
  status,
  headers: { 'content-type': 'application/x-amz-json-1.1' },
  body: JSON.stringify({ __type: type, message }),
});

const pageWith = (arns: readonly string[], token: string) => ({
  status: 200,
  headers: { 'content-type': 'application/x-amz-json-1.1' },
  body: JSON.stringify({
    PaginationToken: token,
    ResourceTagMappingList: arns.map(ResourceARN => ({ ResourceARN, Tags: [{ Key: 'owner', Value: 'x' }] })),
  }),
});

describe('a scan by the Tagging API', () => {
  it('assumes each role once, as a session that CloudTrail can be searched for, and calls GetResources alone', async () => {
    const ids = [randomAccountId(), randomAccountId()];
    const simulator = openSimulator(inject('simulator'), 2);
    const order = { kind: 'queue', region: 'eu-west-1', name: 'q', tags: { owner: 'x' } } as const;
    await createResources(await simulator.enter(ids[0] ?? ''), [order]);
    simulator.close();
    const found = await scan(ids.map(id => accountWith(id, ['us-east-1', 'eu-west-1'])));
    const forms = server.requests
      .filter(request => !isTagging(request))
      .map(({ body }) => new URLSearchParams(String(body)));
    expect(forms.map(form => form.get('Action'))).toEqual(['AssumeRole', 'AssumeRole']);
    expect(forms.map(form => form.get('RoleSessionName')).sort()).toEqual(ids.map(id => `audit-${id}`).sort());
    const asked = server.requests.filter(isTagging);
    expect(asked).toHaveLength(4);
    for (const { headers, body } of asked) {
      expect(headers['x-amz-target']).toMatch(/\.GetResources$/);
      expect(JSON.parse(String(body))).toEqual({ ResourcesPerPage: 100 });
    }
    expect(scanTroubles(found)).toEqual([]);
    expect(found.accounts.map(({ regions }) => regions.map(({ counts }) => counts?.checked))).toEqual([
      [0, 1],
      [0, 0],
    ]);
  });

  it('goes on when a role is refused, and says so of that account', async () => {
    const [one, other] = [randomAccountId(), randomAccountId()];
    const found = await scan([accountWith(one, ['us-east-1']), accountWith(other, ['us-east-1'])], ({ body }) =>
      String(body).includes(`%3A${one}%3A`)
        ? stsError(403, 'AccessDenied', 'not authorized to perform: sts:AssumeRole')
        : undefined,
    );
    const [trouble, ...others] = scanTroubles(found);
    expect(others).toEqual([]);
    expect(trouble).toMatchObject({ account: { id: one }, regions: ['us-east-1'], failure: { code: 'role-refused' } });
    expect(trouble?.failure.message).toContain(`arn:aws:iam::${one}:role/terraform`);
    expect(found.accounts[1]?.regions[0]?.failure).toBeUndefined();
  });

  it('goes on when a region is refused, and names the right that is missing', async () => {
    const found = await scan([accountWith(randomAccountId(), ['us-east-1', 'eu-west-1'])], request =>
      isTagging(request) && regionOf(request) === 'eu-west-1'
        ? jsonError(400, 'AccessDeniedException', 'User is not authorized to perform: tag:GetResources')
        : undefined,
    );
    expect(found.accounts[0]?.regions.map(({ region, failure }) => [region, failure?.code, failure?.remedy])).toEqual([
      ['us-east-1', undefined, undefined],
      ['eu-west-1', 'services-denied', 'Allow tag:GetResources to the role.'],
    ]);
  });

  it('follows tokens over empty pages, and counts a resource once that two pages show', async () => {
    const arns = ['arn:aws:sqs:us-east-1:1:a', 'arn:aws:sqs:us-east-1:1:b'];
    const answers = [pageWith(arns, 'one'), pageWith([], 'two'), pageWith(arns.slice(1), '')];
    const found = await scan([accountWith(randomAccountId(), ['us-east-1'])], request =>
      isTagging(request) ? answers.shift() : undefined,
    );
    expect(found.accounts[0]?.regions[0]?.counts).toMatchObject({ checked: 2, compliant: 2 });
    const tokens = server.requests.filter(isTagging).map(({ body }) => JSON.parse(String(body)).PaginationToken);
    expect(tokens).toEqual([undefined, 'one', 'two']);
  });

  it('gives up a listing whose token never changes', async () => {
    const found = await scan([accountWith(randomAccountId(), ['us-east-1'])], request =>
      isTagging(request) ? pageWith([], 'again') : undefined,
    );
    expect(server.requests.filter(isTagging)).toHaveLength(2);
    expect(found.accounts[0]?.regions[0]).toMatchObject({
      counts: undefined,
      failure: { message: /same PaginationToken/ },
    });
  });

  it('asks an account for its regions where none are named, and says so when it may not', async () => {
    const [one, other] = [randomAccountId(), randomAccountId()];
    const found = await scan([accountWith(one, 'enabled'), accountWith(other, 'enabled')], ({ body }) =>
      String(body).includes('Action=DescribeRegions') &&
      server.requests.filter(request => String(request.body).includes('DescribeRegions')).length > 1
        ? {
            status: 403,
            body: '<Response><Errors><Error><Code>UnauthorizedOperation</Code><Message>no</Message></Error></Errors></Response>',
          }
        : undefined,
    );
    const [read = [], refused = []] = found.accounts.map(({ regions }) => regions).sort((a, b) => b.length - a.length);
    expect(read.map(({ region }) => region)).toEqual(expect.arrayContaining(['eu-west-1', 'us-east-1']));
    expect(read.every(({ failure }) => failure === undefined)).toBe(true);
    expect(refused.map(({ region, failure }) => [region, failure?.code, failure?.remedy])).toEqual([
      ['', 'services-denied', 'Allow ec2:DescribeRegions to the role.'],
    ]);
  });

  it('without a role takes the caller’s own credentials for the account that they belong to, and for no other', async () => {
    const own = '123456789012';
    const found = await scan(
      [own, randomAccountId()].map(id => ({ ...accountWith(id, ['us-east-1']), role: undefined })),
    );
    expect(found.accounts.map(({ regions }) => regions[0]?.failure?.code)).toEqual([undefined, 'wrong-account']);
    const actions = server.requests
      .filter(request => !isTagging(request))
      .map(({ body }) => new URLSearchParams(String(body)).get('Action'));
    expect(actions).toEqual(['GetCallerIdentity', 'GetCallerIdentity']);
  });
});
