// Who manages what no state declares, by tables of what stacks, services and AWS itself leave behind.
import { describe, expect, it } from 'vitest';
import type { StackResource } from '../../../../../clients/aws/stacks.ts';
import { createOwners, type OwnerFacts } from '../../../../../runner/scan/drift/engine/owners.ts';
import type { FoundResource } from '../../../../../runner/scan/drift/resources.ts';
import { found } from '../drift-fixture.ts';

const ownerOf = (resource: FoundResource, facts: Partial<OwnerFacts> = {}) =>
  createOwners({
    found: [resource],
    declared: new Set(),
    stacks: [],
    unreadRegions: new Set(),
    regions: new Set(['eu-west-1', 'us-east-1']),
    ...facts,
  })(resource);

const stackId = 'arn:aws:cloudformation:eu-west-1:111122223333:stack/shop/1';

const inStack = (resourceType: string, physicalId: string, given: Partial<StackResource> = {}): StackResource => ({
  region: 'eu-west-1',
  stack: 'shop',
  stackId,
  resourceType,
  physicalId,
  ...given,
});

describe('a stack', () => {
  it.each<[string, Partial<FoundResource>, StackResource]>([
    ['id', {}, inStack('AWS::S3::Bucket', 'logs')],
    [
      'ARN',
      { resourceType: 'AWS::SNS::Topic', id: 't', arn: 'arn:aws:sns:eu-west-1:1:t' },
      inStack('AWS::SNS::Topic', 'arn:aws:sns:eu-west-1:1:t'),
    ],
    [
      'name',
      { resourceType: 'AWS::Events::Rule', id: 'arn:aws:events:eu-west-1:1:rule/nightly', name: 'nightly' },
      inStack('AWS::Events::Rule', 'nightly'),
    ],
    [
      'name',
      {
        resourceType: 'AWS::Route53::RecordSet',
        id: 'Z1_www.example.com_A',
        name: 'www.example.com.',
        region: 'global',
      },
      inStack('AWS::Route53::RecordSet', 'www.example.com'),
    ],
    [
      'id',
      { resourceType: 'AWS::EC2::EIP', id: 'eipalloc-1', description: { public_ip: '192.0.2.1' } },
      inStack('AWS::EC2::EIP', '192.0.2.1'),
    ],
    [
      'id',
      { resourceType: 'AWS::EC2::SecurityGroupRule', id: 'sgrule-1', keys: ['sgr-1'] },
      inStack('AWS::EC2::SecurityGroupIngress', 'sgr-1'),
    ],
    [
      'id',
      { resourceType: 'AWS::SQS::Queue', id: 'https://sqs.eu-west-1.amazonaws.com/1/jobs' },
      inStack('AWS::SQS::Queue', 'https://eu-west-1.queue.amazonaws.com/1/jobs'),
    ],
    ['id', { resourceType: 'AWS::IAM::Role', id: 'app', region: 'global' }, inStack('AWS::IAM::Role', 'app')],
  ])('holds what it lists by %s: %o', (how, given, resource) => {
    expect(ownerOf(found(given), { stacks: [resource] }).manager).toEqual({
      kind: 'cloudformation',
      name: 'shop',
      evidence: `stack-resource by ${how}`,
    });
  });

  it.each<[string, Partial<FoundResource>, readonly StackResource[]]>([
    ['another type', {}, [inStack('AWS::S3::BucketPolicy', 'logs')]],
    ['another region', {}, [inStack('AWS::S3::Bucket', 'logs', { region: 'us-east-1' })]],
    ['another id', {}, [inStack('AWS::S3::Bucket', 'logs2')]],
    ['its tag Name', { name: 'Web', tags: { Name: 'Web' } }, [inStack('AWS::S3::Bucket', 'Web')]],
    [
      'a name that others have too',
      { resourceType: 'AWS::ApiGateway::Stage', id: 'api1|prod' },
      [inStack('AWS::ApiGateway::Stage', 'prod'), inStack('AWS::ApiGateway::RestApi', 'api2')],
    ],
  ])('does not hold a resource because of %s', (_what, given, stacks) => {
    expect(ownerOf(found(given), { stacks }).manager).toBeUndefined();
  });

  it('holds a part whose name tells nothing when it holds what that is in', () => {
    const stage = found({ resourceType: 'AWS::ApiGateway::Stage', id: 'api1|prod' });
    const stacks = [inStack('AWS::ApiGateway::Stage', 'prod'), inStack('AWS::ApiGateway::RestApi', 'api1')];
    expect(ownerOf(stage, { stacks }).manager?.evidence).toBe('stack-resource by id within its whole');
  });

  it.each<[string, Partial<FoundResource>, string, boolean]>([
    ['AWS::ApiGatewayV2::Stage', { id: '$default', keys: ['api1|$default'] }, '$default', false],
    ['AWS::ApiGateway::Stage', { id: 'ags-api1-prod', keys: ['api1|prod'] }, 'prod', false],
    ['AWS::AutoScaling::LifecycleHook', { id: 'drain', keys: ['web|drain'] }, 'drain', false],
    ['AWS::ApiGatewayV2::Route', { id: 'abc1234', keys: ['api1|abc1234'] }, 'abc1234', true],
    ['AWS::Cognito::UserPoolClient', { id: '4kq1', keys: ['eu-west-1_A|4kq1'] }, '4kq1', true],
  ])(
    'that shares a part of an id with a %s holds it only if no other can have that part: %o',
    (type, given, physicalId, held) => {
      const { manager } = ownerOf(found({ resourceType: type, ...given }), { stacks: [inStack(type, physicalId)] });
      expect(manager !== undefined).toBe(held);
    },
  );

  it('that the CDK made says so', () => {
    const stacks = [inStack('AWS::S3::Bucket', 'logs'), inStack('AWS::CDK::Metadata', 'm')];
    expect(ownerOf(found(), { stacks }).manager?.evidence).toBe('stack-resource by id, made by the CDK');
  });

  it.each([
    ['awseb-e-abcdefghij-stack', 'elastic-beanstalk'],
    ['SC-111122223333-pp-abcdefghijklm', 'service-catalog'],
    ['StackSet-AWSControlTowerBP-BASELINE-CONFIG-1', 'control-tower'],
    ['eksctl-prod-cluster', 'cloudformation'],
  ])('%s is of %s', (stack, kind) => {
    expect(ownerOf(found(), { stacks: [inStack('AWS::S3::Bucket', 'logs', { stack })] }).manager).toMatchObject({
      kind,
      name: stack,
    });
  });

  it('manages itself', () => {
    const resource = found({ resourceType: 'AWS::CloudFormation::Stack', id: stackId, name: 'shop' });
    expect(ownerOf(resource).manager).toEqual({ kind: 'cloudformation', name: 'shop', evidence: 'the stack itself' });
  });
});

describe('tags that name a stack', () => {
  const tagged = found({ tags: { 'aws:cloudformation:stack-name': 'shop', 'aws:cloudformation:stack-id': stackId } });

  it('are believed when that stack is there', () => {
    expect(ownerOf(tagged, { stacks: [inStack('AWS::SQS::Queue', 'q')] })).toEqual({
      manager: { kind: 'cloudformation', name: 'shop', evidence: 'tag aws:cloudformation:stack-name' },
      reason: undefined,
    });
  });

  it('are believed where stacks could not be read', () => {
    expect(ownerOf(tagged, { unreadRegions: new Set(['eu-west-1']) }).manager?.name).toBe('shop');
    expect(ownerOf(tagged, { unreadRegions: new Set(['us-east-1']) }).manager).toBeUndefined();
  });

  it('are believed of a stack in a region that was not scanned, which may be there', () => {
    const elsewhere = stackId.replace('eu-west-1', 'ap-south-1');
    const tags = { 'aws:cloudformation:stack-name': 'shop', 'aws:cloudformation:stack-id': elsewhere };
    const role = found({ resourceType: 'AWS::IAM::Role', region: 'global', tags });
    expect(ownerOf(role).manager?.evidence).toBe(
      'tag aws:cloudformation:stack-name; the stacks of ap-south-1 were not read',
    );
    expect(ownerOf(role, { regions: new Set(['ap-south-1']) }).reason).toContain('which is no more');
  });

  it('say that a stack which is no more has left it behind', () => {
    expect(ownerOf(tagged)).toEqual({
      manager: undefined,
      reason: 'its tags name the CloudFormation stack shop, which is no more',
    });
  });
});

const role = (given: Partial<FoundResource>) => ({ resourceType: 'AWS::IAM::Role', region: 'global', ...given });

describe('a service', () => {
  it.each<[string, string | null, string, Partial<FoundResource>]>([
    ['eks', 'prod', 'tag eks:cluster-name', { tags: { 'eks:cluster-name': 'prod' } }],
    [
      'eks',
      'blue',
      'tag eks:nodegroup-name',
      { resourceType: 'AWS::EC2::LaunchTemplate', tags: { 'eks:nodegroup-name': 'blue' } },
    ],
    ['kubernetes', 'prod', 'tag kubernetes.io/cluster/prod', { tags: { 'kubernetes.io/cluster/prod': 'owned' } }],
    [
      'karpenter',
      'default',
      'tag karpenter.sh/nodepool',
      { tags: { 'karpenter.sh/nodepool': 'default', 'kubernetes.io/cluster/prod': 'owned' } },
    ],
    [
      'autoscaling',
      'web',
      'tag aws:autoscaling:groupName',
      { resourceType: 'AWS::EC2::Instance', tags: { 'aws:autoscaling:groupName': 'web' } },
    ],
    [
      'ecs',
      null,
      'tag AmazonECSManaged',
      { resourceType: 'AWS::EC2::NetworkInterface', tags: { AmazonECSManaged: '' } },
    ],
    [
      'service-catalog',
      'arn:p',
      'tag aws:servicecatalog:provisioningPrincipalArn',
      { tags: { 'aws:servicecatalog:provisioningPrincipalArn': 'arn:p' } },
    ],
    [
      'elastic-beanstalk',
      'shop',
      'tag elasticbeanstalk:environment-name',
      { tags: { 'elasticbeanstalk:environment-name': 'shop' } },
    ],
    [
      'rds',
      null,
      'tag aws:secretsmanager:owningService',
      { resourceType: 'AWS::SecretsManager::Secret', tags: { 'aws:secretsmanager:owningService': 'rds' } },
    ],
    [
      'rds',
      'rds',
      'name with a service and !',
      { resourceType: 'AWS::SecretsManager::Secret', id: 'arn:x', name: 'rds!db-1' },
    ],
    [
      'service-linked',
      'ecs.amazonaws.com',
      'path /aws-service-role/',
      role({ arn: 'arn:aws:iam::1:role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS' }),
    ],
    [
      'identity-center',
      null,
      'path /aws-reserved/sso.amazonaws.com/',
      role({ arn: 'arn:aws:iam::1:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_A_1' }),
    ],
    ['identity-center', null, 'name AWSReservedSSO_*', role({ id: 'AWSReservedSSO_Admin_1234' })],
    ['organizations', null, 'name OrganizationAccountAccessRole', role({ id: 'OrganizationAccountAccessRole' })],
    [
      'control-tower',
      null,
      'name aws-controltower*',
      { resourceType: 'AWS::Logs::LogGroup', id: 'aws-controltower/CloudTrailLogs' },
    ],
    ['aws-managed-key', 'aws/ebs', 'name alias/aws/*', { resourceType: 'AWS::KMS::Alias', id: 'alias/aws/ebs' }],
    [
      'aws-managed-key',
      null,
      'key_manager is AWS',
      { resourceType: 'AWS::KMS::Key', description: { key_manager: 'AWS' } },
    ],
    [
      'aws-owned',
      null,
      'ARN without an account',
      { resourceType: 'AWS::IAM::ManagedPolicy', arn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' },
    ],
    [
      'requester-managed',
      'ELB app/web/1',
      'requester_managed is true',
      {
        resourceType: 'AWS::EC2::NetworkInterface',
        description: { requester_managed: true, description: 'ELB app/web/1' },
      },
    ],
    [
      'requester-managed',
      null,
      'interface_type is lambda',
      {
        resourceType: 'AWS::EC2::NetworkInterface',
        description: { requester_managed: false, interface_type: 'lambda' },
      },
    ],
    [
      'rds',
      'db',
      'snapshot_type is automated',
      {
        resourceType: 'AWS::RDS::DBSnapshot',
        id: 'x',
        description: { snapshot_type: 'automated', db_instance_identifier: 'db' },
      },
    ],
    ['rds', 'db-2026-01-01', 'name rds:*', { resourceType: 'AWS::RDS::DBSnapshot', id: 'rds:db-2026-01-01' }],
    [
      'autoscaling',
      null,
      'managed_by is autoscaling.amazonaws.com',
      { resourceType: 'AWS::Events::Rule', description: { managed_by: 'autoscaling.amazonaws.com' } },
    ],
    [
      'servicediscovery',
      null,
      'linked_service.service_principal is servicediscovery.amazonaws.com',
      {
        resourceType: 'AWS::Route53::HostedZone',
        description: { linked_service: { service_principal: 'servicediscovery.amazonaws.com' } },
      },
    ],
    [
      'application-autoscaling',
      'table/orders',
      'name TargetTracking-*',
      { resourceType: 'AWS::CloudWatch::Alarm', id: 'TargetTracking-table/orders-AlarmHigh-1' },
    ],
  ])('%s (%s) is known by %s', (kind, name, evidence, given) => {
    expect(ownerOf(found(given)).manager).toEqual({ kind, name, evidence });
  });

  it.each<[string, Partial<FoundResource>]>([
    [
      'subnets that a cluster may use',
      { resourceType: 'AWS::EC2::Subnet', tags: { 'kubernetes.io/cluster/prod': 'shared' } },
    ],
    [
      'a VPC that is tagged as owned',
      { resourceType: 'AWS::EC2::VPC', tags: { 'kubernetes.io/cluster/prod': 'owned' } },
    ],
    [
      'a group that a capacity provider scales',
      { resourceType: 'AWS::AutoScaling::AutoScalingGroup', tags: { AmazonECSManaged: '' } },
    ],
    ['what karpenter may discover', { tags: { 'karpenter.sh/discovery': 'prod' } }],
    ['roles of the console', role({ arn: 'arn:aws:iam::1:role/service-role/lambda-role' })],
    [
      'interfaces that people made',
      {
        resourceType: 'AWS::EC2::NetworkInterface',
        description: { requester_managed: false, interface_type: 'interface' },
      },
    ],
    ['interfaces of which nothing is known', { resourceType: 'AWS::EC2::NetworkInterface' }],
    ['keys that people made', { resourceType: 'AWS::KMS::Key', description: { key_manager: 'CUSTOMER' } }],
    [
      'snapshots that people made',
      { resourceType: 'AWS::RDS::DBSnapshot', id: 'mine', description: { snapshot_type: 'manual' } },
    ],
  ])('does not manage %s', (_what, given) => {
    expect(ownerOf(found(given)).manager).toBeUndefined();
  });
});

describe('AWS itself', () => {
  it.each<[string, Partial<FoundResource>]>([
    ['is_default is true', { resourceType: 'AWS::EC2::VPC', description: { is_default: true } }],
    ['default_for_az is true', { resourceType: 'AWS::EC2::Subnet', description: { default_for_az: true } }],
    ['is_default is true', { resourceType: 'AWS::EC2::NetworkAcl', description: { is_default: true } }],
    [
      'the group named default',
      { resourceType: 'AWS::EC2::SecurityGroup', id: 'sg-1', description: { group_name: 'default' } },
    ],
    ['main route table', { resourceType: 'AWS::EC2::RouteTable', description: { associations: [{ main: true }] } }],
    ['name that AWS gives', { resourceType: 'AWS::Events::EventBus', id: 'default' }],
    ['name that AWS gives', { resourceType: 'AWS::RDS::DBParameterGroup', id: 'default.postgres16' }],
    ['name that AWS gives', { resourceType: 'AWS::Athena::WorkGroup', id: 'primary' }],
    [
      'what a region starts with',
      {
        resourceType: 'AWS::EC2::DHCPOptions',
        description: {
          dhcp_configurations: [
            { key: 'domain-name', values: [{ value: 'eu-west-1.compute.internal' }] },
            { key: 'domain-name-servers', values: [{ value: 'AmazonProvidedDNS' }] },
          ],
        },
      },
    ],
  ])('made it: %s, %o', (evidence, given) => {
    expect(ownerOf(found(given)).manager).toEqual({ kind: 'aws-default', name: null, evidence });
  });

  it.each<[string, Partial<FoundResource>]>([
    ['a VPC', { resourceType: 'AWS::EC2::VPC', description: { is_default: false } }],
    ['a security group', { resourceType: 'AWS::EC2::SecurityGroup', description: { group_name: 'web' } }],
    ['a route table', { resourceType: 'AWS::EC2::RouteTable', description: { associations: [{ main: false }] } }],
    ['an event bus', { resourceType: 'AWS::Events::EventBus', id: 'orders' }],
  ])('did not make %s of people', (_what, given) => {
    expect(ownerOf(found(given)).manager).toBeUndefined();
  });

  it('made the way out of the default VPC, and of no other', () => {
    const vpc = (id: string, isDefault: boolean) =>
      found({ resourceType: 'AWS::EC2::VPC', id, description: { is_default: isDefault } });
    const gateway = (id: string, vpcId: string, region = 'eu-west-1') =>
      found({
        resourceType: 'AWS::EC2::InternetGateway',
        id,
        region,
        description: { attachments: [{ vpc_id: vpcId }] },
      });
    const gateways = [gateway('igw-1', 'vpc-1'), gateway('igw-2', 'vpc-2'), gateway('igw-3', 'vpc-1', 'us-east-1')];
    const all = [vpc('vpc-1', true), vpc('vpc-2', false), ...gateways];
    const owners = createOwners({
      found: all,
      declared: new Set(),
      stacks: [],
      unreadRegions: new Set(),
      regions: new Set(['eu-west-1']),
    });
    expect(gateways.map(each => owners(each).manager?.evidence)).toEqual([
      'internet gateway of the default VPC',
      undefined,
      undefined,
    ]);
  });
});

describe('a part', () => {
  const bucket = found({ keys: ['arn:aws:s3:::logs'] });
  const policy = found({
    ...{ resourceType: 'AWS::S3::BucketPolicy', type: 'aws_s3_bucket_policy', id: 'logs', partOf: 'logs' },
  });
  const stacks = [inStack('AWS::S3::Bucket', 'logs')];

  it('is of the stack that holds its whole', () => {
    expect(ownerOf(policy, { found: [bucket, policy], stacks }).manager).toEqual({
      kind: 'cloudformation',
      name: 'shop',
      evidence: 'part of logs (stack-resource by id)',
    });
  });

  it('is nobody’s when a state declares its whole, or nobody has it', () => {
    const facts = { found: [bucket, policy], stacks, declared: new Set([bucket]) };
    expect(ownerOf(policy, facts).manager).toBeUndefined();
    expect(ownerOf(policy, { found: [bucket, policy] }).manager).toBeUndefined();
  });

  it('is not taken for the part of something else of the same name', () => {
    const queue = found({ resourceType: 'AWS::SQS::Queue', id: 'logs' });
    const facts = { found: [queue, policy], stacks: [inStack('AWS::SQS::Queue', 'logs')] };
    expect(ownerOf(policy, facts).manager).toBeUndefined();
  });

  it('that people can add to what AWS made is theirs', () => {
    const group = found({
      resourceType: 'AWS::EC2::SecurityGroup',
      id: 'sg-1',
      description: { group_name: 'default' },
    });
    const rule = found({
      ...{
        resourceType: 'AWS::EC2::SecurityGroupRule',
        type: 'aws_security_group_rule',
        id: 'sgrule-1',
        partOf: 'sg-1',
      },
    });
    expect(ownerOf(rule, { found: [group, rule] }).manager).toBeUndefined();
  });

  it('of an instance, its volume and its interface, goes with the instance', () => {
    const instance = found({
      ...{ resourceType: 'AWS::EC2::Instance', id: 'i-1', tags: { 'aws:autoscaling:groupName': 'web' } },
    });
    const attached = { instance_id: 'i-1', delete_on_termination: true };
    const volume = found({ resourceType: 'AWS::EC2::Volume', id: 'vol-1', description: { attachments: [attached] } });
    const kept = found({
      ...{ resourceType: 'AWS::EC2::Volume', id: 'vol-2' },
      description: { attachments: [{ ...attached, delete_on_termination: false }] },
    });
    const eni = found({
      resourceType: 'AWS::EC2::NetworkInterface',
      id: 'eni-1',
      description: { attachment: attached },
    });
    const all = [instance, volume, kept, eni];
    const owners = createOwners({
      found: all,
      declared: new Set(),
      stacks: [],
      unreadRegions: new Set(),
      regions: new Set(['eu-west-1']),
    });
    const gone = 'goes with i-1 (tag aws:autoscaling:groupName)';
    expect(all.slice(1).map(each => owners(each).manager?.evidence)).toEqual([gone, undefined, gone]);
  });
});

describe('a resource of nobody', () => {
  it.each([
    [{ 'managed-by': 'terraform' }, 'managed-by=terraform'],
    [{ ManagedBy: 'Terraform Cloud' }, 'ManagedBy=Terraform Cloud'],
    [{ managed_by: 'OpenTofu' }, 'managed_by=OpenTofu'],
    [{ 'acme:created-by': 'terraform' }, 'acme:created-by=terraform'],
    [{ Terraform: 'true' }, 'Terraform=true'],
    [{ 'terraform:module': 'network' }, 'terraform:module=network'],
  ])('with the tags %o claims Terraform', (tags, claim) => {
    expect(ownerOf(found({ tags }))).toEqual({
      manager: undefined,
      reason: `its tag ${claim} says that Terraform manages it, but no state that was read declares it`,
    });
  });

  it.each([[{ 'managed-by': 'helm' }], [{ Terraform: 'false' }], [{ Name: 'terraform-state' }], [{}]])(
    'with the tags %o claims nothing',
    tags => {
      expect(ownerOf(found({ tags }))).toEqual({ manager: undefined, reason: undefined });
    },
  );
});
