// Cloud Control as the account server plays it, asked by AWS's own client.
import {
  CloudControlClient,
  GetResourceCommand,
  ListResourcesCommand,
  type ListResourcesCommandInput,
  paginateListResources,
} from '@aws-sdk/client-cloudcontrol';
import { afterEach, expect, test } from 'vitest';
import type { AccountModel, TypeModel } from './account-model.ts';
import { refusalOf } from './refusal-of.ts';
import { type AccountServer, startAccountServer } from './start-account-server.ts';

const TypeName = 'AWS::SQS::Queue';
let server: AccountServer;
afterEach(() => server.stop());

const connect = (region: string) =>
  new CloudControlClient({
    endpoint: server.url,
    region,
    maxAttempts: 1,
    credentials: { accessKeyId: 'AKIATEST', secretAccessKey: 'test' },
  });

const serve = async (model: AccountModel, region = 'eu-west-1'): Promise<CloudControlClient> => {
  server = await startAccountServer({ upstream: undefined, model });
  return connect(region);
};
const serveType = (type: TypeModel, typeName = TypeName) =>
  serve({ regions: { 'eu-west-1': { types: { [typeName]: type } } } });

const list = (client: CloudControlClient, input: Partial<ListResourcesCommandInput> = {}) =>
  client.send(new ListResourcesCommand({ TypeName, ...input }));

const readPages = async (client: CloudControlClient, input: Partial<ListResourcesCommandInput> = {}) => {
  const pages: (string | undefined)[][] = [];
  for await (const page of paginateListResources({ client }, { TypeName, ...input }))
    pages.push((page.ResourceDescriptions ?? []).map(({ Identifier }) => Identifier));
  return pages;
};
const queues = (count: number) => Array.from({ length: count }, (_, at) => ({ identifier: `q${at}` }));

test('a listing gives identifiers, and properties as JSON text', async () => {
  const client = await serveType({ resources: [{ identifier: 'q', properties: { QueueName: 'q', Delay: 3 } }] });
  const { TypeName: type, ResourceDescriptions, NextToken } = await list(client);
  expect([type, NextToken]).toEqual([TypeName, undefined]);
  expect(ResourceDescriptions).toEqual([{ Identifier: 'q', Properties: '{"QueueName":"q","Delay":3}' }]);
});

test('pages hold twenty, whatever MaxResults says', async () => {
  const pages = await readPages(await serveType({ resources: queues(45) }), { MaxResults: 100 });
  expect(pages.map(page => page.length)).toEqual([20, 20, 5]);
  expect(new Set(pages.flat()).size).toBe(45);
});

test('the model and the type may have a page size of their own', async () => {
  const client = await serve({
    pageSize: 2,
    everywhere: { [TypeName]: { resources: queues(5) }, 'AWS::SNS::Topic': { resources: queues(5), pageSize: 4 } },
  });
  expect((await readPages(client)).length).toBe(3);
  expect((await readPages(client, { TypeName: 'AWS::SNS::Topic' })).length).toBe(2);
});

test('pages without resources still carry a token, and the resources come after them', async () => {
  const pages = await readPages(await serveType({ resources: queues(3), emptyPages: 2 }));
  expect(pages).toEqual([[], [], ['q0', 'q1', 'q2']]);
});

test('a token of another type, and one that is made up, are refused', async () => {
  const client = await serve({ everywhere: { [TypeName]: { resources: queues(30) } } });
  const NextToken = (await list(client)).NextToken ?? '';
  for (const call of [list(client, { NextToken: 'x' }), list(client, { TypeName: 'AWS::SNS::Topic', NextToken })])
    expect(await refusalOf(call)).toMatchObject({ name: 'InvalidRequestException', status: 400 });
});

test('each region has resources of its own, by the region that signed the request', async () => {
  const client = await serve({
    regions: {
      'eu-west-1': { types: { [TypeName]: { resources: queues(1) } } },
      'us-east-1': { types: { [TypeName]: { resources: queues(2) } } },
    },
  });
  expect((await readPages(client)).flat()).toEqual(['q0']);
  expect((await readPages(connect('us-east-1'))).flat()).toEqual(['q0', 'q1']);
  expect((await readPages(connect('eu-north-1'))).flat()).toEqual([]);
});

test('a type that the model does not name is empty, or not there if the model says so', async () => {
  expect((await list(await serve({}))).ResourceDescriptions).toEqual([]);
  await server.stop();
  const { name } = await refusalOf(list(await serve({ unknownTypes: 'not-found' })));
  expect(name).toBe('TypeNotFoundException');
});

const nodegroups: TypeModel = {
  required: ['ClusterName'],
  resources: [
    { identifier: 'blue|1', properties: { ClusterName: 'blue' } },
    { identifier: 'green|1', under: { ClusterName: 'green' } },
  ],
};

test('children are listed under the parent that the ResourceModel names', async () => {
  const client = await serveType(nodegroups);
  for (const [cluster, children] of [
    ['blue', ['blue|1']],
    ['green', ['green|1']],
    ['red', []],
  ] as const)
    expect((await readPages(client, { ResourceModel: JSON.stringify({ ClusterName: cluster }) })).flat()).toEqual(
      children,
    );
});

test('children without their parent are an invalid request that names the key', async () => {
  const client = await serveType(nodegroups, 'AWS::EKS::Nodegroup');
  for (const input of [{}, { ResourceModel: '{"Cluster":"blue"}' }])
    expect(await refusalOf(list(client, { TypeName: 'AWS::EKS::Nodegroup', ...input }))).toEqual({
      name: 'InvalidRequestException',
      status: 400,
      message:
        'Missing or invalid ResourceModel property in AWS::EKS::Nodegroup list handler request input. Required property:  (#: required key [ClusterName] not found)',
    });
});

test('a value that is none of the enumeration is an invalid request', async () => {
  const client = await serveType({ required: ['Scope'], enums: { Scope: ['REGIONAL', 'CLOUDFRONT'] } });
  expect((await list(client, { ResourceModel: '{"Scope":"REGIONAL"}' })).ResourceDescriptions).toEqual([]);
  const { name, message } = await refusalOf(list(client, { ResourceModel: '{"Scope":"GLOBAL"}' }));
  expect([name, message]).toEqual(['InvalidRequestException', expect.stringContaining('#/Scope: GLOBAL')]);
});

test.each<[string, TypeModel, string, number, RegExp]>([
  ['a broken handler', { broken: { message: 'null' } }, 'HandlerInternalFailureException', 500, /FAILED: null \(Hand/],
  [
    'a failure of the service behind',
    { broken: { code: 'GeneralServiceException', message: "Error occurred during operation 'ListKeys'." } },
    'GeneralServiceException',
    400,
    /^AWS::SQS::Queue Handler returned status FAILED: Error occurred during operation 'ListKeys'\. \(HandlerErrorCode: GeneralServiceException, RequestToken: /,
  ],
  [
    'a type that cannot be listed',
    { unsupported: true },
    'UnsupportedActionException',
    400,
    /does not support LIST action$/,
  ],
  [
    'a type that the region lacks',
    { absent: true },
    'TypeNotFoundException',
    400,
    /^The type 'AWS::SQS::Queue' cannot/,
  ],
  [
    'a denial by missing policy',
    { denied: 'no-policy' },
    'AccessDeniedException',
    400,
    /^User: arn:aws:sts::123456789012:\S+ is not authorized to perform: cloudformation:ListResources on resource: arn:aws:cloudformation:eu-west-1:123456789012:resource\/\* because no identity-based policy allows the cloudformation:ListResources action$/,
  ],
  [
    'a denial by service control policy',
    { denied: 'service-control-policy' },
    'AccessDeniedException',
    400,
    /resource\/\* with an explicit deny in a service control policy$/,
  ],
  [
    'a denial that the handler reports',
    { denied: { permission: 'kafka:ListClusters' } },
    'AccessDeniedException',
    400,
    /FAILED: User: \S+ is not authorized to perform: kafka:ListClusters .*HandlerErrorCode: AccessDenied/,
  ],
  [
    'a denial that the handler takes for a failure',
    { denied: { permission: 'kafka:ListClusters', as: 'GeneralServiceException' } },
    'GeneralServiceException',
    400,
    /is not authorized to perform: kafka:ListClusters .*HandlerErrorCode: GeneralServiceException/,
  ],
  [
    'a service that is not switched on',
    { notEnabled: 'The account is not subscribed to AWS Shield Advanced' },
    'InvalidRequestException',
    400,
    /is not subscribed to AWS Shield Advanced \(HandlerErrorCode: InvalidRequest, /,
  ],
])('%s looks as Cloud Control words it', async (_, type, name, status, message) => {
  const client = await serveType(type);
  expect(await refusalOf(list(client))).toEqual({ name, status, message: expect.stringMatching(message) });
});

test('a handler can break in the middle of a listing', async () => {
  const client = await serveType({ resources: queues(50), broken: { message: 'null', afterPages: 1 } });
  const { NextToken = '', ResourceDescriptions } = await list(client);
  expect(ResourceDescriptions?.length).toBe(20);
  expect((await refusalOf(list(client, { NextToken }))).name).toBe('HandlerInternalFailureException');
});

test('a type is throttled so many times, or for ever', async () => {
  const client = await serveType({ throttled: 2, resources: queues(1) });
  const throttled = { name: 'ThrottlingException', message: 'Rate exceeded', status: 400 };
  expect(await refusalOf(list(client))).toEqual(throttled);
  expect(await refusalOf(list(client))).toEqual(throttled);
  expect((await list(client)).ResourceDescriptions?.length).toBe(1);
  await server.stop();
  const forever = await serveType({ throttled: Number.POSITIVE_INFINITY });
  for (let call = 0; call < 5; call += 1) expect(await refusalOf(list(forever))).toEqual(throttled);
});

test('a listing can lack properties, an identifier, or the descriptions, and hold malformed JSON', async () => {
  const client = await serve({
    everywhere: {
      [TypeName]: { identifiersOnly: true, resources: [{ identifier: 'q', properties: { QueueName: 'q' } }] },
      'AWS::A::A': { resources: [{ properties: '{"broken' }] },
      'AWS::B::B': { withoutDescriptions: true },
    },
  });
  expect((await list(client)).ResourceDescriptions).toEqual([{ Identifier: 'q' }]);
  const odd = await list(client, { TypeName: 'AWS::A::A' });
  expect(odd.ResourceDescriptions).toEqual([{ Properties: '{"broken' }]);
  expect((await list(client, { TypeName: 'AWS::B::B' })).ResourceDescriptions).toBeUndefined();
});

test('a resource can be read by its identifier, with properties, even where the listing has none', async () => {
  const client = await serveType({ identifiersOnly: true, resources: [{ identifier: 'q', properties: { a: 1 } }] });
  const read = (Identifier: string) => client.send(new GetResourceCommand({ TypeName, Identifier }));
  expect((await read('q')).ResourceDescription).toEqual({ Identifier: 'q', Properties: '{"a":1}' });
  const { name, message } = await refusalOf(read('other'));
  expect([name, message]).toEqual(['ResourceNotFoundException', expect.stringContaining("identifier 'other' was not")]);
});

test('what was asked is recorded, with its type, region and status', async () => {
  const client = await serveType({ broken: { message: 'null' } });
  await refusalOf(list(client, { ResourceModel: '{}' }));
  expect(server.requests).toEqual([
    {
      service: 'cloudcontrolapi',
      action: 'ListResources',
      region: 'eu-west-1',
      accountId: '123456789012',
      at: expect.any(Number),
      status: 500,
      typeName: TypeName,
      resourceModel: '{}',
    },
  ]);
});
