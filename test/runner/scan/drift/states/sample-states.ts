// States as each generation of the AWS provider leaves them, of one small landscape: for all tests that read states.

export const sampleAccount = '123456789012';
export const sampleRegion = 'eu-west-1';

type Json = Readonly<Record<string, unknown>>;

const hashicorp = 'provider["registry.terraform.io/hashicorp/aws"]';

interface InstanceFacts {
  readonly index_key?: string | number;
  readonly schema_version?: number;
  readonly sensitive?: unknown;
  readonly more?: Json;
}

/** An instance as Terraform writes it; `private` is where providers keep their timeouts. */
export const instance = (
  attributes: unknown,
  { index_key, schema_version = 0, sensitive, more }: InstanceFacts = {},
) => ({
  ...(index_key === undefined ? {} : { index_key }),
  schema_version,
  attributes,
  ...(sensitive === undefined ? { sensitive_attributes: [] } : { sensitive_attributes: sensitive }),
  private: 'bnVsbA==',
  ...more,
});

export interface ResourceFacts {
  readonly module?: string;
  readonly mode?: 'managed' | 'data';
  readonly provider?: string;
}

export const resource = (address: string, instances: readonly unknown[], facts: ResourceFacts = {}) => {
  const [type = '', name = ''] = address.split('.');
  const { module, mode = 'managed', provider = hashicorp } = facts;
  const each = instances.some(one => typeof (one as { index_key?: unknown } | null)?.index_key === 'string');
  return {
    ...(module === undefined ? {} : { module }),
    mode,
    type,
    name,
    provider,
    ...(each ? { each: 'map' } : {}),
    instances,
  };
};

export const state = (resources: readonly unknown[], facts: Json = {}): string =>
  JSON.stringify(
    {
      version: 4,
      terraform_version: '1.9.8',
      serial: 7,
      lineage: '3f6f7e0e-2a4b-4c1d-9e7f-0d1c2b3a4f5e',
      outputs: { vpc_id: { value: 'vpc-0a1b2c3d4e5f60718', type: 'string' } },
      resources,
      check_results: null,
      ...facts,
    },
    null,
    2,
  );

const arn = (service: string, name: string, region = sampleRegion): string =>
  `arn:aws:${service}:${region}:${sampleAccount}:${name}`;

const vpcId = 'vpc-0a1b2c3d4e5f60718';

const vpc = {
  arn: arn('ec2', `vpc/${vpcId}`),
  assign_generated_ipv6_cidr_block: false,
  cidr_block: '10.20.0.0/16',
  default_network_acl_id: 'acl-0c1d2e3f405162738',
  default_route_table_id: 'rtb-0d1e2f30415263748',
  default_security_group_id: 'sg-0e1f203142536475a',
  dhcp_options_id: 'dopt-0f102132435465768',
  enable_dns_hostnames: true,
  enable_dns_support: true,
  id: vpcId,
  instance_tenancy: 'default',
  ipv6_association_id: '',
  ipv6_cidr_block: '',
  main_route_table_id: 'rtb-0d1e2f30415263748',
  owner_id: sampleAccount,
  tags: { Name: 'shop' },
};

const bucket = {
  arn: 'arn:aws:s3:::acme-shop-assets',
  bucket: 'acme-shop-assets',
  bucket_domain_name: 'acme-shop-assets.s3.amazonaws.com',
  bucket_prefix: null,
  bucket_regional_domain_name: 'acme-shop-assets.s3.eu-west-1.amazonaws.com',
  force_destroy: false,
  hosted_zone_id: 'Z1BKCTXD74EZPE',
  id: 'acme-shop-assets',
  region: sampleRegion,
  request_payer: 'BucketOwner',
  tags: { team: 'shop' },
};

const role = {
  arn: `arn:aws:iam::${sampleAccount}:role/shop-api`,
  assume_role_policy:
    '{"Statement":[{"Action":"sts:AssumeRole","Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"}}],"Version":"2012-10-17"}',
  create_date: '2024-03-01T10:00:00Z',
  description: '',
  force_detach_policies: false,
  id: 'shop-api',
  max_session_duration: 3600,
  name: 'shop-api',
  path: '/',
  permissions_boundary: null,
  unique_id: 'AROAEXAMPLE0000000001',
};

const attachment = {
  id: 'shop-api-20240301100000000000000001',
  policy_arn: 'arn:aws:iam::aws:policy/ReadOnlyAccess',
  role: 'shop-api',
};

const database = {
  address: 'shop.abcdefghijkl.eu-west-1.rds.amazonaws.com',
  arn: arn('rds', 'db:shop'),
  availability_zone: 'eu-west-1b',
  engine: 'postgres',
  id: 'shop',
  identifier: 'shop',
  instance_class: 'db.t3.medium',
  multi_az: false,
  password: 'correct horse battery',
  username: 'shop',
};

/** Terraform 0.13 and provider 3: attributes of S3 in the bucket, EC2-Classic in the VPC, no `sensitive_attributes`. */
export const provider3State = (): string =>
  state(
    [
      resource('aws_vpc.main', [
        {
          schema_version: 1,
          attributes: { ...vpc, enable_classiclink: false, enable_classiclink_dns_support: false },
          private: 'eyJzY2hlbWFfdmVyc2lvbiI6IjEifQ==',
        },
      ]),
      resource('aws_s3_bucket.assets', [
        {
          schema_version: 0,
          attributes: {
            ...bucket,
            acl: 'private',
            grant: [],
            policy: null,
            server_side_encryption_configuration: [
              {
                rule: [
                  { apply_server_side_encryption_by_default: [{ kms_master_key_id: '', sse_algorithm: 'AES256' }] },
                ],
              },
            ],
            versioning: [{ enabled: true, mfa_delete: false }],
            website: [],
          },
          private: 'bnVsbA==',
          dependencies: ['aws_vpc.main'],
        },
      ]),
      resource('aws_iam_role.api', [{ schema_version: 0, attributes: role, private: 'bnVsbA==' }]),
      resource('aws_ami.ubuntu', [{ schema_version: 0, attributes: { id: 'ami-0a1', owner_id: '099720109477' } }], {
        mode: 'data',
      }),
    ],
    { terraform_version: '0.13.7', check_results: undefined },
  );

/** Terraform 1.2 and provider 4: S3 in resources of its own, `tags_all`, count and for_each, modules. */
export const provider4State = (): string =>
  state(
    [
      resource(
        'aws_vpc.main',
        [instance({ ...vpc, enable_classiclink: null, tags_all: vpc.tags }, { schema_version: 1 })],
        {
          module: 'module.network',
        },
      ),
      resource(
        'aws_subnet.private',
        ['a', 'b'].map((zone, at) =>
          instance(
            {
              arn: arn('ec2', `subnet/subnet-0000000000000000${at}`),
              availability_zone: `eu-west-1${zone}`,
              cidr_block: `10.20.${at}.0/24`,
              id: `subnet-0000000000000000${at}`,
              owner_id: sampleAccount,
              vpc_id: vpcId,
            },
            { index_key: zone, schema_version: 1 },
          ),
        ),
        { module: 'module.network' },
      ),
      resource('aws_s3_bucket.assets', [
        instance({ ...bucket, tags_all: bucket.tags, versioning: [{ enabled: true, mfa_delete: false }] }),
      ]),
      resource('aws_s3_bucket_versioning.assets', [
        instance({
          bucket: bucket.id,
          expected_bucket_owner: '',
          id: bucket.id,
          mfa: null,
          versioning_configuration: [{ mfa_delete: '', status: 'Enabled' }],
        }),
      ]),
      resource('aws_iam_role_policy_attachment.api', [instance(attachment, { index_key: 0 })]),
    ],
    { terraform_version: '1.2.9' },
  );

/** Terraform 1.5 and provider 5: an aliased provider in another region, a password that is marked, a replaced object. */
export const provider5State = (): string =>
  state(
    [
      resource('aws_vpc.main', [
        instance({ ...vpc, enable_network_address_usage_metrics: false }, { schema_version: 1 }),
      ]),
      resource('aws_nat_gateway.main', [
        instance({
          allocation_id: 'eipalloc-01',
          connectivity_type: 'public',
          id: 'nat-0a1b2c3d4e5f60718',
          subnet_id: 'subnet-01',
        }),
      ]),
      resource('aws_db_instance.shop', [
        instance(database, { schema_version: 2, sensitive: [[{ type: 'get_attr', value: 'password' }]] }),
        instance({ ...database, id: 'shop-old' }, { schema_version: 2, more: { deposed: '8a3b1c2d' } }),
      ]),
      resource(
        'aws_lambda_function.mail',
        [
          instance(
            {
              arn: arn('lambda', 'function:mail', 'us-east-1'),
              environment: [{ variables: { TOKEN: 'xyzzy', STAGE: 'prod' } }],
              function_name: 'mail',
              id: 'mail',
            },
            {
              sensitive: [
                [
                  { type: 'get_attr', value: 'environment' },
                  { type: 'index', value: { value: 0, type: 'number' } },
                  { type: 'get_attr', value: 'variables' },
                  { type: 'index', value: { value: 'TOKEN', type: 'string' } },
                ],
              ],
              more: { status: 'tainted' },
            },
          ),
        ],
        { provider: `${hashicorp}.virginia` },
      ),
      resource('aws_vpc_security_group_ingress_rule.https', [
        instance({
          arn: arn('ec2', 'security-group-rule/sgr-0a1b2c3d4e5f60718'),
          cidr_ipv4: '0.0.0.0/0',
          from_port: 443,
          id: 'sgr-0a1b2c3d4e5f60718',
          ip_protocol: 'tcp',
          security_group_id: 'sg-01',
          security_group_rule_id: 'sgr-0a1b2c3d4e5f60718',
          to_port: 443,
        }),
      ]),
    ],
    { terraform_version: '1.5.7' },
  );

/** Terraform 1.12 and provider 6: every regional resource names its region, and has an identity; flat marks of secrets. */
export const provider6State = (): string =>
  state(
    [
      resource('aws_vpc.main', [
        instance(
          { ...vpc, region: sampleRegion },
          {
            schema_version: 1,
            more: {
              identity_schema_version: 0,
              identity: { account_id: sampleAccount, id: vpcId, region: sampleRegion },
            },
          },
        ),
      ]),
      resource('aws_nat_gateway.ohio', [
        instance({ id: 'nat-0b1b2c3d4e5f60718', region: 'us-east-2', subnet_id: 'subnet-02' }),
      ]),
      resource('aws_db_instance.shop', [
        instance(
          { ...database, region: sampleRegion },
          { schema_version: 2, sensitive: [{ type: 'get_attr', value: 'password' }] },
        ),
      ]),
      resource('aws_iam_role.api', [instance(role)]),
      resource('random_id.suffix', [instance({ hex: 'a1b2', id: 'obI' })], {
        provider: 'provider["registry.terraform.io/hashicorp/random"]',
      }),
    ],
    { terraform_version: '1.12.2' },
  );

/** Cloud Control's provider: CloudFormation's properties in snake case, `id` made of the identifier's parts. */
export const awsccState = (): string =>
  state([
    resource(
      'awscc_logs_log_group.app',
      [
        instance(
          {
            arn: arn('logs', 'log-group:/acme/app:*'),
            id: '/acme/app',
            log_group_name: '/acme/app',
            retention_in_days: 30,
          },
          { schema_version: 1 },
        ),
      ],
      { provider: 'provider["registry.terraform.io/hashicorp/awscc"]' },
    ),
    resource(
      'awscc_ecs_service.web',
      [
        instance(
          { id: `${arn('ecs', 'service/shop/web')}|shop`, cluster: 'shop', service_name: 'web' },
          { schema_version: 1 },
        ),
      ],
      { provider: 'provider["registry.terraform.io/hashicorp/awscc"]' },
    ),
  ]);

/** OpenTofu 1.9: its own registry, a provider inside a module, keys that have to be quoted. */
export const openTofuState = (): string => {
  const provider = 'provider["registry.opentofu.org/hashicorp/aws"]';
  const queue = (name: string) => ({
    arn: arn('sqs', name),
    id: `https://sqs.eu-west-1.amazonaws.com/${sampleAccount}/${name}`,
    name,
    url: `https://sqs.eu-west-1.amazonaws.com/${sampleAccount}/${name}`,
  });
  return state(
    [
      resource('aws_sqs_queue.jobs', [instance(queue('jobs'), { index_key: 'a "b" ${c}' })], {
        provider: `module.queues["eu"].${provider}`,
        module: 'module.queues["eu"].module.inner[0]',
      }),
      resource(
        'aws_sqs_queue_policy.jobs',
        [instance({ id: queue('jobs').id, policy: '{}', queue_url: queue('jobs').id })],
        {
          provider,
        },
      ),
    ],
    { terraform_version: '1.9.0' },
  );
};
