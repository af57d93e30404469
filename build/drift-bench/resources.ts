// The resources of npm run bench:drift, as a state declares each of them and as the inventory shows it.

export const account = '111111111111';

export interface Made {
  readonly type: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly resourceType: string;
  readonly resourceId: string;
  readonly resource: Readonly<Record<string, unknown>>;
  readonly isGlobal?: boolean;
}

/** A number as AWS's ids have it. */
const hex = (number: number): string => number.toString(16).padStart(17, '0');

const policy = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
});

type Make = (number: number, region: string) => Made;

export const makers: readonly Make[] = [
  (number, region) => {
    const id = `i-${hex(number)}`;
    const arn = `arn:aws:ec2:${region}:${account}:instance/${id}`;
    return {
      type: 'aws_instance',
      attributes: {
        id,
        arn,
        ami: `ami-${hex(number % 7)}`,
        instance_type: 'm7g.large',
        root_block_device: [{ volume_id: `vol-${hex(number + 1)}` }],
        vpc_security_group_ids: [`sg-${hex(number)}`],
      },
      resourceType: 'AWS::EC2::Instance',
      resourceId: id,
      resource: { instance_id: id, instance_type: 'm7g.large', state: { name: 'running' }, arn },
    };
  },
  number => {
    const id = `vol-${hex(number)}`;
    return {
      type: 'aws_ebs_volume',
      attributes: { id, size: 100, type: 'gp3', encrypted: true },
      resourceType: 'AWS::EC2::Volume',
      resourceId: id,
      resource: {
        volume_id: id,
        size: 100,
        attachments: [{ instance_id: `i-${hex(number - 1)}`, device: '/dev/xvda' }],
      },
    };
  },
  number => {
    const id = `sg-${hex(number)}`;
    return {
      type: 'aws_security_group',
      attributes: { id, name: `web-${number}`, description: 'web', ingress: [], egress: [] },
      resourceType: 'AWS::EC2::SecurityGroup',
      resourceId: id,
      resource: { group_id: id, group_name: `web-${number}`, description: 'web' },
    };
  },
  number => {
    const group = `sg-${hex(number - 1)}`;
    const rule = { from_port: 443, to_port: 443 };
    return {
      type: 'aws_security_group_rule',
      attributes: {
        id: `sgrule-${number}`,
        type: 'ingress',
        protocol: 'tcp',
        ...rule,
        cidr_blocks: ['10.0.0.0/8'],
        security_group_id: group,
      },
      resourceType: 'AWS::EC2::SecurityGroupRule',
      resourceId: `sgr-${hex(number)}`,
      resource: { group_id: group, is_egress: false, ip_protocol: 'tcp', ...rule, cidr_ipv_4: '10.0.0.0/8' },
    };
  },
  (number, region) => {
    const id = `rtb-${hex(number)}`;
    return {
      type: 'aws_route_table',
      attributes: {
        id,
        arn: `arn:aws:ec2:${region}:${account}:route-table/${id}`,
        route: [{ cidr_block: '0.0.0.0/0', gateway_id: 'igw-1' }],
      },
      resourceType: 'AWS::EC2::RouteTable',
      resourceId: id,
      resource: {
        route_table_id: id,
        routes: [
          { destination_cidr_block: '10.0.0.0/16', gateway_id: 'local', origin: 'CreateRouteTable' },
          { destination_cidr_block: '0.0.0.0/0', gateway_id: 'igw-1', origin: 'CreateRoute' },
        ],
        associations: [],
      },
    };
  },
  number => {
    const name = `role-${number}`;
    const arn = `arn:aws:iam::${account}:role/${name}`;
    return {
      type: 'aws_iam_role',
      attributes: {
        id: name,
        name,
        arn,
        path: '/',
        assume_role_policy: policy,
        managed_policy_arns: ['arn:aws:iam::aws:policy/ReadOnlyAccess'],
      },
      resourceType: 'AWS::IAM::Role',
      resourceId: name,
      resource: {
        role_name: name,
        path: '/',
        arn,
        assume_role_policy_document: JSON.parse(policy),
        attached_managed_policies: [
          { policy_name: 'ReadOnlyAccess', policy_arn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' },
        ],
      },
      isGlobal: true,
    };
  },
  (number, region) => {
    const name = `function-${number}`;
    const arn = `arn:aws:lambda:${region}:${account}:function:${name}`;
    return {
      type: 'aws_lambda_function',
      attributes: {
        id: name,
        function_name: name,
        arn,
        runtime: 'nodejs22.x',
        handler: 'index.handler',
        memory_size: 512,
        timeout: 30,
      },
      resourceType: 'AWS::Lambda::Function',
      resourceId: name,
      resource: { function_name: name, function_arn: arn, runtime: 'nodejs22.x', handler: 'index.handler', arn },
    };
  },
  (number, region) => {
    const name = `queue-${number}`;
    const arn = `arn:aws:sqs:${region}:${account}:${name}`;
    const url = `https://sqs.${region}.amazonaws.com/${account}/${name}`;
    return {
      type: 'aws_sqs_queue',
      attributes: { id: url, name, arn, visibility_timeout_seconds: 30 },
      resourceType: 'AWS::SQS::Queue',
      resourceId: arn,
      resource: { queue_url: url, queue_name: name, VisibilityTimeout: '30', arn },
    };
  },
  (number, region) => {
    const name = `/app/${number}`;
    const arn = `arn:aws:logs:${region}:${account}:log-group:${name}`;
    return {
      type: 'aws_cloudwatch_log_group',
      attributes: { id: name, name, arn, retention_in_days: 30 },
      resourceType: 'AWS::Logs::LogGroup',
      resourceId: name,
      resource: { log_group_name: name, retention_in_days: 30, arn },
    };
  },
  number => {
    const bucket = `bucket-${number}`;
    return {
      type: 'aws_s3_bucket',
      attributes: { id: bucket, bucket, arn: `arn:aws:s3:::${bucket}`, region: 'eu-west-1' },
      resourceType: 'AWS::S3::Bucket',
      resourceId: bucket,
      resource: { name: bucket, location: 'eu-west-1', arn: `arn:aws:s3:::${bucket}` },
      isGlobal: true,
    };
  },
];
