import { describe, expect, it } from 'vitest';
import { sensitivePaths } from '../../../../../runner/scan/drift/states/instance-address.ts';
import { instancePlace } from '../../../../../runner/scan/drift/states/instance-place.ts';
import { type ReducedState, reduceState } from '../../../../../runner/scan/drift/states/reduce-state.ts';
import { parseState } from '../../../../../runner/scan/drift/states/state-document.ts';
import {
  awsccState,
  instance,
  openTofuState,
  provider3State,
  provider4State,
  provider5State,
  provider6State,
  resource,
  sampleAccount,
  state,
} from './sample-states.ts';

const kept = new Set(['arn', 'bucket', 'cidr_block', 'versioning', 'policy', 'password']);

const reduce = (text: string, account = sampleAccount): ReducedState => {
  const parsed = parseState(text);
  if ('outcome' in parsed) throw new Error(parsed.message);
  return reduceState(parsed, { location: 'tfstate://x.tfstate', account, keep: () => kept });
};

const places = (text: string) =>
  reduce(text).resources.map(({ source, id, region, account }) => [source.address, id, region, account]);

const other = '210987654321';

describe('a state of each generation', () => {
  it('of provider 3 gives its resources, and no data sources', () => {
    expect(places(provider3State())).toEqual([
      ['aws_vpc.main', 'vpc-0a1b2c3d4e5f60718', 'eu-west-1', sampleAccount],
      ['aws_s3_bucket.assets', 'acme-shop-assets', 'eu-west-1', sampleAccount],
      ['aws_iam_role.api', 'shop-api', undefined, sampleAccount],
    ]);
    const [, bucket] = reduce(provider3State()).resources;
    expect(bucket).toEqual({
      source: {
        source: 'tfstate://x.tfstate',
        namespace: '',
        internal_name: 'assets',
        address: 'aws_s3_bucket.assets',
      },
      type: 'aws_s3_bucket',
      provider: 'aws',
      id: 'acme-shop-assets',
      region: 'eu-west-1',
      account: sampleAccount,
      attributes: {
        arn: 'arn:aws:s3:::acme-shop-assets',
        bucket: 'acme-shop-assets',
        versioning: [{ enabled: true, mfa_delete: false }],
      },
      sensitive: [],
    });
  });

  it('of provider 4 gives modules, keys and counts in the addresses', () => {
    expect(places(provider4State()).map(([address]) => address)).toEqual([
      'module.network.aws_vpc.main',
      'module.network.aws_subnet.private["a"]',
      'module.network.aws_subnet.private["b"]',
      'aws_s3_bucket.assets',
      'aws_s3_bucket_versioning.assets',
      'aws_iam_role_policy_attachment.api[0]',
    ]);
    const [vpc] = reduce(provider4State()).resources;
    expect(vpc?.source).toMatchObject({ namespace: 'module.network', internal_name: 'main' });
  });

  it('of provider 5 leaves out what was replaced, and knows the regions of its providers', () => {
    expect(places(provider5State())).toEqual([
      ['aws_vpc.main', 'vpc-0a1b2c3d4e5f60718', 'eu-west-1', sampleAccount],
      ['aws_nat_gateway.main', 'nat-0a1b2c3d4e5f60718', 'eu-west-1', sampleAccount],
      ['aws_db_instance.shop', 'shop', 'eu-west-1', sampleAccount],
      ['aws_vpc_security_group_ingress_rule.https', 'sgr-0a1b2c3d4e5f60718', 'eu-west-1', sampleAccount],
      ['aws_lambda_function.mail', 'mail', 'us-east-1', sampleAccount],
    ]);
  });

  it('of provider 6 gives the region that each resource names', () => {
    expect(places(provider6State())).toEqual([
      ['aws_vpc.main', 'vpc-0a1b2c3d4e5f60718', 'eu-west-1', sampleAccount],
      ['aws_nat_gateway.ohio', 'nat-0b1b2c3d4e5f60718', 'us-east-2', sampleAccount],
      ['aws_db_instance.shop', 'shop', 'eu-west-1', sampleAccount],
      ['aws_iam_role.api', 'shop-api', undefined, sampleAccount],
    ]);
    expect(reduce(provider6State()).elsewhere).toBe(1);
  });

  it('of Cloud Control gives CloudFormation identifiers', () => {
    const { resources } = reduce(awsccState());
    expect(resources.map(({ provider, type, id, region }) => [provider, type, id, region])).toEqual([
      ['awscc', 'awscc_logs_log_group', '/acme/app', 'eu-west-1'],
      ['awscc', 'awscc_ecs_service', `arn:aws:ecs:eu-west-1:${sampleAccount}:service/shop/web|shop`, 'eu-west-1'],
    ]);
  });

  it('of OpenTofu gives the addresses that it prints', () => {
    expect(places(openTofuState())).toEqual([
      [
        'module.queues["eu"].module.inner[0].aws_sqs_queue.jobs["a \\"b\\" $${c}"]',
        `https://sqs.eu-west-1.amazonaws.com/${sampleAccount}/jobs`,
        'eu-west-1',
        sampleAccount,
      ],
      [
        'aws_sqs_queue_policy.jobs',
        `https://sqs.eu-west-1.amazonaws.com/${sampleAccount}/jobs`,
        'eu-west-1',
        sampleAccount,
      ],
    ]);
  });

  it.each([
    ['provider.aws', 'aws'],
    ['provider.aws.west', 'aws'],
    ['module.net.provider.aws', 'aws'],
    ['provider["registry.terraform.io/-/aws"]', 'aws'],
    ['provider["mirror.example.com/acme/aws"].west', 'aws'],
    ['module.net["a.b"].provider["registry.opentofu.org/hashicorp/awscc"]', 'awscc'],
  ])('is read with the provider %s', (provider, name) => {
    const { resources } = reduce(state([resource('aws_vpc.a', [instance({ id: 'vpc-1' })], { provider })]));
    expect(resources.map(one => one.provider)).toEqual([name]);
  });

  it.each([
    'provider["registry.terraform.io/hashicorp/google"]',
    'provider["registry.terraform.io/aws/null"]',
    'provider.awsome',
    '',
  ])('is read without resources of %j', provider => {
    const { resources, elsewhere } = reduce(state([resource('x_y.a', [instance({ id: '1' })], { provider })]));
    expect([resources, elsewhere]).toEqual([[], 1]);
  });
});

describe('a bad instance', () => {
  const good = instance({ id: 'vpc-1' }, { index_key: 0 });

  it('is left out by its address, and the others are read', () => {
    const bad = [
      instance('text', { index_key: 1 }),
      { ...instance({ id: 'x' }), index_key: { a: 1 } },
      null,
      instance([], { index_key: 'b' }),
    ];
    const { resources, skipped } = reduce(state([resource('aws_vpc.a', [good, ...bad], { module: 'module.m' })]));
    expect(resources.map(({ source }) => source.address)).toEqual(['module.m.aws_vpc.a[0]']);
    expect(skipped).toEqual([
      'module.m.aws_vpc.a[1]',
      'module.m.aws_vpc.a',
      'module.m.aws_vpc.a',
      'module.m.aws_vpc.a["b"]',
    ]);
  });

  it('of an old flat form is read as far as it needs no schema', () => {
    const flat = { schema_version: 0, attributes_flat: { id: 'vpc-1', 'tags.%': '1', cidr_block: '10.0.0.0/8' } };
    const [found] = reduce(state([resource('aws_vpc.a', [flat])])).resources;
    expect(found).toMatchObject({ id: 'vpc-1', attributes: { cidr_block: '10.0.0.0/8' } });
  });

  it('without an id is still declared', () => {
    const [found] = reduce(
      state([resource('aws_vpc.a', [instance({ cidr_block: '10.0.0.0/8', id: null })])]),
    ).resources;
    expect(found).toMatchObject({ id: '', attributes: { cidr_block: '10.0.0.0/8' } });
  });
});

describe('resources of another account', () => {
  const vpcOf = (account: string, id: string) => instance({ id, arn: `arn:aws:ec2:eu-west-1:${account}:vpc/${id}` });
  const away = 'provider["registry.terraform.io/hashicorp/aws"].away';

  it('are left out with the silent ones of their provider, and counted', () => {
    const { resources, foreign, document } = reduce(
      state([
        resource('aws_vpc.own', [vpcOf(sampleAccount, 'vpc-1')]),
        resource('aws_route.own', [instance({ id: 'r-1' })]),
        resource('aws_vpc.other', [vpcOf(other, 'vpc-2')], { provider: away }),
        resource('aws_route.other', [instance({ id: 'r-2' })], { provider: away }),
      ]),
    );
    expect(resources.map(({ source }) => source.address)).toEqual(['aws_vpc.own', 'aws_route.own']);
    expect([...foreign]).toEqual([[other, 2]]);
    expect(document.resources.map(({ name, type }) => `${type}.${name}`)).toEqual(['aws_vpc.own', 'aws_route.own']);
  });

  it('do not take the silent ones along where their provider has resources of both', () => {
    const { resources, foreign } = reduce(
      state([
        resource(
          'aws_vpc.both',
          [vpcOf(sampleAccount, 'vpc-1'), vpcOf(other, 'vpc-2')].map((one, at) => ({ ...one, index_key: at })),
        ),
        resource('aws_route.own', [instance({ id: 'r-1' })]),
      ]),
    );
    expect(resources.map(({ source }) => source.address)).toEqual(['aws_vpc.both[0]', 'aws_route.own']);
    expect([...foreign]).toEqual([[other, 1]]);
  });
});

describe('the place of an instance', () => {
  it.each([
    ['aws_vpc', { region: 'eu-west-1', arn: 'arn:aws:ec2:eu-west-2:123456789012:vpc/v' }, 'eu-west-1', '123456789012'],
    ['aws_vpc', { arn: 'arn:aws-cn:ec2:cn-north-1:123456789012:vpc/v' }, 'cn-north-1', '123456789012'],
    [
      'aws_lb_listener',
      { id: 'arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener/x' },
      'eu-west-1',
      '123456789012',
    ],
    ['aws_ebs_volume', { availability_zone: 'us-gov-west-1b' }, 'us-gov-west-1', undefined],
    ['aws_subnet', { availability_zone: 'us-west-2-lax-1a' }, 'us-west-2', undefined],
    ['aws_sqs_queue_policy', { id: 'https://sqs.eu-west-1.amazonaws.com/123456789012/q' }, 'eu-west-1', '123456789012'],
    ['aws_sqs_queue', { id: 'https://eu-west-1.queue.amazonaws.com/123456789012/q' }, 'eu-west-1', '123456789012'],
    ['aws_default_vpc', { owner_id: '123456789012' }, undefined, '123456789012'],
    ['aws_ami', { arn: 'arn:aws:ec2:eu-west-1::image/ami-1', owner_id: '123456789012' }, 'eu-west-1', '123456789012'],
    ['aws_iam_policy', { arn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' }, undefined, undefined],
    [
      'aws_config_aggregate_authorization',
      { region: 'us-east-1', arn: 'arn:aws:config:eu-west-1:123456789012:a/b' },
      'eu-west-1',
      '123456789012',
    ],
    [
      'aws_securityhub_product_subscription',
      { id: 'arn:aws:securityhub:us-east-1:733251395267:product/x,arn:aws:y' },
      undefined,
      undefined,
    ],
    ['aws_instance', { region: 7, arn: null, id: ['x'], owner_id: 'amazon' }, undefined, undefined],
    ['aws_route', {}, undefined, undefined],
  ])('of %s is told by %j', (type, attributes, region, account) => {
    expect(instancePlace(type, attributes)).toMatchObject({ region, account });
  });

  it('is none for what lies in no region', () => {
    const global = { arn: 'arn:aws:cloudfront::123456789012:distribution/E1' };
    const text = state([
      resource('aws_cloudfront_distribution.a', [instance({ id: 'E1', ...global })]),
      resource('aws_iam_role_policy.a', [instance({ id: 'r:p' })]),
      resource('aws_route53_record.a', [instance({ id: 'Z_a_A' })]),
      resource('aws_route53_resolver_rule_association.a', [instance({ id: 'rslvr-1' })]),
      resource('aws_vpc.a', [instance({ id: 'v', arn: 'arn:aws:ec2:eu-west-1:123456789012:vpc/v' })]),
    ]);
    expect(reduce(text).resources.map(({ region }) => region)).toEqual([
      undefined,
      undefined,
      undefined,
      'eu-west-1',
      'eu-west-1',
    ]);
  });
});

describe('marks of secrets', () => {
  it.each([
    ['paths of steps', [[{ type: 'get_attr', value: 'password' }]], ['password']],
    ['single steps', [{ type: 'get_attr', value: 'password' }], ['password']],
    ['names', ['password'], ['password']],
    [
      'indexes and keys',
      [
        [
          { type: 'get_attr', value: 'setting' },
          { type: 'index', value: { value: 1, type: 'number' } },
          { type: 'get_attr', value: 'value' },
        ],
        [
          { type: 'get_attr', value: 'tags' },
          { type: 'index', value: { value: 'key', type: 'string' } },
        ],
      ],
      ['setting[1].value', 'tags.key'],
    ],
    [
      'a step that is none',
      [[{ type: 'get_attr', value: 'a' }, { type: 'new' }, { type: 'get_attr', value: 'b' }]],
      ['a'],
    ],
    ['nothing', undefined, []],
    ['something else', { a: 1 }, []],
    ['rubbish', [null, [], [null], 7], []],
  ])('are read as %s', (_name, value, paths) => {
    expect(sensitivePaths(value)).toEqual(paths);
  });

  it('come with the instance', () => {
    const marked = [provider5State(), provider6State()].map(text =>
      reduce(text).resources.flatMap(({ type, sensitive }) => sensitive.map(path => `${type} ${path}`)),
    );
    expect(marked).toEqual([
      ['aws_db_instance password', 'aws_lambda_function environment[0].variables.TOKEN'],
      ['aws_db_instance password'],
    ]);
  });
});
