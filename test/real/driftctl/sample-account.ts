// The account that the real driftctl scans in the tests: some of each kind, in two regions.
import type { ResourceOrder } from '../../../clients/simulator/resource-order.ts';
import type { TerraformResource } from '../../../clients/simulator/terraform-state.ts';

export const account = '210987654321';
export const regions = ['eu-west-1', 'us-east-1'];

export const orders: readonly ResourceOrder[] = [
  // The functions' role.
  { kind: 'role', region: 'eu-west-1', name: 'managed/inventory', tags: {} },
  ...(['role', 'user', 'bucket'] as const).map(kind => ({ kind, region: 'eu-west-1', name: `main-${kind}`, tags: {} })),
  ...regions.flatMap(region =>
    (['queue', 'topic', 'key', 'table', 'database', 'volume', 'network', 'function'] as const).map(kind => ({
      ...{ kind, region, tags: { owner: 'platform' } },
      ...{ name: `${region}-${kind}`, instances: 1 },
    })),
  ),
];

/** The simulator makes a queue's URL of the host that it is asked under, and driftctl asks AWS's own. */
export const nameQueues = (made: readonly TerraformResource[]): readonly TerraformResource[] =>
  made.map(one =>
    one.type === 'aws_sqs_queue'
      ? { ...one, attributes: { ...one.attributes, id: queueUrl(one.region, String(one.attributes['name'])) } }
      : one,
  );

export const queueUrl = (region: string, name: string): string =>
  `http://sqs.${region}.amazonaws.com/${account}/${name}`;
