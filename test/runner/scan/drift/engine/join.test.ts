// The join of states with what was found: each resource once, and nothing missing that could not be looked at.
import { describe, expect, it } from 'vitest';
import { detailKey } from '../../../../../runner/scan/drift/details.ts';
import { account, cellOf, declaredOf, foundOf, join, outcomes, region, wholeOf } from './join-fixture.ts';

const roleArn = `arn:aws:iam::${account}:role/deployer`;

describe('a declared resource is found', () => {
  it.each([
    ['by its id', declaredOf('aws_instance', 'i-1'), foundOf('AWS::EC2::Instance', 'i-1')],
    [
      'by its ARN, whatever its id',
      declaredOf('aws_ecs_task_definition', 'web', {
        attributes: { arn: 'arn:aws:ecs:eu-west-1:1:task-definition/web:3' },
      }),
      foundOf('AWS::ECS::TaskDefinition', 'arn:aws:ecs:eu-west-1:1:task-definition/web:3'),
    ],
    [
      'by the parts of its identifier',
      declaredOf('aws_cognito_user_pool_client', 'c1', { attributes: { user_pool_id: 'p1' } }),
      foundOf('AWS::Cognito::UserPoolClient', 'p1|c1'),
    ],
    [
      'by the parts of its own id, the other way round',
      declaredOf('aws_guardduty_ipset', 'detector:set'),
      foundOf('AWS::GuardDuty::IPSet', 'set|detector'),
    ],
    [
      'under another name of its type',
      declaredOf('aws_alb', 'arn:lb'),
      foundOf('AWS::ElasticLoadBalancingV2::LoadBalancer', 'arn:lb'),
    ],
    [
      'as a default',
      declaredOf('aws_default_vpc', 'vpc-1'),
      foundOf('AWS::EC2::VPC', 'vpc-1', { resource: { is_default: true } }),
    ],
    [
      'as a default that is declared as a common one',
      declaredOf('aws_vpc', 'vpc-1'),
      foundOf('AWS::EC2::VPC', 'vpc-1', { resource: { is_default: true } }),
    ],
    ['of the provider awscc', declaredOf('awscc_ec2_vpc', 'vpc-1'), foundOf('AWS::EC2::VPC', 'vpc-1')],
    [
      'of the provider awscc, by CloudFormation’s identifier',
      declaredOf('awscc_ec2_eip', '192.0.2.1|eipalloc-1'),
      foundOf('AWS::EC2::EIP', 'arn:x', { resource: { allocation_id: 'eipalloc-1', public_ip: '192.0.2.1' } }),
    ],
    [
      'a record of a zone, by name and type',
      declaredOf('aws_route53_record', 'Z1_www_A', {
        attributes: { zone_id: 'Z1', name: 'www', fqdn: 'WWW.example.com', type: 'A' },
      }),
      foundOf('AWS::Route53::RecordSet', 'arn:aws:route53:::hostedzone/Z1/recordset/www.example.com./A', {
        region: 'global',
        resource: { hosted_zone_id: 'Z1', name: 'www.example.com.', type: 'record_set' },
      }),
    ],
    [
      'a database by its name, though provider 5 has another id',
      declaredOf('aws_db_instance', 'db-ABC', { attributes: { identifier: 'orders' } }),
      foundOf('AWS::RDS::DBInstance', 'orders'),
    ],
    [
      'a bucket, which no region owns',
      declaredOf('aws_s3_bucket', 'logs', { region: 'us-west-2', attributes: { bucket: 'logs' } }),
      foundOf('AWS::S3::Bucket', 'logs', { region: 'global' }),
    ],
    [
      'a permission of a function that is called by its ARN',
      declaredOf('aws_lambda_permission', 'AllowS3', {
        attributes: { function_name: 'arn:aws:lambda:eu-west-1:1:function:resize:live', statement_id: 'AllowS3' },
      }),
      foundOf('AWS::Lambda::Permission', 'resize|AllowS3'),
    ],
    [
      'a mapping of a domain’s root',
      declaredOf('aws_api_gateway_base_path_mapping', 'api.example.com/', {
        attributes: { domain_name: 'api.example.com', base_path: '' },
      }),
      foundOf('AWS::ApiGateway::BasePathMapping', 'api.example.com|(none)'),
    ],
    [
      'a directory of another kind',
      declaredOf('aws_directory_service_directory', 'd-1'),
      foundOf('AWS::DirectoryService::ADConnector', 'd-1'),
    ],
  ])('%s', (_name, declared, found) => {
    const joined = join({ declared: [declared], found: [found] });
    expect(joined).toEqual([{ declared, alsoDeclared: [], found, unseen: null }]);
  });

  it('in its own region, when another has one of the same name', () => {
    const found = ['us-east-1', region].map(place => foundOf('AWS::Logs::LogGroup', '/app', { region: place }));
    const [first, second] = join({ declared: [declaredOf('aws_cloudwatch_log_group', '/app')], found });
    expect([first?.found?.region, second?.found?.region]).toEqual([region, 'us-east-1']);
    expect(second?.declared).toBeUndefined();
  });

  it('in the region of its state, when it does not say its own', () => {
    const found = ['us-east-1', region].map(place => foundOf('AWS::Logs::LogGroup', '/app', { region: place }));
    const declared = [
      declaredOf('aws_instance', 'i-1'),
      declaredOf('aws_cloudwatch_log_group', '/app', { region: undefined }),
    ];
    const joined = join({ declared, found });
    expect(joined.find(({ declared: one }) => one?.id === '/app')?.found?.region).toBe(region);
  });

  it('in no other region than its own', () => {
    const found = foundOf('AWS::Logs::LogGroup', '/app', { region: 'us-east-1' });
    const joined = join({ declared: [declaredOf('aws_cloudwatch_log_group', '/app')], found: [found] });
    expect(outcomes(joined)).toEqual([
      'missing aws_cloudwatch_log_group /app',
      'unmanaged aws_cloudwatch_log_group /app',
    ]);
  });
});

describe('a resource of two states', () => {
  const one = declaredOf('aws_instance', 'i-1');
  const other = declaredOf('aws_instance', 'i-1', { state: 'tfstate://two.tfstate' });

  it('is one, with both declarations', () => {
    expect(join({ declared: [one, other], found: [foundOf('AWS::EC2::Instance', 'i-1')] })).toMatchObject([
      { declared: one, alsoDeclared: [other], unseen: null },
    ]);
  });

  it('is one too when it is missing', () => {
    expect(join({ declared: [one, other] })).toEqual([
      { declared: one, alsoDeclared: [other], found: undefined, unseen: null },
    ]);
  });
});

describe('what was not found', () => {
  const instance = declaredOf('aws_instance', 'i-1');
  const type = 'AWS::EC2::Instance';

  it('is missing when its listing is whole', () => {
    expect(join({ declared: [instance], cells: [cellOf(type, { outcome: 'empty', resources: 0 })] })).toMatchObject([
      { unseen: null },
    ]);
  });

  it('is missing where its service is not switched on', () => {
    expect(join({ declared: [instance], cells: [cellOf(type, { outcome: 'not-enabled' })] })).toMatchObject([
      { unseen: null },
    ]);
  });

  it.each([
    [
      'denied',
      [cellOf(type, { outcome: 'denied', error: 'AccessDenied: no' })],
      'AWS::EC2::Instance in eu-west-1: denied: AccessDenied: no',
    ],
    ['throttled', [cellOf(type, { outcome: 'throttled' })], 'AWS::EC2::Instance in eu-west-1: throttled'],
    ['failed', [cellOf(type, { outcome: 'failed' })], 'AWS::EC2::Instance in eu-west-1: failed'],
    ['not to be had', [cellOf(type, { outcome: 'unsupported' })], 'AWS::EC2::Instance in eu-west-1: unsupported'],
    ['cut short', [cellOf(type, { truncated: 7 })], 'AWS::EC2::Instance in eu-west-1: 7 were left out of the listing'],
    ['of another region', [cellOf(type, { region: 'us-east-1' })], 'AWS::EC2::Instance was not listed in eu-west-1'],
    ['not made', [], 'AWS::EC2::Instance was not listed in eu-west-1'],
  ])('is unknown when its listing was %s', (_name, cells, unseen) => {
    expect(join({ declared: [instance], cells })).toEqual([
      { declared: instance, alsoDeclared: [], found: undefined, unseen },
    ]);
  });

  it('is unknown in a region that was not scanned', () => {
    const declared = [declaredOf('aws_instance', 'i-1', { region: 'ap-south-1' })];
    expect(join({ declared })).toMatchObject([{ unseen: 'region ap-south-1 was not scanned' }]);
  });

  it('is unknown without a region when one of those that were scanned was not seen', () => {
    const declared = [declaredOf('aws_instance', 'i-1', { region: undefined })];
    const cells = [cellOf(type), cellOf(type, { region: 'us-east-1', outcome: 'denied' })];
    expect(join({ declared, cells, regions: [region, 'us-east-1'] })).toMatchObject([
      { unseen: expect.stringContaining('us-east-1: denied') },
    ]);
  });

  it('is unknown when no region was scanned', () => {
    const declared = [declaredOf('aws_instance', 'i-1', { region: undefined })];
    expect(join({ declared, cells: [], regions: [] })).toMatchObject([{ unseen: 'no region was scanned' }]);
  });

  it('is unknown where AWS says that its region has no such service, though a state declares it there', () => {
    expect(join({ declared: [instance], cells: [cellOf(type, { outcome: 'not-in-region' })] })).toMatchObject([
      { unseen: 'AWS::EC2::Instance in eu-west-1: not-in-region' },
    ]);
  });

  it('is unknown where its region is switched off', () => {
    const off = { outcome: 'not-enabled', error: 'OptInRequired: You are not subscribed to this service' } as const;
    expect(join({ declared: [instance], cells: [cellOf(type, off)] })).toMatchObject([
      { unseen: expect.stringContaining('OptInRequired') },
    ]);
  });

  it('is unknown where AWS Config knows of more than the listing showed', () => {
    expect(join({ declared: [instance], cells: [cellOf(type, { outcome: 'empty', hinted: 3 })] })).toMatchObject([
      { unseen: 'AWS::EC2::Instance in eu-west-1: the listing showed nothing of 3 that AWS Config knows' },
    ]);
  });

  it('is unknown when no listing of AWS shows its type', () => {
    const declared = [
      declaredOf('aws_api_gateway_method', 'agm-1', {
        attributes: { rest_api_id: 'r', resource_id: 'x', http_method: 'GET' },
      }),
    ];
    expect(join({ declared })).toMatchObject([{ unseen: 'no listing of AWS shows AWS::ApiGateway::Method' }]);
  });

  it('is unknown when nobody knows its type', () => {
    expect(join({ declared: [declaredOf('aws_brand_new', 'n-1')] })).toMatchObject([
      { unseen: 'aws_brand_new is no type that is joined' },
    ]);
  });

  it('is unknown when its state lacks what it is found by', () => {
    expect(
      join({ declared: [declaredOf('aws_iam_role_policy', 'x', { attributes: { name: 'read' } })] }),
    ).toMatchObject([{ unseen: 'its state does not say what it is called' }]);
  });

  it('looks for a global resource in the one global listing', () => {
    const declared = [declaredOf('aws_iam_user', 'ghost', { region: 'ap-south-1' })];
    expect(join({ declared, cells: [cellOf('AWS::IAM::User', { region: 'global' })] })).toMatchObject([
      { unseen: null },
    ]);
  });
});

describe('a part', () => {
  const bucket = foundOf('AWS::S3::Bucket', 'logs', { region: 'global' });
  const policy = declaredOf('aws_s3_bucket_policy', 'logs', { attributes: { bucket: 'logs' } });

  it('is missing when the details of its whole were read and have none', () => {
    expect(outcomes(join({ declared: [policy], found: [bucket] }))).toContain('missing aws_s3_bucket_policy logs');
  });

  it('is unknown when the details of its whole could not be read', () => {
    const unread = new Map([[detailKey(bucket), 's3:GetBucketPolicy denied']]);
    expect(join({ declared: [policy], found: [bucket], unread })).toContainEqual(
      expect.objectContaining({ declared: policy, unseen: 's3:GetBucketPolicy denied' }),
    );
  });

  it('is unknown when the one detail that tells of it could not be read, and others are not', () => {
    const unread = new Map([[`${detailKey(bucket)} Policy`, 'denied']]);
    const block = declaredOf('aws_s3_bucket_public_access_block', 'logs', { attributes: { bucket: 'logs' } });
    expect(outcomes(join({ declared: [policy, block], found: [bucket], unread }))).toEqual([
      'missing aws_s3_bucket_public_access_block logs',
      'unknown aws_s3_bucket_policy logs',
      'unmanaged aws_s3_bucket logs',
    ]);
  });

  it('is unknown when the listing of its whole was denied', () => {
    const cells = [cellOf('AWS::S3::Bucket', { region: 'global', outcome: 'denied' })];
    expect(outcomes(join({ declared: [policy], cells }))).toEqual(['unknown aws_s3_bucket_policy logs']);
  });

  it('is missing with its whole', () => {
    expect(outcomes(join({ declared: [policy] }))).toEqual(['missing aws_s3_bucket_policy logs']);
  });

  it('that is there as long as its whole is, is managed with it', () => {
    const versioning = declaredOf('aws_s3_bucket_versioning', 'logs', { attributes: { bucket: 'logs' } });
    expect(join({ declared: [versioning], found: [bucket] })).toContainEqual(
      expect.objectContaining({
        declared: versioning,
        found: expect.objectContaining({ partOf: 'logs', region: 'global' }),
        unseen: null,
      }),
    );
    expect(outcomes(join({ declared: [versioning] }))).toEqual(['missing aws_s3_bucket_versioning logs']);
  });

  it('of which nothing tells is unknown while its whole is there, and missing when that is', () => {
    const rules = declaredOf('aws_s3_bucket_lifecycle_configuration', 'logs', { attributes: { bucket: 'logs' } });
    expect(outcomes(join({ declared: [rules], found: [bucket] }))).toContain(
      'unknown aws_s3_bucket_lifecycle_configuration logs',
    );
    expect(outcomes(join({ declared: [rules] }))).toEqual(['missing aws_s3_bucket_lifecycle_configuration logs']);
  });

  it('is unknown when only the Tagging API has shown its whole', () => {
    const table = { ...foundOf('AWS::EC2::RouteTable', 'rtb-1'), description: undefined };
    const route = declaredOf('aws_route', 'r-1', {
      attributes: { route_table_id: 'rtb-1', destination_cidr_block: '0.0.0.0/0' },
    });
    expect(outcomes(join({ declared: [route], found: [table] }))).toContain('unknown aws_route r-1');
  });
});

describe('routes', () => {
  const table = (...routes: object[]) =>
    wholeOf('AWS::EC2::RouteTable', 'rtb-1', { resource: { vpc_id: 'vpc-1', routes } });
  const local = { destination_cidr_block: '10.0.0.0/16', gateway_id: 'local', origin: 'CreateRouteTable' };
  const out = { destination_cidr_block: '0.0.0.0/0', gateway_id: 'igw-1', origin: 'CreateRoute' };
  const route = declaredOf('aws_route', 'r-rtb-11080289494', {
    attributes: { route_table_id: 'rtb-1', destination_cidr_block: '0.0.0.0/0' },
  });

  it('that nobody declares are unmanaged, but for those of AWS', () => {
    expect(outcomes(join({ found: table(local, out) }))).toEqual([
      'unmanaged aws_route r-rtb-11080289494',
      'unmanaged aws_route_table rtb-1',
    ]);
  });

  it('may be declared by themselves or in their table', () => {
    const inTable = declaredOf('aws_route_table', 'rtb-1', {
      attributes: { route: [{ cidr_block: '0.0.0.0/0', gateway_id: 'igw-1' }] },
    });
    const managed = ['managed aws_route r-rtb-11080289494', 'managed aws_route_table rtb-1'];
    expect(outcomes(join({ declared: [inTable], found: table(local, out) }))).toEqual(managed);
    // The state of a table holds the routes of others too: they are no second declaration.
    const joined = join({ declared: [inTable, route], found: table(local, out) });
    expect(outcomes(joined)).toEqual(managed);
    expect(joined.map(({ alsoDeclared }) => alsoDeclared)).toEqual([[], []]);
    expect(joined.find(({ found }) => found?.type === 'aws_route')?.declared).toBe(route);
  });

  it('are missing once, whoever declares them', () => {
    const inTable = declaredOf('aws_route_table', 'rtb-1', { attributes: { route: [{ cidr_block: '0.0.0.0/0' }] } });
    expect(outcomes(join({ declared: [inTable, route], found: table(local) }))).toEqual([
      'managed aws_route_table rtb-1',
      'missing aws_route r-rtb-11080289494',
    ]);
  });

  it('of a default VPC come with it', () => {
    const vpc = foundOf('AWS::EC2::VPC', 'vpc-1', { resource: { is_default: true } });
    expect(outcomes(join({ found: [vpc, ...table(local, out)] }))).toEqual([
      'unmanaged aws_default_vpc vpc-1',
      'unmanaged aws_route_table rtb-1',
    ]);
  });
});

describe('rules of security groups', () => {
  const ruleOf = (id: string, more: object) =>
    foundOf('AWS::EC2::SecurityGroupRule', id, {
      resource: { group_id: 'sg-1', is_egress: false, ip_protocol: 'tcp', from_port: 443, to_port: 443, ...more },
    });
  const group = (name: string) => foundOf('AWS::EC2::SecurityGroup', 'sg-1', { resource: { group_name: name } });
  const open = ruleOf('sgr-1', { cidr_ipv_4: '10.0.0.0/8' });
  const wide = ruleOf('sgr-2', { cidr_ipv_4: '11.0.0.0/8' });
  const attributes = {
    security_group_id: 'sg-1',
    type: 'ingress',
    protocol: 'tcp',
    from_port: 443,
    to_port: 443,
    cidr_blocks: ['10.0.0.0/8'],
  };

  it('are found by what they allow', () => {
    const declared = [declaredOf('aws_security_group_rule', 'sgrule-77', { attributes })];
    expect(outcomes(join({ declared, found: [open, wide] }))).toEqual([
      'managed aws_security_group_rule sgrule-77',
      `unmanaged aws_security_group_rule ${wide.id}`,
    ]);
  });

  it('are found by AWS’s id too', () => {
    const declared = [
      declaredOf('aws_vpc_security_group_ingress_rule', 'sgr-1'),
      declaredOf('awscc_ec2_security_group_ingress', 'sgr-2'),
    ];
    expect(outcomes(join({ declared, found: [open, wide] }))).toEqual([
      'managed aws_vpc_security_group_ingress_rule sgr-1',
      'managed awscc_ec2_security_group_ingress sgr-2',
    ]);
  });

  it('that were changed in place are not found by AWS’s id: the one that was declared is missing', () => {
    const changed = ruleOf('sgr-1', { cidr_ipv_4: '0.0.0.0/0' });
    const declared = [
      declaredOf('aws_security_group_rule', 'sgrule-77', {
        attributes: { ...attributes, security_group_rule_id: 'sgr-1' },
      }),
    ];
    expect(outcomes(join({ declared, found: [changed] }))).toEqual([
      'missing aws_security_group_rule sgrule-77',
      `unmanaged aws_security_group_rule ${changed.id}`,
    ]);
  });

  it('are looked for one by one where one of Terraform stands for several', () => {
    const both = { ...attributes, cidr_blocks: ['10.0.0.0/8', '12.0.0.0/8'] };
    const joined = join({
      declared: [declaredOf('aws_security_group_rule', 'sgrule-77', { attributes: both })],
      found: [open],
    });
    expect(outcomes(joined)).toEqual([
      `managed aws_security_group_rule ${open.id}`,
      expect.stringMatching(/^missing aws_security_group_rule sgrule-\d+$/),
    ]);
  });

  it('in their group count where no rule of it stands by itself', () => {
    const inline = declaredOf('aws_security_group', 'sg-1', {
      attributes: { ingress: [{ ...attributes, security_groups: [], self: false }] },
    });
    expect(outcomes(join({ declared: [inline], found: [group('web'), open, wide] }))).toEqual([
      'managed aws_security_group sg-1',
      `managed aws_security_group_rule ${open.id}`,
      `unmanaged aws_security_group_rule ${wide.id}`,
    ]);
    // Terraform has read both into the group; the one by itself shows who writes its rules.
    const read = [attributes, { ...attributes, cidr_blocks: ['11.0.0.0/8'] }];
    const declared = [
      declaredOf('aws_security_group', 'sg-1', { attributes: { ingress: read } }),
      declaredOf('aws_security_group_rule', 'r', { attributes }),
    ];
    expect(outcomes(join({ declared, found: [group('web'), open, wide] }))).toEqual([
      'managed aws_security_group sg-1',
      'managed aws_security_group_rule r',
      `unmanaged aws_security_group_rule ${wide.id}`,
    ]);
  });

  it('by themselves overrule their group in their own direction alone', () => {
    const declared = [
      declaredOf('aws_security_group', 'sg-1', { attributes: { ingress: [attributes] } }),
      declaredOf('aws_vpc_security_group_egress_rule', 'sgr-9', { attributes: { security_group_id: 'sg-1' } }),
    ];
    expect(outcomes(join({ declared, found: [group('web'), open] }))).toContain(
      `managed aws_security_group_rule ${open.id}`,
    );
  });

  it('that a default group is made with are nobody’s', () => {
    const self = ruleOf('sgr-3', {
      ip_protocol: '-1',
      from_port: -1,
      to_port: -1,
      referenced_group_info: { group_id: 'sg-1' },
    });
    expect(outcomes(join({ found: [group('default'), self] }))).toEqual(['unmanaged aws_default_security_group sg-1']);
    expect(outcomes(join({ found: [group('web'), self] }))).toHaveLength(2);
  });

  it('of a group that is gone are missing, of groups that were not listed unknown', () => {
    const declared = [declaredOf('aws_security_group_rule', 'r', { attributes })];
    expect(outcomes(join({ declared }))).toEqual(['missing aws_security_group_rule r']);
    const cells = [cellOf('AWS::EC2::SecurityGroup'), cellOf('AWS::EC2::SecurityGroupRule', { outcome: 'denied' })];
    expect(outcomes(join({ declared, cells }))).toEqual(['unknown aws_security_group_rule r']);
  });
});

describe('attachments and memberships of IAM', () => {
  const arn = 'arn:aws:iam::aws:policy/ReadOnlyAccess';
  const role = (...policies: string[]) =>
    wholeOf('AWS::IAM::Role', 'deployer', {
      region: 'global',
      resource: { path: '/', arn: roleArn, attached_managed_policies: policies.map(policy_arn => ({ policy_arn })) },
    });

  it.each([
    [
      'by itself',
      declaredOf('aws_iam_role_policy_attachment', 'deployer-1', { attributes: { role: 'deployer', policy_arn: arn } }),
    ],
    ['in its role', declaredOf('aws_iam_role', 'deployer', { attributes: { managed_policy_arns: [arn] } })],
    [
      'with all of its policy',
      declaredOf('aws_iam_policy_attachment', 'x', { attributes: { policy_arn: arn, roles: ['deployer'] } }),
    ],
  ])('an attachment may be declared %s', (_name, declared) => {
    const joined = join({ declared: [declared], found: role(arn) });
    expect(joined.find(({ found }) => found?.type === 'aws_iam_role_policy_attachment')?.declared).toBeDefined();
    const without = outcomes(
      join({ declared: [declared], found: role(), cells: [cellOf('AWS::IAM::Role', { region: 'global' })] }),
    );
    expect(without.filter(text => text.startsWith('missing'))).toHaveLength(1);
  });

  it('an exclusive attachment to nobody declares nothing', () => {
    const declared = [
      declaredOf('aws_iam_policy_attachment', 'x', {
        attributes: { policy_arn: arn, roles: [], users: [], groups: [] },
      }),
    ];
    expect(join({ declared })).toEqual([]);
  });

  it('one that nobody declares is unmanaged', () => {
    expect(outcomes(join({ found: role(arn) }))).toContain(`unmanaged aws_iam_role_policy_attachment deployer-${arn}`);
  });

  it.each([
    [
      'of the group',
      declaredOf('aws_iam_group_membership', 'm', { attributes: { group: 'admins', users: ['alice'] } }),
    ],
    [
      'of the user',
      declaredOf('aws_iam_user_group_membership', 'm', { attributes: { user: 'alice', groups: ['admins'] } }),
    ],
  ])('a membership may be declared as one %s', (_name, declared) => {
    const found = wholeOf('AWS::IAM::User', 'alice', {
      region: 'global',
      resource: { group_list: ['admins', 'readers'] },
    });
    expect(outcomes(join({ declared: [declared], found }))).toEqual([
      expect.stringMatching(/^managed aws_iam_.*membership alice\/admins$/),
      'unmanaged aws_iam_user alice',
      'unmanaged aws_iam_user_group_membership alice/readers',
    ]);
  });

  it('inline policies of a service’s role are the service’s', () => {
    const found = [
      ...wholeOf('AWS::IAM::Role', 'AWSServiceRoleForX', {
        region: 'global',
        resource: { path: '/aws-service-role/x/' },
      }),
      foundOf('AWS::IAM::RolePolicy', 'inline|AWSServiceRoleForX', { region: 'global' }),
    ];
    expect(outcomes(join({ found }))).toEqual(['unmanaged aws_iam_role AWSServiceRoleForX']);
  });
});

describe('what a resource declares inside itself', () => {
  it.each([
    [
      'volumes of an instance',
      declaredOf('aws_instance', 'i-1', {
        attributes: { root_block_device: [{ volume_id: 'vol-1' }], ebs_block_device: [{ volume_id: 'vol-2' }] },
      }),
      [
        foundOf('AWS::EC2::Instance', 'i-1'),
        foundOf('AWS::EC2::Volume', 'vol-1'),
        foundOf('AWS::EC2::Volume', 'vol-2'),
      ],
    ],
    [
      'the interface of an instance',
      declaredOf('aws_instance', 'i-1', { attributes: { primary_network_interface_id: 'eni-1' } }),
      [foundOf('AWS::EC2::Instance', 'i-1'), foundOf('AWS::EC2::NetworkInterface', 'eni-1')],
    ],
    [
      'the association of an address',
      declaredOf('aws_eip', 'eipalloc-1', { attributes: { association_id: 'eipassoc-1' } }),
      wholeOf('AWS::EC2::EIP', 'x', { resource: { allocation_id: 'eipalloc-1', association_id: 'eipassoc-1' } }),
    ],
    [
      'entries of an ACL',
      declaredOf('aws_network_acl', 'acl-1', {
        attributes: { ingress: [{ rule_no: 10, protocol: 'tcp' }], egress: [] },
      }),
      wholeOf('AWS::EC2::NetworkAcl', 'acl-1', {
        resource: { entries: [{ rule_number: 10, egress: false, protocol: '6' }] },
      }),
    ],
    [
      'the policy of a queue',
      declaredOf('aws_sqs_queue', 'https://q', { attributes: { policy: '{}' } }),
      wholeOf('AWS::SQS::Queue', 'arn:q', { resource: { queue_url: 'https://q', policy: { Version: '1' } } }),
    ],
    [
      'the root of an API',
      declaredOf('aws_api_gateway_rest_api', 'r1', { attributes: { root_resource_id: 'x1' } }),
      [foundOf('AWS::ApiGateway::RestApi', 'r1'), foundOf('AWS::ApiGateway::Resource', 'r1|x1')],
    ],
    [
      'inline policies of a role',
      declaredOf('aws_iam_role', 'deployer', { attributes: { inline_policy: [{ name: 'read', policy: '{}' }] } }),
      [
        foundOf('AWS::IAM::Role', 'deployer', { region: 'global' }),
        foundOf('AWS::IAM::RolePolicy', 'read|deployer', { region: 'global' }),
      ],
    ],
  ])('is managed: %s', (_name, declared, found) => {
    const texts = outcomes(join({ declared: [declared], found }));
    expect(texts).toHaveLength(found.length);
    expect(texts.filter(text => !text.startsWith('managed'))).toEqual([]);
  });

  it.each([
    [
      'a table',
      declaredOf('aws_dynamodb_table', 'orders', { attributes: { replica: [{ region_name: 'us-east-1' }] } }),
      [region, 'us-east-1'].map(place => foundOf('AWS::DynamoDB::Table', 'orders', { region: place })),
    ],
    [
      'a secret',
      declaredOf('aws_secretsmanager_secret', 'arn:aws:secretsmanager:eu-west-1:1:secret:db-AbCdEf', {
        attributes: { replica: [{ region: 'us-east-1' }] },
      }),
      [region, 'us-east-1'].map(place =>
        foundOf('AWS::SecretsManager::Secret', `arn:aws:secretsmanager:${place}:1:secret:db-AbCdEf`, { region: place }),
      ),
    ],
  ])('is managed in other regions too: copies of %s', (_name, declared, found) => {
    const joined = join({ declared: [declared], found });
    expect(joined.map(each => [each.declared?.region, each.found?.region])).toEqual([
      [region, region],
      ['us-east-1', 'us-east-1'],
    ]);
    // A copy that is gone differs from its table, and is no resource that is missing.
    expect(outcomes(join({ declared: [declared], found: found.slice(0, 1) }))).toHaveLength(1);
  });

  it('is not missing when nobody could look', () => {
    const declared = [
      declaredOf('aws_instance', 'i-1', { attributes: { root_block_device: [{ volume_id: 'vol-1' }] } }),
    ];
    const cells = [cellOf('AWS::EC2::Instance'), cellOf('AWS::EC2::Volume', { outcome: 'denied' })];
    expect(outcomes(join({ declared, cells }))).toEqual(['missing aws_instance i-1']);
  });

  it('is missing when it is gone', () => {
    const declared = [declaredOf('aws_eip', 'eipalloc-1', { attributes: { association_id: 'eipassoc-1' } })];
    const found = wholeOf('AWS::EC2::EIP', 'x', { resource: { allocation_id: 'eipalloc-1' } });
    const cells = [cellOf('AWS::EC2::EIP')];
    expect(outcomes(join({ declared, found, cells }))).toEqual([
      'managed aws_eip eipalloc-1',
      'missing aws_eip_association eipassoc-1',
    ]);
  });

  it('is nobody’s where a NAT gateway holds the address', () => {
    const found = [
      ...wholeOf('AWS::EC2::EIP', 'x', { resource: { allocation_id: 'eipalloc-1', association_id: 'eipassoc-1' } }),
      foundOf('AWS::EC2::NatGateway', 'nat-1', {
        resource: { nat_gateway_addresses: [{ allocation_id: 'eipalloc-1' }] },
      }),
    ];
    const declared = [declaredOf('aws_eip', 'eipalloc-1', { attributes: { association_id: 'eipassoc-1' } })];
    expect(outcomes(join({ declared, found }))).toEqual([
      'managed aws_eip eipalloc-1',
      'unmanaged aws_nat_gateway nat-1',
    ]);
  });
});

describe('a queue', () => {
  const [id, name] = ['111111111111', 'orders'];
  const now = `https://sqs.${region}.amazonaws.com/${id}/${name}`;

  it.each([`https://queue.amazonaws.com/${id}/${name}`, `https://${region}.queue.amazonaws.com/${id}/${name}`])(
    'is the one that its state knows as %s, with its policy',
    old => {
      const queue = foundOf('AWS::SQS::Queue', `arn:aws:sqs:${region}:${id}:${name}`, { resource: { queue_url: now } });
      const declared = [
        declaredOf('aws_sqs_queue', old, { attributes: { url: old } }),
        declaredOf('aws_sqs_queue_redrive_policy', old, { attributes: { queue_url: old } }),
      ];
      expect(outcomes(join({ declared, found: [queue] }))).toEqual([
        `managed aws_sqs_queue ${old}`,
        expect.stringContaining('aws_sqs_queue_redrive_policy'),
      ]);
      expect(outcomes(join({ declared, found: [queue] })).filter(text => text.startsWith('unmanaged'))).toEqual([]);
    },
  );
});

describe('what the Tagging API alone shows', () => {
  const tagged = { ...foundOf('AWS::EC2::Instance', 'i-1'), description: undefined, taggedOnly: true as const };
  const type = 'AWS::EC2::Instance';
  const doubt = `only the Tagging API shows it; the listing of ${type} in ${region} does not`;

  it('is neither managed nor unmanaged where the listing of its type is whole without it', () => {
    const declared = [declaredOf('aws_instance', 'i-1')];
    expect(join({ declared, found: [tagged] })).toMatchObject([{ found: tagged, doubt }]);
    expect(join({ found: [tagged], cells: [cellOf(type)] })).toMatchObject([{ declared: undefined, doubt }]);
  });

  it.each([
    ['was denied', [cellOf(type, { outcome: 'denied' })]],
    ['was not made', []],
  ])('is there where the listing of its type %s', (_name, cells) => {
    const [row] = join({ declared: [declaredOf('aws_instance', 'i-1')], found: [tagged], cells });
    expect(row).toMatchObject({ found: tagged, unseen: null });
    expect(row).not.toHaveProperty('doubt');
  });
});

describe('what nobody declares', () => {
  it('is unmanaged, of types that Terraform does not know too', () => {
    const found = [foundOf('AWS::EC2::Instance', 'i-1'), foundOf('AWS::New::Thing', 't-1')];
    expect(join({ found })).toEqual(
      found.map(each => ({ declared: undefined, alsoDeclared: [], found: each, unseen: null })),
    );
  });

  it('is once there though two listings have shown it', () => {
    const instance = foundOf('AWS::EC2::Instance', 'i-1');
    expect(join({ found: [instance, { ...instance }] })).toHaveLength(1);
  });

  it('is as often there as there are resources of one id', () => {
    const found = ['one', 'two'].map(name => foundOf('AWS::Lambda::Permission', `${name}|AllowInvoke`));
    expect(join({ found })).toHaveLength(2);
  });

  it.each([
    ['name servers of the zone itself', 'example.com./NS', true],
    ['the zone’s own authority', 'example.com./SOA', true],
    ['name servers of a zone below', 'dev.example.com./NS', false],
    ['an address of the zone itself', 'example.com./A', false],
  ])('is left out where the zone brings it: %s', (_name, set, isLeftOut) => {
    const zone = foundOf('AWS::Route53::HostedZone', 'Z1', { region: 'global', name: 'example.com.' });
    const record = foundOf('AWS::Route53::RecordSet', `arn:aws:route53:::hostedzone/Z1/recordset/${set}`, {
      region: 'global',
      resource: { hosted_zone_id: 'Z1', name: set.split('/')[0], type: 'record_set' },
    });
    expect(join({ found: [zone, record] })).toHaveLength(isLeftOut ? 1 : 2);
  });

  it('and a service makes in passing is left out', () => {
    expect(join({ found: [foundOf('AWS::Lambda::Version', 'arn:v')] })).toEqual([]);
  });
});
