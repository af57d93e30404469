// Which resources of a state driftctl gets, in which region, and in which form.
import { describe, expect, it } from 'vitest';
import { type SplitOrder, splitState } from '../../../../../runner/scan/drift/driftctl/split-state.ts';
import { hashicorp, type SampleResource, sampleState } from './state-samples.ts';

const account = '123456789012';

const split = (resources: readonly SampleResource[], more: Partial<SplitOrder> = {}) =>
  splitState(sampleState(...resources), {
    account,
    regions: ['eu-west-1', 'us-east-1'],
    forms: undefined,
    declared: new Set(),
    ...more,
  });

interface Copied {
  readonly terraform_version: string;
  readonly outputs: object;
  readonly resources: readonly {
    readonly type: string;
    readonly name: string;
    readonly module?: string;
    readonly provider: string;
    readonly instances: readonly { readonly attributes: Readonly<Record<string, unknown>> }[];
  }[];
}

/** `eu-west-1: aws_vpc.main` */
const placesOf = ({ documents }: ReturnType<typeof split>): string[] =>
  [...documents]
    .flatMap(([region, document]) =>
      (document as Copied).resources.map(({ type, name }) => `${region}: ${type}.${name}`),
    )
    .sort();

const attributesOf = ({ documents }: ReturnType<typeof split>, region = 'eu-west-1') =>
  (documents.get(region) as Copied).resources[0]?.instances[0]?.attributes;

const vpc = (region: string, id: string, more: Partial<SampleResource> = {}): SampleResource => ({
  type: 'aws_vpc',
  name: id,
  of: [{ id, arn: `arn:aws:ec2:${region}:${account}:vpc/${id}` }],
  ...more,
});

describe('the region of a resource', () => {
  const west = `${hashicorp}.west`;
  it.each<[string, SampleResource[], string[]]>([
    [
      'is told by its ARN',
      [vpc('eu-west-1', 'vpc-a'), vpc('us-east-1', 'vpc-b')],
      ['eu-west-1: aws_vpc.vpc-a', 'us-east-1: aws_vpc.vpc-b'],
    ],
    [
      'is told by the attribute that provider 6 gives every resource',
      [vpc('eu-west-1', 'vpc-a'), { type: 'aws_eip', of: [{ id: 'eipalloc-1', region: 'us-east-1' }] }],
      ['eu-west-1: aws_vpc.vpc-a', 'us-east-1: aws_eip.this'],
    ],
    [
      'is told by the URL of a queue',
      [{ type: 'aws_sqs_queue', of: [{ id: `https://sqs.us-east-1.amazonaws.com/${account}/q` }] }],
      ['us-east-1: aws_sqs_queue.this'],
    ],
    [
      'is told by its availability zone',
      [{ type: 'aws_ebs_volume', of: [{ id: 'vol-1', availability_zone: 'us-east-1b' }] }],
      ['us-east-1: aws_ebs_volume.this'],
    ],
    [
      'is that of the others of its provider configuration',
      [
        vpc('eu-west-1', 'vpc-a'),
        vpc('us-east-1', 'vpc-b', { provider: west }),
        { type: 'aws_route', name: 'here', of: [{ id: 'r-rtb-1080289494' }] },
        { type: 'aws_route', name: 'there', provider: west, of: [{ id: 'r-rtb-2080289494' }] },
      ],
      [
        'eu-west-1: aws_route.here',
        'eu-west-1: aws_vpc.vpc-a',
        'us-east-1: aws_route.there',
        'us-east-1: aws_vpc.vpc-b',
      ],
    ],
    [
      'is that of the resource that it names, where its configuration tells nothing',
      [
        vpc('us-east-1', 'vpc-b'),
        { type: 'aws_s3_bucket', provider: west, of: [{ id: 'logs', region: 'eu-west-1' }] },
        { type: 'aws_internet_gateway', provider: `${hashicorp}.x`, of: [{ id: 'igw-1', vpc_id: 'vpc-b' }] },
        { type: 'aws_s3_bucket_policy', provider: `${hashicorp}.y`, of: [{ id: 'logs', bucket: 'logs' }] },
      ],
      [
        'eu-west-1: aws_s3_bucket.this',
        'eu-west-1: aws_s3_bucket_policy.this',
        'us-east-1: aws_internet_gateway.this',
        'us-east-1: aws_vpc.vpc-b',
      ],
    ],
    [
      'is the first that is scanned where it has none',
      [
        { type: 'aws_iam_role', of: [{ id: 'app', arn: `arn:aws:iam::${account}:role/app` }] },
        { type: 'aws_route53_zone', of: [{ id: 'Z1' }] },
        { type: 'aws_cloudfront_distribution', of: [{ id: 'E1' }] },
        { type: 'aws_s3_account_public_access_block', of: [{ id: account }] },
      ],
      [
        'eu-west-1: aws_cloudfront_distribution.this',
        'eu-west-1: aws_iam_role.this',
        'eu-west-1: aws_route53_zone.this',
        'eu-west-1: aws_s3_account_public_access_block.this',
      ],
    ],
    [
      'is not that of a global resource beside it',
      [
        { type: 'aws_iam_role', of: [{ id: 'app', arn: `arn:aws:iam::${account}:role/app` }] },
        { type: 'aws_eip_association', of: [{ id: 'eipassoc-1' }] },
      ],
      ['eu-west-1: aws_iam_role.this'],
    ],
  ])('%s', (_words, resources, places) => {
    expect(placesOf(split(resources))).toEqual(places);
  });

  it('that nothing tells is said with the address, and is the only one there is where one alone is scanned', () => {
    const resources = [{ type: 'aws_eip_association', module: 'module.net', of: [{ id: 'eipassoc-1' }] }];
    expect(split(resources).facts.unplaced).toEqual(['module.net.aws_eip_association.this']);
    const one = split(resources, { regions: ['eu-west-1'] });
    expect([one.facts.unplaced, placesOf(one)]).toEqual([[], ['eu-west-1: aws_eip_association.this']]);
  });

  it('that is not scanned keeps its resources out, and they are counted', () => {
    const { documents, facts } = split([vpc('eu-north-1', 'vpc-n'), vpc('eu-north-1', 'vpc-m')]);
    expect([documents.size, [...facts.elsewhere]]).toEqual([0, [['eu-north-1', 2]]]);
  });
});

describe('what driftctl gets of a state', () => {
  it('is what Terraform manages of the types that it supports, with an id, and not deposed', () => {
    const { documents, facts } = split([
      { type: 'aws_vpc', mode: 'data', of: [{ id: 'vpc-d', region: 'eu-west-1' }] },
      { type: 'aws_ecs_cluster', of: [{ id: 'c', region: 'eu-west-1' }] },
      { type: 'aws_vpc', name: 'without', of: [{ id: null, region: 'eu-west-1' }] },
      { type: 'aws_vpc', name: 'old', of: [{ id: 'vpc-o', region: 'eu-west-1' }], beside: { deposed: '5f3e2a1b' } },
      { type: 'aws_vpc', name: 'alien', provider: 'provider["example.com/acme/aws"]', of: [{ id: 'vpc-x' }] },
    ]);
    expect([documents.size, facts.unplaced]).toEqual([0, []]);
  });

  it.each([
    'provider["registry.opentofu.org/hashicorp/aws"]',
    'module.net.provider["registry.terraform.io/hashicorp/aws"].west',
    'provider["registry.terraform.io/-/aws"]',
    'provider.aws',
    'module.net.provider.aws.west',
  ])('stands under the one provider that it has, whatever the state calls it: %s', provider => {
    const { documents } = split([vpc('eu-west-1', 'vpc-a', { provider })]);
    expect((documents.get('eu-west-1') as Copied).resources[0]?.provider).toBe(hashicorp);
  });

  it('keeps module, name and index of each instance, in a version that every driftctl reads, without outputs', () => {
    const { documents } = split([
      {
        type: 'aws_eip',
        name: 'nat',
        module: 'module.net',
        of: [
          { id: 'eipalloc-1', region: 'eu-west-1' },
          { id: 'eipalloc-2', region: 'us-east-1' },
        ],
      },
    ]);
    expect(documents.get('us-east-1')).toEqual({
      version: 4,
      terraform_version: '1.5.7',
      serial: 7,
      lineage: '8f6f7e0e-0000-4000-8000-000000000001',
      outputs: {},
      resources: [
        {
          module: 'module.net',
          mode: 'managed',
          type: 'aws_eip',
          name: 'nat',
          provider: hashicorp,
          instances: [
            {
              index_key: 1,
              schema_version: 1,
              attributes: { id: 'eipalloc-2', region: 'us-east-1' },
              sensitive_attributes: [],
            },
          ],
        },
      ],
    });
  });

  it.each<[string, SampleResource[]]>([
    ['of one id', [vpc('eu-west-1', 'vpc-a'), vpc('eu-west-1', 'vpc-a', { name: 'again' })]],
    [
      'under two names of one type',
      [
        { type: 'aws_lb', of: [{ id: 'arn:aws:elasticloadbalancing:eu-west-1:1:loadbalancer/app/a/1' }] },
        { type: 'aws_alb', of: [{ id: 'arn:aws:elasticloadbalancing:eu-west-1:1:loadbalancer/app/a/1' }] },
      ],
    ],
    [
      'of an attachment, whose id Terraform makes up',
      [
        {
          type: 'aws_iam_role_policy_attachment',
          of: [{ id: 'app-2021', role: 'app', policy_arn: 'arn:aws:iam::aws:policy/X' }],
        },
        {
          type: 'aws_iam_role_policy_attachment',
          of: [{ id: 'app-2024', role: 'app', policy_arn: 'arn:aws:iam::aws:policy/X' }],
        },
      ],
    ],
  ])('is one declaration %s: driftctl calls the second missing', (_words, resources) => {
    const result = split(resources);
    expect([placesOf(result).length, result.facts.repeated]).toEqual([1, 1]);
  });

  it('is one declaration over several states, and one of each region', () => {
    const declared = new Set<string>();
    const table = (region: string) => ({ type: 'aws_dynamodb_table', of: [{ id: 't', region }] });
    expect(split([table('eu-west-1'), table('us-east-1')], { declared }).facts.repeated).toBe(0);
    expect(split([table('eu-west-1'), vpc('eu-west-1', 'vpc-a')], { declared })).toMatchObject({
      facts: { repeated: 1 },
    });
  });

  it.each<[string, SampleResource]>([
    ['its ARN', { type: 'aws_vpc', of: [{ id: 'v', arn: 'arn:aws:ec2:eu-west-1:222222222222:vpc/v' }] }],
    ['its owner', { type: 'aws_vpc', of: [{ id: 'v', region: 'eu-west-1', owner_id: '222222222222' }] }],
    ['its URL', { type: 'aws_sqs_queue', of: [{ id: 'https://sqs.eu-west-1.amazonaws.com/222222222222/q' }] }],
  ])('is not what another account has, by %s', (_words, resource) => {
    const result = split([resource]);
    expect([result.documents.size, result.facts.foreign]).toEqual([0, 1]);
  });

  it('is not what hangs on another account by its provider configuration alone', () => {
    const provider = `${hashicorp}.other`;
    const result = split([
      { type: 'aws_vpc', provider, of: [{ id: 'v', arn: 'arn:aws:ec2:eu-west-1:222222222222:vpc/v' }] },
      { type: 'aws_eip_association', provider, of: [{ id: 'eipassoc-1' }] },
    ]);
    expect([result.documents.size, result.facts.foreign]).toEqual([0, 2]);
  });

  it.each([
    ['by a path of today', [[{ type: 'get_attr', value: 'content' }]]],
    [
      'by a path of steps',
      [
        [
          { type: 'get_attr', value: 'content' },
          { type: 'index', value: 0 },
        ],
      ],
    ],
    ['by a name', ['content']],
  ])('has no values that the state marks as sensitive %s, and none that look secret', (_words, marks) => {
    const result = split([
      {
        type: 'aws_db_instance',
        of: [
          {
            id: 'db',
            arn: `arn:aws:rds:eu-west-1:${account}:db:db`,
            content: 'a-content',
            password: 'a-password',
            tags: { name: 'db' },
            environment: [{ variables: { TOKEN: 'a-token' } }],
          },
        ],
        beside: { sensitive_attributes: marks },
      },
    ]);
    expect(JSON.stringify([...result.documents.values()])).not.toMatch(/a-content|a-password|a-token|an-output/);
    expect(attributesOf(result)).toMatchObject({ id: 'db', content: null, tags: { name: 'db' } });
  });

  it('has the id that driftctl finds, where newer providers have another', () => {
    const database = { id: 'db-7M3KXZ', identifier: 'orders', region: 'eu-west-1' };
    expect(attributesOf(split([{ type: 'aws_db_instance', of: [database] }]))).toEqual({ ...database, id: 'orders' });
  });

  it('is nothing of what has no form that is known', () => {
    const strange = { version: 4, resources: [null, 7, { mode: 'managed', type: 'aws_vpc', instances: 'none' }, {}] };
    const order = { account, regions: ['eu-west-1'], forms: undefined, declared: new Set<string>() };
    expect(splitState(strange, order).documents.size).toBe(0);
    expect(splitState({}, order).documents.size).toBe(0);
  });
});

describe('attributes that the provider of driftctl asks for', () => {
  const forms = { aws_vpc: { id: 'string', enable_classiclink: 'bool', ingress: ['set', 'string'] } } as const;

  it('are there after the copy, empty where a newer provider no longer writes them, and are named', () => {
    const result = split([vpc('eu-west-1', 'vpc-a')], { forms });
    expect(attributesOf(result)).toMatchObject({ id: 'vpc-a', enable_classiclink: false, ingress: [] });
    expect([...result.facts.completed]).toEqual([['aws_vpc', new Set(['enable_classiclink', 'ingress'])]]);
  });

  it('stay as they are where they are there', () => {
    const attributes = { id: 'v', region: 'eu-west-1', enable_classiclink: true, ingress: ['a'] };
    const result = split([{ type: 'aws_vpc', of: [attributes] }], { forms });
    expect(attributesOf(result)).toEqual(attributes);
    expect(result.facts.completed.size).toBe(0);
  });
});
