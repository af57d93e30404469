// What is asked for per page, as it goes over the wire, against what AWS allows: a size beyond it is refused outright.
import { randomInt } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { clientConfiguration } from '../../../../clients/aws/connection.ts';
import { walkTagged } from '../../../../clients/aws/inventory/tagging.ts';
import { scanTuning } from '../../../../clients/aws/inventory/walk.ts';
import { createRequestRates } from '../../../../clients/aws/request-rates.ts';
import { prepareMoto } from '../../../../clients/simulator/moto-environment.ts';
import { nativeServices } from '../../../../contract/catalogue/native-services.ts';
import { connectTo } from '../../../setup/connection.ts';
import { type RecordingServer, startRecordingServer } from '../../../setup/recording-server.ts';
import { enterAccount } from '../../../setup/seeds/enter-account.ts';
import { seedGroups } from '../../../setup/seeds/seeds.ts';
import { walkWhole } from '../../../setup/walk-whole.ts';
import { type AskedSize, openLimits } from './botocore-limits.ts';

/** Least and most per page where the model has no bounds: what the API reference of the operation says. */
const documented: Readonly<Record<string, readonly [least: number, most: number]>> = {
  'apigateway:GetApiKeys': [1, 500],
  'apigateway:GetAuthorizers': [1, 500],
  'apigateway:GetClientCertificates': [1, 500],
  'apigateway:GetDeployments': [1, 500],
  'apigateway:GetDomainNames': [1, 500],
  'apigateway:GetModels': [1, 500],
  'apigateway:GetResources': [1, 500],
  'apigateway:GetRestApis': [1, 500],
  'apigateway:GetUsagePlans': [1, 500],
  'apigateway:GetVpcLinks': [1, 500],
  'autoscaling:DescribeAutoScalingGroups': [1, 100],
  'autoscaling:DescribeLaunchConfigurations': [1, 100],
  'autoscaling:DescribePolicies': [1, 100],
  'autoscaling:DescribeScheduledActions': [1, 100],
  'batch:DescribeComputeEnvironments': [1, 100],
  'batch:DescribeJobDefinitions': [1, 100],
  'batch:DescribeJobQueues': [1, 100],
  'batch:ListSchedulingPolicies': [1, 100],
  'ec2:DescribeFleets': [1, 1000],
  'ec2:DescribeFlowLogs': [1, 1000],
  'ec2:DescribeHosts': [5, 500],
  'ec2:DescribeImages': [5, 1000],
  'ec2:DescribeInstances': [5, 1000],
  'ec2:DescribeSnapshots': [5, 1000],
  'ec2:DescribeSpotFleetRequests': [1, 1000],
  'ec2:DescribeSpotInstanceRequests': [5, 1000],
  'ec2:DescribeVolumes': [5, 1000],
  'ec2:DescribeVpcEndpointServiceConfigurations': [5, 1000],
  'ec2:DescribeVpcEndpoints': [5, 1000],
  'ecs:ListClusters': [1, 100],
  'ecs:ListServices': [1, 100],
  'ecs:ListTaskDefinitions': [1, 100],
  'macie2:ListClassificationJobs': [1, 25],
  'macie2:ListCustomDataIdentifiers': [1, 25],
  'medialive:ListChannels': [1, 1000],
  'medialive:ListInputSecurityGroups': [1, 1000],
  'medialive:ListInputs': [1, 1000],
  'medialive:ListMultiplexes': [1, 1000],
  'route53:ListResourceRecordSets': [1, 300],
  's3:ListBuckets': [1, 10_000],
  'ses:ListCustomVerificationEmailTemplates': [1, 50],
  'ses:ListEmailIdentities': [1, 1000],
  'ses:ListEmailTemplates': [1, 100],
  'sqs:ListQueues': [1, 1000],
  'tagging:GetResources': [1, 100],
};

/** Operations that every walk of the twelve first services asks: none of their sizes may get lost. */
const expected = [
  ...['DescribeInstances', 'DescribeVpcs', 'DescribeSubnets', 'DescribeSecurityGroups', 'DescribeNetworkAcls'],
  ...['DescribeRouteTables', 'DescribeInternetGateways', 'DescribeNatGateways', 'DescribeNetworkInterfaces'],
  ...['DescribeVolumes', 'DescribeVpcEndpoints', 'DescribeSnapshots', 'DescribeImages', 'ListClusters', 'ListServices'],
  ...['ListTaskDefinitions', 'ListKeys', 'ListAliases'],
  ...['DescribeLogGroups', 'ListQueues', 'ListBuckets', 'GetResources'],
];

const region = 'us-east-1';
let server: RecordingServer;
const asked = new Map<string, AskedSize>();

/** Resources below which others are listed; seeds that stand in each other's way have made theirs already. */
const seedAll = async (account: string): Promise<void> => {
  const connection = { ...(await enterAccount(connectTo(inject('simulator')), account)), region };
  const configuration = clientConfiguration(connection, scanTuning);
  for (const { create } of Object.values(seedGroups).flat()) {
    await create({ configuration, region, account }).catch(() => undefined);
  }
};

beforeAll(async () => {
  const account = String(randomInt(100_000_000_000, 999_999_999_999));
  await seedAll(account);
  server = await startRecordingServer(inject('simulator'), () => undefined);
  const connection = { ...(await enterAccount(connectTo(server.url), account)), region };
  await Promise.all(nativeServices.map(({ key }) => walkWhole(key, connection, { limit: 1 })));
  const { signal } = new AbortController();
  const rates = createRequestRates({ inFlight: 8, perService: 8 }, signal);
  await Array.fromAsync(walkTagged({ connection, rates }, signal));
  const requirements = fileURLToPath(new URL('../../../../sandbox/requirements.txt', import.meta.url));
  const python = await prepareMoto({ environment: process.env, requirements, announce: text => console.error(text) });
  const readSizes = openLimits(python);
  for (const request of server.requests) for (const size of readSizes(request)) asked.set(size.operation, size);
}, 240_000);
afterAll(() => server.stop());

const boundsOf = ({ operation, least, most }: AskedSize): readonly [number, number] =>
  Number.isFinite(most) ? [least, most] : (documented[operation] ?? [Number.NaN, Number.NaN]);

describe('a page', () => {
  it('has no size that AWS forbids', () => {
    const forbidden = [...asked.values()].filter(each => {
      const [least, most] = boundsOf(each);
      return each.size < least || each.size > most;
    });
    expect(forbidden).toEqual([]);
  });

  it('whose size nobody compared with its limit is not asked for', () => {
    const unknown = [...asked.values()].filter(each => Number.isNaN(boundsOf(each)[1]));
    expect(unknown.map(({ operation, size }) => `${operation} ${size}`)).toEqual([]);
  });

  it('of what is listed often has a size of its own', () => {
    const names = [...asked.keys()].map(operation => operation.split(':')[1]);
    expect(expected.filter(operation => !names.includes(operation))).toEqual([]);
    expect(asked.size).toBeGreaterThan(230);
  });
});
