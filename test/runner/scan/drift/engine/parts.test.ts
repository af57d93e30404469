// Parts of resources, as their descriptions and details tell of them.
import { describe, expect, it } from 'vitest';
import { terraformType } from '../../../../../contract/drift/terraform-types.ts';
import { partsOf } from '../../../../../runner/scan/drift/engine/parts.ts';
import { ruleId, ruleKey, splitRule } from '../../../../../runner/scan/drift/engine/parts-rules.ts';
import type { FoundResource } from '../../../../../runner/scan/drift/resources.ts';
import { foundOf } from './join-fixture.ts';

/** Type and id of each, with a star where AWS makes it by itself. */
const named = (parts: readonly FoundResource[]) =>
  parts.map(({ type, id, byDefault }) => `${type} ${id}${byDefault === true ? ' *' : ''}`);

const described = (resourceType: string, id: string, resource: object) =>
  partsOf(foundOf(resourceType, id, { resource }), undefined);
const detailed = (resourceType: string, id: string, values: Record<string, unknown>) =>
  partsOf(foundOf(resourceType, id), { values, failures: {} });

describe('parts that a description tells', () => {
  it.each<[string, string, string, object, string[]]>([
    [
      'routes of a table, with those that AWS keeps',
      'AWS::EC2::RouteTable',
      'rtb-1',
      {
        routes: [
          { destination_cidr_block: '10.0.0.0/16', gateway_id: 'local', origin: 'CreateRouteTable' },
          { destination_cidr_block: '0.0.0.0/0', nat_gateway_id: 'nat-1', origin: 'CreateRoute' },
          { destination_ipv_6_cidr_block: '::/0', gateway_id: 'igw-1', origin: 'CreateRoute' },
          { destination_prefix_list_id: 'pl-1', gateway_id: 'vpce-1', origin: 'CreateRoute' },
          { destination_cidr_block: '10.9.0.0/16', gateway_id: 'vgw-1', origin: 'EnableVgwRoutePropagation' },
        ],
        associations: [
          { main: true, route_table_association_id: 'rtbassoc-0' },
          { main: false, route_table_association_id: 'rtbassoc-1', subnet_id: 'subnet-1' },
        ],
        propagating_vgws: [{ gateway_id: 'vgw-1' }],
      },
      [
        'aws_route r-rtb-1179966490 *',
        'aws_route r-rtb-11080289494',
        'aws_route r-rtb-12750132062',
        expect.stringMatching(/^aws_route r-rtb-1\d+ \*$/),
        expect.stringMatching(/^aws_route r-rtb-1\d+ \*$/),
        'aws_main_route_table_association rtbassoc-0 *',
        'aws_route_table_association rtbassoc-1',
        'aws_vpn_gateway_route_propagation vgw-1_rtb-1',
      ],
    ],
    [
      'entries of an ACL, but for the last',
      'AWS::EC2::NetworkAcl',
      'acl-1',
      {
        entries: [
          { rule_number: 100, egress: true, protocol: '-1', rule_action: 'allow', cidr_block: '0.0.0.0/0' },
          { rule_number: 32_767, egress: true, protocol: '-1', rule_action: 'deny', cidr_block: '0.0.0.0/0' },
        ],
        associations: [{ network_acl_association_id: 'aclassoc-1' }],
      },
      [
        expect.stringMatching(/^aws_network_acl_rule nacl-\d+$/),
        expect.stringMatching(/^aws_network_acl_rule nacl-\d+ \*$/),
        'aws_network_acl_association aclassoc-1 *',
      ],
    ],
    [
      'nothing of a default ACL as it was made',
      'AWS::EC2::NetworkAcl',
      'acl-1',
      {
        is_default: true,
        entries: [
          { rule_number: 100, egress: false, protocol: '-1', rule_action: 'allow', cidr_block: '0.0.0.0/0' },
          { rule_number: 110, egress: false, protocol: '6', rule_action: 'allow', cidr_block: '0.0.0.0/0' },
        ],
      },
      [expect.stringMatching(/ \*$/), expect.stringMatching(/nacl-\d+$/)],
    ],
    [
      'the association of an address',
      'AWS::EC2::EIP',
      'a',
      { association_id: 'eipassoc-1' },
      ['aws_eip_association eipassoc-1'],
    ],
    ['nothing of a free address', 'AWS::EC2::EIP', 'a', {}, []],
    [
      'attachments of a volume',
      'AWS::EC2::Volume',
      'vol-1',
      { attachments: [{ instance_id: 'i-1' }] },
      ['aws_volume_attachment vol-1:i-1 *'],
    ],
    [
      'attachments to a role',
      'AWS::IAM::Role',
      'deployer',
      { path: '/', attached_managed_policies: [{ policy_name: 'P', policy_arn: 'arn:aws:iam::aws:policy/P' }] },
      ['aws_iam_role_policy_attachment deployer-arn:aws:iam::aws:policy/P'],
    ],
    [
      'attachments to a role of a service, which nobody else manages',
      'AWS::IAM::Role',
      'AWSServiceRoleForX',
      {
        path: '/aws-service-role/x.amazonaws.com/',
        attached_managed_policies: [{ policy_arn: 'arn:aws:iam::aws:policy/P' }],
      },
      ['aws_iam_role_policy_attachment AWSServiceRoleForX-arn:aws:iam::aws:policy/P *'],
    ],
    [
      'groups of a user',
      'AWS::IAM::User',
      'alice',
      { group_list: ['admins'] },
      ['aws_iam_user_group_membership alice/admins'],
    ],
    [
      'the policy of a queue',
      'AWS::SQS::Queue',
      'q',
      { queue_url: 'https://q', policy: { Version: '1' } },
      ['aws_sqs_queue_policy https://q'],
    ],
    ['no policy of a queue without one', 'AWS::SQS::Queue', 'q', { queue_url: 'https://q' }, []],
    ['nothing of what has no parts', 'AWS::EC2::Instance', 'i-1', {}, []],
    [
      'nothing of a description that says nothing',
      'AWS::EC2::RouteTable',
      'rtb-1',
      { routes: 'none', associations: [null] },
      [],
    ],
  ])('%s', (_name, resourceType, id, resource, expected) => {
    expect(named(described(resourceType, id, resource))).toEqual(expected);
  });
});

describe('parts that details tell', () => {
  it.each<[string, Record<string, unknown>, string[]]>([
    ['a policy', { Policy: '{}' }, ['aws_s3_bucket_policy logs']],
    ['no policy', { Policy: null }, []],
    [
      'a public access block',
      { PublicAccessBlock: { BlockPublicAcls: true } },
      ['aws_s3_bucket_public_access_block logs'],
    ],
    [
      'a block of nothing',
      { PublicAccessBlock: { BlockPublicAcls: false } },
      ['aws_s3_bucket_public_access_block logs *'],
    ],
    ['notifications', { Notification: { TopicConfigurations: [{}] } }, ['aws_s3_bucket_notification logs']],
    ['no notifications', { Notification: {} }, []],
    ['metrics', { Metrics: ['all', 'some'] }, ['aws_s3_bucket_metric logs:all', 'aws_s3_bucket_metric logs:some']],
    ['reports', { Inventory: [{ Id: 'weekly' }] }, ['aws_s3_bucket_inventory logs:weekly']],
    ['nothing that was not asked', {}, []],
  ])('of a bucket: %s', (_name, values, expected) => {
    expect(named(detailed('AWS::S3::Bucket', 'logs', values))).toEqual(expected);
  });

  it('of a role count more than what the inventory saw before', () => {
    const role = foundOf('AWS::IAM::Role', 'deployer', {
      resource: { attached_managed_policies: [{ policy_arn: 'arn:old' }] },
    });
    const detail = { values: { AttachedPolicies: [{ PolicyArn: 'arn:new', PolicyName: 'new' }] }, failures: {} };
    expect(named(partsOf(role, detail))).toEqual(['aws_iam_role_policy_attachment deployer-arn:new']);
  });

  it('of a topic stand among its attributes', () => {
    const topic = 'arn:aws:sns:eu-west-1:111111111111:alarms';
    expect(named(detailed('AWS::SNS::Topic', topic, { Attributes: { Policy: '{}' } }))).toEqual([
      `aws_sns_topic_policy ${topic}`,
    ]);
  });
});

it('a part is of a type that the join knows, in the region of its whole, and says whose it is', () => {
  const parts = described('AWS::EC2::RouteTable', 'rtb-1', {
    routes: [{ destination_cidr_block: '0.0.0.0/0', origin: 'CreateRoute' }],
  });
  expect(parts).toHaveLength(1);
  expect(parts[0]).toMatchObject({
    region: 'eu-west-1',
    partOf: 'rtb-1',
    resourceType: 'AWS::EC2::Route',
    keys: [expect.any(String), 'rtb-1|0.0.0.0/0'],
  });
  expect(terraformType(parts[0]?.type ?? '')?.partOf).toBe('{route_table_id}');
});

describe('rules of security groups', () => {
  const base = {
    group: 'sg-1',
    direction: 'ingress',
    protocol: 'tcp',
    from: 443,
    to: 443,
    peer: '10.0.0.0/8',
    peerKind: 'cidr',
  } as const;

  const everything = { ...base, direction: 'egress', protocol: '-1', from: 0, to: 0, peer: '0.0.0.0/0' } as const;

  it.each([
    ['a protocol by its number', { ...base, protocol: '6' }, true],
    ['a protocol in capitals', { ...base, protocol: 'TCP' }, true],
    ['another port', { ...base, to: 444 }, false],
    ['another direction', { ...base, direction: 'egress' as const }, false],
    ['another source', { ...base, peer: '10.0.0.0/9' }, false],
    ['another group', { ...base, group: 'sg-2' }, false],
  ])('are told apart by what they allow: %s', (_name, rule, same) => {
    expect(ruleKey(rule) === ruleKey(base)).toBe(same);
  });

  it('do not differ in the ports of all protocols', () => {
    const all = { ...base, protocol: '-1', from: 0, to: 0 };
    expect(ruleKey({ ...all, from: -1, to: -1 })).toBe(ruleKey(all));
    expect(ruleKey({ ...all, protocol: 'all', from: undefined, to: undefined })).toBe(ruleKey(all));
  });

  it('are split into one for each source', () => {
    const attributes = {
      protocol: 'tcp',
      from_port: 1,
      to_port: 2,
      cidr_blocks: ['10.0.0.0/8', '11.0.0.0/8'],
      ipv6_cidr_blocks: ['::/0'],
      prefix_list_ids: ['pl-1'],
      self: true,
    };
    expect(splitRule({ group: 'sg-1', direction: 'egress', attributes }).map(({ peer }) => peer)).toEqual([
      '10.0.0.0/8',
      '11.0.0.0/8',
      '::/0',
      'pl-1',
      'sg-1',
    ]);
  });

  it('have no source without one', () => {
    expect(
      splitRule({
        group: 'sg-1',
        direction: 'ingress',
        attributes: { protocol: 'tcp', cidr_blocks: [], self: false, source_security_group_id: '' },
      }),
    ).toEqual([]);
  });

  it('name a group of another account without it', () => {
    const [rule] = splitRule({
      group: 'sg-1',
      direction: 'ingress',
      attributes: { source_security_group_id: '222222222222/sg-9' },
    });
    expect(rule).toMatchObject({ peer: 'sg-9', peerKind: 'group' });
  });

  it.each([
    ['sgrule-297769195', { ...base, group: 'sg-8fc5102ae1ab28ae9' }],
    ['sgrule-479227590', { ...everything, group: 'sg-8fc5102ae1ab28ae9' }],
    ['sgrule-1285025841', { ...base, group: 'sg-69a2135bcadc105f9', from: 22, to: 22, peer: '0.0.0.0/0' }],
    ['sgrule-1671927675', { ...everything, group: 'sg-69a2135bcadc105f9' }],
  ])('have the id that Terraform gives them: %s', (id, rule) => {
    expect(ruleId(rule)).toBe(id);
  });
});
