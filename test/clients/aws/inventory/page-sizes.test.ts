// What is asked for per page, as it goes over the wire, against what AWS allows: a size beyond it is refused outright.
import { CreateClusterCommand, ECSClient } from '@aws-sdk/client-ecs';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { type AwsConnection, clientConfiguration } from '../../../../clients/aws/connection.ts';
import { serviceListing } from '../../../../clients/aws/inventory/services.ts';
import { walkTagged } from '../../../../clients/aws/inventory/tagging.ts';
import { walkService } from '../../../../clients/aws/inventory/walk.ts';
import { services } from '../../../../contract/catalogue/services.ts';
import { connectTo } from '../../../setup/connection.ts';
import { type RecordedRequest, type RecordingServer, startRecordingServer } from '../../../setup/recording-server.ts';

/**
 * Least and most per page: `min` and `max` of the parameter's shape in botocore 1.44.5 (data/<service>/service-2.json),
 * and where the shape has none what the API reference of the operation says.
 */
const limits: Readonly<Record<string, readonly [least: number, most: number]>> = {
  DescribeInstances: [5, 1000],
  DescribeVpcs: [5, 1000],
  DescribeSubnets: [5, 1000],
  DescribeSecurityGroups: [5, 1000],
  DescribeNetworkAcls: [5, 1000],
  DescribeRouteTables: [5, 100],
  DescribeInternetGateways: [5, 1000],
  DescribeNatGateways: [5, 1000],
  DescribeNetworkInterfaces: [5, 1000],
  DescribeVolumes: [5, 1000],
  DescribeVpcEndpoints: [5, 1000],
  DescribeSnapshots: [5, 1000],
  DescribeImages: [5, 1000],
  ListClusters: [1, 100],
  ListServices: [1, 100],
  ListTaskDefinitions: [1, 100],
  ListKeys: [1, 1000],
  ListAliases: [1, 1000],
  DescribeDBInstances: [20, 100],
  DescribeDBClusters: [20, 100],
  DescribeLogGroups: [1, 50],
  ListQueues: [1, 1000],
  ListBuckets: [1, 10_000],
  GetResources: [1, 100],
};

const sizeNames = ['MaxResults', 'maxResults', 'MaxRecords', 'MaxItems', 'Limit', 'limit', 'ResourcesPerPage'];

/** The operation and its page size; undefined of a request that names none. */
const readPageSize = ({ url, headers, body }: RecordedRequest): [string, number] | undefined => {
  const buckets = new URL(url, 'http://localhost').searchParams.get('max-buckets');
  if (buckets !== null) return ['ListBuckets', Number(buckets)];
  const target = String(headers['x-amz-target'] ?? '')
    .split('.')
    .at(-1);
  const members = new Map<string, unknown>(
    target ? Object.entries(JSON.parse(String(body)) as object) : new URLSearchParams(String(body)),
  );
  const size = sizeNames.map(name => members.get(name)).find(value => value !== undefined);
  return size === undefined ? undefined : [target || String(members.get('Action')), Number(size)];
};

let server: RecordingServer;
const asked = new Map<string, number>();

beforeAll(async () => {
  server = await startRecordingServer(inject('simulator'), () => undefined);
  const connection: AwsConnection = { ...connectTo(server.url), region: 'eu-north-1' };
  const ecs = new ECSClient(clientConfiguration(connection));
  // Only of a cluster are services listed.
  await ecs.send(new CreateClusterCommand({ clusterName: 'paged' }));
  ecs.destroy();
  const { signal: abortSignal } = new AbortController();
  for (const { key } of services) {
    await Array.fromAsync(walkService(serviceListing(key), connection, { abortSignal, limit: 1 }));
  }
  await Array.fromAsync(walkTagged(connection, { services: 'all', abortSignal }));
  for (const request of server.requests) {
    const [operation, size] = readPageSize(request) ?? [];
    if (operation !== undefined && size !== undefined) asked.set(operation, size);
  }
});
afterAll(() => server.stop());

describe('a page', () => {
  it.each(Object.entries(limits))('of %s has a size within %j', (operation, [least, most]) => {
    expect(asked.get(operation)).toBeGreaterThanOrEqual(least);
    expect(asked.get(operation)).toBeLessThanOrEqual(most);
  });

  it('whose size nobody compared with its limit is not asked for', () => {
    expect([...asked.keys()].filter(operation => !(operation in limits))).toEqual([]);
  });
});
