// Attributes of a state against AWS's: every compared type in sync, and with what somebody did behind the state's back.
import { describe, expect, it } from 'vitest';
import { terraformType } from '../../../../../contract/drift/terraform-types.ts';
import {
  comparedAttributes,
  comparedResourceTypes,
  comparedTypes,
  comparedUnset,
  compareResource,
} from '../../../../../runner/scan/drift/changes/compare.ts';
import { partsOf } from '../../../../../runner/scan/drift/engine/parts.ts';
import { changed, declaredSample, detailSample, foundSample } from './found-sample.ts';
import { workloadSamples } from './samples/compute.ts';
import { ec2Samples } from './samples/ec2.ts';
import { guardSamples } from './samples/guards.ts';
import { accessSamples } from './samples/iam.ts';
import type { Cloud, Sample } from './samples/sample.ts';

const samples: readonly Sample[] = [...ec2Samples, ...accessSamples, ...guardSamples, ...workloadSamples];

const compare = (sample: Sample, cloud: Cloud, more: Parameters<typeof declaredSample>[1] = {}) =>
  compareResource({
    declared: declaredSample(sample, more),
    found: foundSample(sample, cloud),
    detail: detailSample(cloud),
  });

const told = (changes: ReturnType<typeof compare>) =>
  changes.map(({ path, from, to }) => [path.join('.'), from, to] as const);

const byPath = (a: readonly unknown[], b: readonly unknown[]) => JSON.stringify(a).localeCompare(JSON.stringify(b));

describe.each(samples)('a resource of $type', sample => {
  it('is unchanged when state and AWS say the same in their own words', () => {
    expect(compare(sample, sample.cloud)).toEqual([]);
  });

  const drifts = sample.drifts.map(([drift, ...expected]) => ({ drift, expected }));

  it.each(drifts)('shows what was changed behind the state: $drift', ({ drift, expected }) => {
    const changes = compare(sample, changed(sample.cloud, drift));
    expect(told(changes).toSorted(byPath)).toEqual(expected.toSorted(byPath));
    for (const change of changes) expect(change).toMatchObject({ type: 'update', computed: false });
  });

  it('is not compared by what a name alone cannot tell', () => {
    const { type, key } = sample;
    const bare = { ...foundSample(sample, {}), tags: {}, description: undefined };
    const pair = { declared: declaredSample(sample), found: bare, detail: undefined };
    expect([type, key, compareResource(pair)]).toEqual([type, key, []]);
  });

  it('is compared by attributes that the readers of states keep', () => {
    const kept = comparedAttributes(sample.type);
    const compared = sample.drifts.flatMap(([, ...expected]) => expected.map(([path]) => path.split('.')[0] ?? ''));
    expect([...kept]).toEqual(expect.arrayContaining(compared));
  });
});

const [group] = ec2Samples;
const lambda = workloadSamples.find(({ type }) => type === 'aws_lambda_function');
const database = workloadSamples.find(({ type }) => type === 'aws_db_instance');
if (group === undefined || lambda === undefined || database === undefined) throw new Error('a sample is gone');

describe('what is compared', () => {
  it('are more than fifty types of Terraform, each known to the join', () => {
    expect(comparedTypes.length).toBeGreaterThan(50);
    expect(comparedTypes.filter(type => terraformType(type) === undefined)).toEqual([]);
  });

  it('needs the descriptions of what states declare and nothing else', () => {
    const types = comparedResourceTypes(['aws_instance', 'aws_neptune_cluster', 'aws_default_vpc', 'aws_unheard_of']);
    expect([...types]).toEqual(['AWS::EC2::Instance', 'AWS::Neptune::DBCluster', 'AWS::EC2::VPC']);
  });

  it('is nothing of types without a comparison, and of the provider awscc', () => {
    expect(comparedAttributes('aws_unheard_of').size).toBe(0);
    expect(compare({ ...group, type: 'aws_unheard_of' }, changed(group.cloud, { tags: {} }))).toEqual([]);
    expect(compare(group, changed(group.cloud, { tags: {} }), { provider: 'awscc' })).toEqual([]);
  });

  it('is not what the state leaves unset', () => {
    const unset = { ...group, state: { description: null, ingress: [], tags: null } };
    expect(compare(unset, group.cloud)).toEqual([]);
  });

  it.each<[string, readonly unknown[], Cloud, [string, unknown, unknown][]]>([
    [
      'aws_lambda_function vpc_config',
      [[], null],
      { fields: { VpcConfig: { SubnetIds: ['subnet-9'], SecurityGroupIds: ['sg-9'] } } },
      [
        ['vpc_config.0.subnet_ids', [], ['subnet-9']],
        ['vpc_config.0.security_group_ids', [], ['sg-9']],
      ],
    ],
    [
      'aws_lambda_function dead_letter_config',
      [[]],
      { fields: { DeadLetterConfig: { TargetArn: 'arn:q' } } },
      [['dead_letter_config.0.target_arn', null, 'arn:q']],
    ],
    ['aws_lambda_function layers', [[], null], { fields: { Layers: [{ Arn: 'l' }] } }, [['layers', [], ['l']]]],
    [
      'aws_cloudwatch_metric_alarm alarm_actions',
      [[], null],
      { fields: { AlarmActions: ['arn:t'] } },
      [['alarm_actions', [], ['arn:t']]],
    ],
    ['aws_cloudwatch_metric_alarm ok_actions', [[]], { fields: { OKActions: ['t'] } }, [['ok_actions', [], ['t']]]],
    [
      'aws_cloudwatch_metric_alarm insufficient_data_actions',
      [null],
      { fields: { InsufficientDataActions: ['t'] } },
      [['insufficient_data_actions', [], ['t']]],
    ],
    [
      'aws_cloudfront_distribution aliases',
      [[], null],
      { fields: { Aliases: { Quantity: 1, Items: ['evil.example'] } } },
      [['aliases', [], ['evil.example']]],
    ],
    [
      'aws_db_instance enabled_cloudwatch_logs_exports',
      [[], null],
      { fields: { EnabledCloudwatchLogsExports: ['audit'] } },
      [['enabled_cloudwatch_logs_exports', [], ['audit']]],
    ],
    [
      'aws_instance iam_instance_profile',
      ['', null],
      { fields: { IamInstanceProfile: { Arn: 'arn:aws:iam::1:instance-profile/admin' } } },
      [['iam_instance_profile', null, 'admin']],
    ],
    [
      'aws_iam_role permissions_boundary',
      ['', null],
      { fields: { PermissionsBoundary: { PermissionsBoundaryArn: 'arn:b' } } },
      [['permissions_boundary', null, 'arn:b']],
    ],
  ])('is %s where the state has it and there is nothing in it', (what, nothings, drift, expected) => {
    const [type, attribute = ''] = what.split(' ');
    const sample = samples.find(each => each.type === type);
    if (sample === undefined) throw new Error(`there is no sample of ${type}`);
    expect(comparedUnset(sample.type)).toContain(attribute);
    for (const nothing of nothings) {
      const empty = { ...sample, state: { [attribute]: nothing } };
      expect(told(compare(empty, changed(sample.cloud, drift)))).toEqual(expected);
    }
    const { [attribute]: _unknown, ...older } = sample.state;
    expect(told(compare({ ...sample, state: older }, changed(sample.cloud, drift)))).toEqual([]);
  });

  it('is an index of a table that the state does not know', () => {
    const table = workloadSamples.find(({ type }) => type === 'aws_dynamodb_table');
    if (table === undefined) throw new Error('a sample is gone');
    const index = {
      IndexName: 'by-hand',
      KeySchema: [{ AttributeName: 'a', KeyType: 'HASH' }],
      Projection: { ProjectionType: 'ALL' },
    };
    const cloud = changed(table.cloud, { fields: { GlobalSecondaryIndexes: [index] } });
    const made = { name: 'by-hand', hash_key: 'a', range_key: '', projection_type: 'ALL' };
    expect(told(compare({ ...table, state: { global_secondary_index: [] } }, cloud))).toEqual([
      ['global_secondary_index', null, made],
    ]);
  });

  it('is a list that the state has and AWS does not any more', () => {
    const alarm = guardSamples.find(({ type }) => type === 'aws_cloudwatch_metric_alarm');
    if (alarm === undefined) throw new Error('a sample is gone');
    const { AlarmActions: _none, ...fields } = alarm.cloud.fields ?? {};
    expect(told(compare({ ...alarm, state: { alarm_actions: ['arn:t'] } }, { ...alarm.cloud, fields }))).toEqual([
      ['alarm_actions', ['arn:t'], []],
    ]);
  });

  it('is not what another declaration stands for', () => {
    const cloud = changed(group.cloud, { fields: { IpPermissions: [], Description: 'other' } });
    const pair = { declared: declaredSample(group), found: foundSample(group, cloud), detail: undefined };
    const changes = compareResource({ ...pair, separate: new Set(['ingress']) });
    expect(told(changes)).toEqual([['description', 'made by hand', 'other']]);
  });

  it('is not a whole with a part of it, which only stands inside it in the state', () => {
    const rule = foundSample(
      { type: 'aws_security_group_rule', key: 'ec2.security-group-rule' },
      { fields: { GroupId: 'sg-1', Description: 'other' } },
    );
    expect(compareResource({ declared: declaredSample(group), found: rule, detail: undefined })).toEqual([]);
  });

  it('is where a route leads to, told by its table', () => {
    const key = { type: 'aws_route_table', key: 'ec2.route-table' };
    const routes = (target: object) => [{ DestinationCidrBlock: '0.0.0.0/0', Origin: 'CreateRoute', ...target }];
    const state = { gateway_id: 'igw-1', nat_gateway_id: '', transit_gateway_id: null };
    const changesWith = (target: object) => {
      const table = foundSample(key, { fields: { RouteTableId: 'rtb-1', Routes: routes(target) } });
      const [found] = partsOf(table, undefined);
      if (found === undefined) throw new Error('the table has no part');
      return told(
        compareResource({ declared: declaredSample({ type: 'aws_route', state }), found, detail: undefined }),
      );
    };
    expect(changesWith({ GatewayId: 'igw-1' })).toEqual([]);
    expect(changesWith({ NatGatewayId: 'nat-1' })).toEqual([
      ['gateway_id', 'igw-1', null],
      ['nat_gateway_id', null, 'nat-1'],
    ]);
  });

  it('is not the storage of a database that grows by itself', () => {
    const growing = { ...database, state: { ...database.state, max_allocated_storage: 100 } };
    const grown = changed(database.cloud, { fields: { AllocatedStorage: 55, MaxAllocatedStorage: 100 } });
    expect(compare(growing, grown)).toEqual([]);
  });
});

describe('secrets in what differs', () => {
  it('are hidden on both sides where the state marks them, and still told', () => {
    const cloud = changed(group.cloud, { tags: { Team: 'b', Owner: 'platform' } });
    const changes = compare(group, cloud, { sensitive: ['tags_all', 'tags["Team"]'] });
    expect(told(changes)).toEqual([['tags.Team', '[redacted]', '[redacted]']]);
  });

  it('are hidden where a marked path lies within the one that differs', () => {
    const cloud = changed(group.cloud, { fields: { IpPermissions: [] } });
    const [change] = compare(group, cloud, { sensitive: ['ingress[0].description'] });
    expect(change).toMatchObject({ path: ['ingress'], from: '[redacted]', to: null });
  });

  it('are hidden by the names of tags', () => {
    const tagged = { ...group, state: { tags: { DbPassword: 'old' } } };
    const changes = compare(tagged, changed(group.cloud, { tags: { DbPassword: 'new' } }));
    expect(told(changes)).toEqual([['tags.DbPassword', '[redacted]', '[redacted]']]);
  });

  it('never leave an environment', () => {
    const values = { Environment: { Variables: { STAGE: 'hunter2-cloud', TOKEN: 'a' } }, Tags: {} };
    const changes = compare(lambda, changed(lambda.cloud, { values }));
    expect(JSON.stringify(changes)).not.toMatch(/hunter2|prod/);
    expect(changes.map(({ path }) => path)).toEqual([['environment', 0, 'variables', 'STAGE']]);
  });
});

describe('tags', () => {
  const queue = guardSamples.find(({ type }) => type === 'aws_sqs_queue');

  it('are not compared where neither listing nor answer tells them', () => {
    if (queue === undefined) throw new Error('a sample is gone');
    const { Tags: _tags, ...values } = queue.cloud.values ?? {};
    expect(compare(queue, { ...queue.cloud, values })).toEqual([]);
  });

  it('are compared where the Tagging API shows them, whatever was asked', () => {
    if (queue === undefined) throw new Error('a sample is gone');
    expect(told(compare(queue, { ...queue.cloud, tags: { Team: 'z' } }))).toEqual([['tags.Team', 'a', 'z']]);
  });

  it('of AWS itself are nobody to compare', () => {
    const cloud = { ...group.cloud, tags: { ...group.cloud.tags, 'aws:cloudformation:stack-name': 's' } };
    expect(compare(group, cloud)).toEqual([]);
  });
});
