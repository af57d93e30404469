// The two hint services as the account server plays them, asked by AWS's own clients.
import { ConfigServiceClient, GetDiscoveredResourceCountsCommand } from '@aws-sdk/client-config-service';
import {
  GetDefaultViewCommand,
  GetIndexCommand,
  ListIndexesCommand,
  ListResourcesCommand,
  paginateListResources,
  ResourceExplorer2Client,
  SearchCommand,
} from '@aws-sdk/client-resource-explorer-2';
import { afterEach, expect, test } from 'vitest';
import type { AccountModel, ExplorerModel, RecorderModel } from './account-model.ts';
import { refusalOf } from './refusal-of.ts';
import { type AccountServer, startAccountServer } from './start-account-server.ts';

let server: AccountServer;
afterEach(() => server.stop());

const options = (region: string) => ({
  endpoint: server.url,
  region,
  maxAttempts: 1,
  credentials: { accessKeyId: 'AKIATEST', secretAccessKey: 'test' },
});
const serve = async (model: AccountModel): Promise<void> => {
  server = await startAccountServer({ upstream: undefined, model });
};

const types = (region: string, count: number) => ({
  'AWS::Logs::LogGroup': {
    resources: Array.from({ length: count }, (_, at) => ({
      identifier: `g${at}`,
      arn: `arn:aws:logs:${region}:123456789012:log-group:g${at}`,
    })),
  },
  'AWS::RDS::DBInstance': {
    resources: [{ identifier: 'db', arn: `arn:aws:rds:${region}:123456789012:db:db`, explorerType: 'rds:db' }],
  },
  'AWS::EC2::Route': { resources: [{ identifier: 'no-arn' }] },
});
const everywhere = {
  'AWS::IAM::Role': { resources: [{ identifier: 'r', arn: 'arn:aws:iam::123456789012:role/r' }] },
};
const serveExplorer = async (explorer: ExplorerModel | undefined, count = 2, region = 'eu-west-1') => {
  const here = { types: types(region, count), ...(explorer === undefined ? {} : { explorer }) };
  await serve({ everywhere, regions: { [region]: here, 'eu-north-1': { types: types('eu-north-1', 1) } } });
  return new ResourceExplorer2Client(options(region));
};
const arnsOf = async (client: ResourceExplorer2Client, FilterString = '') => {
  const { Resources = [] } = await client.send(new ListResourcesCommand({ Filters: { FilterString } }));
  return Resources.map(({ Arn }) => Arn);
};

test('a local index lists what the region has, with the type in both forms', async () => {
  const client = await serveExplorer({ index: 'local' });
  const { Resources = [], ViewArn } = await client.send(new ListResourcesCommand({}));
  expect(ViewArn).toMatch(/^arn:aws:resource-explorer-2:eu-west-1:123456789012:view\//);
  expect(Resources.map(({ ResourceType, CfnResourceType }) => [ResourceType, CfnResourceType])).toEqual([
    ['logs:log-group', 'AWS::Logs::LogGroup'],
    ['logs:log-group', 'AWS::Logs::LogGroup'],
    ['rds:db', 'AWS::RDS::DBInstance'],
  ]);
  expect(Resources[0]).toMatchObject({ Region: 'eu-west-1', Service: 'logs', OwningAccountId: '123456789012' });
  expect(Resources[0]?.LastReportedAt).toBeInstanceOf(Date);
});

test('global resources are in the index of us-east-1 alone, unless it is an aggregator', async () => {
  expect(await arnsOf(await serveExplorer({ index: 'local' }))).not.toContain('arn:aws:iam::123456789012:role/r');
  await server.stop();
  expect(await arnsOf(await serveExplorer({ index: 'local' }, 1, 'us-east-1'))).toContain(
    'arn:aws:iam::123456789012:role/r',
  );
});

test('an aggregator lists every region, and each resource once', async () => {
  const arns = await arnsOf(await serveExplorer({ index: 'aggregator' }, 1));
  expect(arns.toSorted()).toEqual([
    'arn:aws:iam::123456789012:role/r',
    'arn:aws:logs:eu-north-1:123456789012:log-group:g0',
    'arn:aws:logs:eu-west-1:123456789012:log-group:g0',
    'arn:aws:rds:eu-north-1:123456789012:db:db',
    'arn:aws:rds:eu-west-1:123456789012:db:db',
  ]);
});

test('an index can lack types, and know more than Cloud Control', async () => {
  const extra = [{ arn: 'arn:aws:sqs:eu-west-1:123456789012:gone', resourceType: 'sqs:queue' }];
  const client = await serveExplorer({ index: 'local', omits: ['AWS::Logs::LogGroup'], extra });
  expect(await arnsOf(client)).toEqual(['arn:aws:rds:eu-west-1:123456789012:db:db', extra[0]?.arn]);
});

test('filters hold together, and one that is not played is refused', async () => {
  const client = await serveExplorer({ index: 'aggregator' });
  expect(await arnsOf(client, 'resourcetype:logs:log-group region:eu-west*')).toHaveLength(2);
  expect(await arnsOf(client, 'service:rds,iam')).toHaveLength(3);
  expect(await arnsOf(client, '-service:logs -region:global')).toHaveLength(2);
  expect((await refusalOf(arnsOf(client, 'tag:none'))).name).toBe('ValidationException');
});

test('a listing comes in pages', async () => {
  const client = await serveExplorer({ index: 'local' }, 250);
  const sizes: number[] = [];
  for await (const page of paginateListResources({ client }, {})) sizes.push(page.Resources?.length ?? 0);
  expect(sizes).toEqual([100, 100, 51]);
});

test('a listing with MaxResults 1000 has no second page, as AWS documents', async () => {
  const client = await serveExplorer({ index: 'local' }, 1200);
  const { Resources, NextToken } = await client.send(new ListResourcesCommand({ MaxResults: 1000 }));
  expect([Resources?.length, NextToken]).toEqual([1000, undefined]);
  const { NextToken: more } = await client.send(new ListResourcesCommand({ MaxResults: 999 }));
  expect(more).toBeDefined();
});

test('a search ends at a thousand results, and says that it is not complete', async () => {
  const client = await serveExplorer({ index: 'local' }, 1200);
  const { Count } = await client.send(new SearchCommand({ QueryString: 'service:logs' }));
  expect(Count).toEqual({ Complete: false, TotalResources: 1000 });
});

test('without an index nothing is authorized, and the index is not found', async () => {
  const client = await serveExplorer(undefined);
  expect(await refusalOf(arnsOf(client))).toEqual({
    name: 'UnauthorizedException',
    message: 'Unauthorized',
    status: 401,
  });
  const index = await refusalOf(client.send(new GetIndexCommand({})));
  expect([index.name, index.status]).toEqual(['ResourceNotFoundException', 404]);
  expect((await client.send(new GetDefaultViewCommand({}))).ViewArn).toBeUndefined();
  expect((await client.send(new ListIndexesCommand({}))).Indexes).toEqual([]);
});

test('an index without a default view answers for a view that is named', async () => {
  const client = await serveExplorer({ index: 'aggregator', defaultView: false });
  expect((await refusalOf(arnsOf(client))).name).toBe('UnauthorizedException');
  expect((await client.send(new GetIndexCommand({}))).Type).toBe('AGGREGATOR');
  const ViewArn = 'arn:aws:resource-explorer-2:eu-west-1:123456789012:view/all/11111111-2222-3333-4444-555555555555';
  expect((await client.send(new ListResourcesCommand({ ViewArn }))).Resources).toHaveLength(6);
});

test('a denied explorer says which permission lacks', async () => {
  const { name, status, message } = await refusalOf(arnsOf(await serveExplorer({ index: 'local', denied: true })));
  expect([name, status]).toEqual(['AccessDeniedException', 403]);
  expect(message).toContain('is not authorized to perform: resource-explorer-2:ListResources on resource: arn:aws');
});

const serveRecorder = async (recorder: RecorderModel | undefined) => {
  const here = { types: types('eu-west-1', 3), ...(recorder === undefined ? {} : { recorder }) };
  await serve({ regions: { 'eu-west-1': here } });
  return new ConfigServiceClient(options('eu-west-1'));
};
const counts = async (client: ConfigServiceClient, input: { resourceTypes?: string[]; nextToken?: string } = {}) => {
  const answer = await client.send(new GetDiscoveredResourceCountsCommand(input));
  const list = (answer.resourceCounts ?? []).map(({ resourceType, count }) => [resourceType, count]);
  return { list, total: answer.totalDiscoveredResources, nextToken: answer.nextToken };
};

test('a recorder counts each type, the most frequent first', async () => {
  const client = await serveRecorder({ on: true });
  expect((await counts(client)).list).toEqual([
    ['AWS::Logs::LogGroup', 3],
    ['AWS::RDS::DBInstance', 1],
    ['AWS::EC2::Route', 1],
  ]);
  const asked = await counts(client, { resourceTypes: ['AWS::EC2::Route', 'AWS::SQS::Queue'] });
  expect([asked.list, asked.total]).toEqual([[['AWS::EC2::Route', 1]], 1]);
});

test('counts come in pages, and may differ from what is there', async () => {
  const client = await serveRecorder({ on: true, pageSize: 1, counts: { 'AWS::A::A': 7, 'AWS::B::B': 2 } });
  const first = await counts(client);
  expect([first.list, first.total]).toEqual([[['AWS::A::A', 7]], 9]);
  const second = await counts(client, { nextToken: first.nextToken ?? '' });
  expect([second.list, second.nextToken]).toEqual([[['AWS::B::B', 2]], undefined]);
  expect((await refusalOf(counts(client, { nextToken: 'x' }))).name).toBe('InvalidNextTokenException');
});

test.each([[undefined], [{ on: false }]])(
  'a recorder that is off or missing gives an empty list: %o',
  async recorder => {
    expect(await counts(await serveRecorder(recorder))).toEqual({ list: [], total: 0, nextToken: undefined });
  },
);

test('denied counts say which permission lacks', async () => {
  const { name, message } = await refusalOf(counts(await serveRecorder({ on: true, denied: true })));
  expect([name, message]).toEqual([
    'AccessDeniedException',
    expect.stringContaining('config:GetDiscoveredResourceCounts'),
  ]);
});
