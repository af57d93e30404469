// Asking about listed items, one by one, of a service that refuses some: nothing that was listed is lost in silence.
import { afterEach, describe, expect, it } from 'vitest';
import type { ListedItem } from '../../../../clients/aws/inventory/listing.ts';
import type { ListingFailure } from '../../../../clients/aws/inventory/walk.ts';
import { connectTo } from '../../../setup/connection.ts';
import {
  type Answer,
  type RecordedRequest,
  type RecordingServer,
  startRecordingServer,
} from '../../../setup/recording-server.ts';
import { walkWhole } from '../../../setup/walk-whole.ts';

type Body = Readonly<Record<string, unknown>>;
type Script = (operation: string, body: Body) => Answer;

let server: RecordingServer | undefined;
afterEach(() => server?.stop());

const json = (body: object, status = 200): Answer => ({
  status,
  headers: { 'content-type': 'application/x-amz-json-1.1' },
  body: JSON.stringify(body),
});
const refuse = (code: string, status = 400): Answer => json({ __type: code, message: 'no' }, status);
const html: Answer = { status: 404, headers: { 'content-type': 'text/html' }, body: '<html><body>no</body></html>' };

const operationOf = ({ headers, url, body }: RecordedRequest): string => {
  const target = headers['x-amz-target'];
  if (target !== undefined) return String(target).split('.').at(-1) ?? '';
  return new URLSearchParams(String(body)).get('Action') ?? (url.includes('location') ? 'GetBucketLocation' : 'List');
};

/** Walks types of one service where the script is all of AWS. */
const walk = async (types: readonly string[], script: Script) => {
  server = await startRecordingServer(undefined, request => {
    const text = String(request.body);
    return script(operationOf(request), text.startsWith('{') ? (JSON.parse(text) as Body) : {});
  });
  const [key = ''] = types[0]?.split('.') ?? [];
  const items: [string, ListedItem][] = [];
  const failures: ListingFailure[] = [];
  for (const step of await walkWhole(key, connectTo(server.url, 1), { types })) {
    if ('failure' in step) failures.push(step);
    else for (const item of step.items) items.push([step.type, item]);
  }
  const of = (type: string) => items.filter(([each]) => each === type).map(([, { fields }]) => fields);
  return { of, codes: failures.map(({ failure }) => failure.code), failures, requests: server.requests };
};

const keys = (count: number) => Array.from({ length: count }, (_none, index) => ({ KeyId: `k${index}` }));

const kms =
  (count: number, describeKey: (keyId: string) => Answer): Script =>
  (operation, body) => {
    if (operation === 'ListKeys') return json({ Keys: keys(count) });
    return operation === 'DescribeKey' ? describeKey(String(body['KeyId'])) : json({ Aliases: [] });
  };

const topics = '<ListTopicsResponse><ListTopicsResult><Topics><member><TopicArn>arn:t</TopicArn></member></Topics>';
const sns =
  (answer: Answer): Script =>
  operation =>
    operation === 'ListTopics' ? { status: 200, body: `${topics}</ListTopicsResult></ListTopicsResponse>` } : answer;
const buckets = '<ListAllMyBucketsResult><Buckets><Bucket><Name>bbb</Name></Bucket></Buckets></ListAllMyBucketsResult>';
const s3 =
  (answer: Answer): Script =>
  operation =>
    operation === 'GetBucketLocation' ? answer : { status: 200, body: buckets };
const xml = (code: string): Answer => ({
  status: 404,
  body: `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>no</Message></Error></ErrorResponse>`,
});
const s3Xml = (code: string): Answer => ({ status: 404, body: `<Error><Code>${code}</Code></Error>` });

const kmsTypes = ['kms.key', 'kms.alias'];

describe('an item that was listed', () => {
  it.each<[string, Script]>([
    ['kms.key', kms(1, () => html)],
    ['sns.topic', sns(html)],
    ['s3.bucket', s3(html)],
    ['dynamodb.table', operation => (operation === 'ListTables' ? json({ TableNames: ['ttt'] }) : html)],
    ['sqs.queue', operation => (operation === 'ListQueues' ? json({ QueueUrls: [`${server?.url}/1/q`] }) : html)],
  ])('is kept as %s, and reported, when a proxy answers 404 for it', async (type, script) => {
    const { of, failures } = await walk([type], script);
    expect(of(type)).toHaveLength(1);
    expect(failures).toMatchObject([{ types: [type], describing: true, failure: { kind: 'not-found' } }]);
  });

  it.each<[string, Script]>([
    ['kms.key', kms(1, () => refuse('NotFoundException'))],
    ['sns.topic', sns(xml('NotFound'))],
    ['s3.bucket', s3(s3Xml('NoSuchBucket'))],
    [
      'dynamodb.table',
      operation => (operation === 'ListTables' ? json({ TableNames: ['t'] }) : refuse('ResourceNotFoundException')),
    ],
    [
      'sqs.queue',
      operation =>
        operation === 'ListQueues'
          ? json({ QueueUrls: [`${server?.url}/1/q`] })
          : refuse('com.amazonaws.sqs#QueueDoesNotExist'),
    ],
  ])('is no %s any more when the service itself says that it is gone', async (type, script) => {
    const { of, failures } = await walk([type], script);
    expect(of(type)).toEqual([]);
    expect(failures).toEqual([]);
  });

  it('is described although the one before it was denied, and the first refusal is the cell’s', async () => {
    const script = kms(30, keyId =>
      ['k0', 'k7'].includes(keyId)
        ? refuse('AccessDeniedException')
        : json({ KeyMetadata: { KeyId: keyId, Arn: 'a' } }),
    );
    const { of, codes } = await walk(kmsTypes, script);
    expect(of('kms.key').filter(fields => 'Arn' in fields)).toHaveLength(28);
    expect(of('kms.key')).toHaveLength(30);
    expect(codes).toEqual(['AccessDeniedException']);
  });

  it.each([
    ['denied', 'AccessDeniedException', 20],
    ['throttled', 'ThrottlingException', 4],
  ])('keeps its name unasked where all before it were %s', async (_case, code, atMost) => {
    const { of, requests } = await walk(
      kmsTypes,
      kms(200, () => refuse(code)),
    );
    expect(of('kms.key')).toHaveLength(200);
    const asked = requests.filter(request => operationOf(request) === 'DescribeKey');
    expect(asked.length).toBeLessThanOrEqual(atMost);
  });
});

const ecsTypes = ['ecs.cluster', 'ecs.service', 'ecs.task-definition'];
const clusterArns = ['arn:aws:ecs:r:1:cluster/a', 'arn:aws:ecs:r:1:cluster/b', 'arn:aws:ecs:r:1:cluster/c'];
const serviceArn = (cluster: unknown) => `${String(cluster).replace('cluster/', 'service/')}/s`;

const ecs =
  (changed: Partial<Record<string, (body: Body) => Answer>>): Script =>
  (operation, body) => {
    const answers: Partial<Record<string, (body: Body) => Answer>> = {
      ListClusters: () => json({ clusterArns }),
      DescribeClusters: () => json({ clusters: clusterArns.map(clusterArn => ({ clusterArn, status: 'ACTIVE' })) }),
      ListServices: ({ cluster }) => json({ serviceArns: [serviceArn(cluster)] }),
      DescribeServices: ({ services }) =>
        json({ services: (services as string[]).map(arn => ({ serviceArn: arn, status: 'ACTIVE' })) }),
      ListTaskDefinitions: () => json({ taskDefinitionArns: [] }),
      ...changed,
    };
    return answers[operation]?.(body) ?? refuse('InvalidAction');
  };

describe('ECS', () => {
  it('goes on with the services of other clusters when one was deleted meanwhile', async () => {
    const ListServices = ({ cluster }: Body) =>
      cluster === clusterArns[0] ? refuse('ClusterNotFoundException') : json({ serviceArns: [serviceArn(cluster)] });
    const { of, codes } = await walk(ecsTypes, ecs({ ListServices }));
    expect(of('ecs.service')).toHaveLength(2);
    expect(codes).toEqual([]);
  });

  it('says what it did not describe, and only what is missing is gone', async () => {
    const failures = [
      { arn: clusterArns[1], reason: 'MISSING' },
      { arn: clusterArns[2], reason: 'ACCESS_LOST', detail: 'no' },
    ];
    const DescribeClusters = () => json({ clusters: [{ clusterArn: clusterArns[0], status: 'ACTIVE' }], failures });
    const { of, codes } = await walk(ecsTypes, ecs({ DescribeClusters }));
    expect(of('ecs.cluster')).toMatchObject([{ status: 'ACTIVE' }, { clusterArn: clusterArns[2], clusterName: 'c' }]);
    expect(codes).toEqual(['ACCESS_LOST']);
  });

  it('reports services that it left out of its answer without a word', async () => {
    const { of, codes } = await walk(ecsTypes, ecs({ DescribeServices: () => json({ services: [] }) }));
    expect(of('ecs.service')).toHaveLength(3);
    expect(new Set(codes)).toEqual(new Set(['NotDescribed']));
  });
});
