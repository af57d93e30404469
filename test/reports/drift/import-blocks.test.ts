// Import blocks for what is unmanaged: which id each type takes, names that are free, and text that HCL reads as it is.
import { describe, expect, it } from 'vitest';
import type { DriftItem } from '../../../contract/drift/drift-report.ts';
import { terraformType } from '../../../contract/drift/terraform-types.ts';
import { quoteHcl, renderImportBlocks } from '../../../reports/drift/import-blocks.ts';
import { importableTypes, importIdOf } from '../../../reports/drift/import-ids.ts';
import { item, report } from './report-fixture.ts';

const render = (...unmanaged: readonly DriftItem[]) => renderImportBlocks(report({ unmanaged: [...unmanaged] }));

describe('the id of an import', () => {
  const arn = (rest: string) => `arn:aws:${rest}`;

  it.each<[string, string, Partial<DriftItem>]>([
    ['aws_vpc', 'vpc-1', { id: 'vpc-1' }],
    ['aws_s3_bucket', 'logs', { id: 'logs' }],
    ['aws_sqs_queue', 'https://sqs.eu-west-1.amazonaws.com/1/q', { id: 'https://sqs.eu-west-1.amazonaws.com/1/q' }],
    [
      'aws_secretsmanager_secret',
      arn('secretsmanager:eu-west-1:1:secret:a-b'),
      { id: arn('secretsmanager:eu-west-1:1:secret:a-b') },
    ],
    [
      'aws_cloudtrail',
      arn('cloudtrail:eu-west-1:1:trail/all'),
      { id: 'all', arn: arn('cloudtrail:eu-west-1:1:trail/all') },
    ],
    ['aws_ecs_cluster', 'web', { id: arn('ecs:eu-west-1:1:cluster/web') }],
    ['aws_ecs_service', 'web/api', { id: arn('ecs:eu-west-1:1:service/web/api') }],
    ['aws_autoscaling_group', 'web', { id: 'web' }],
    ['aws_api_gateway_stage', 'api1/prod', { id: 'ags-api1-prod' }],
    [
      'aws_api_gateway_authorizer',
      'api1/auth1',
      { id: 'auth1', arn: arn('apigateway:eu-west-1::/restapis/api1/authorizers/auth1') },
    ],
    ['aws_iam_role_policy', 'app:inline', { id: 'app:inline' }],
    [
      'aws_iam_role_policy_attachment',
      'app/arn:aws:iam::aws:policy/ReadOnlyAccess',
      { id: 'app-arn', human_readable_attributes: { Role: 'app', Policy: 'arn:aws:iam::aws:policy/ReadOnlyAccess' } },
    ],
    [
      'aws_route',
      'rtb-1_0.0.0.0/0',
      { id: 'r-rtb-1123', human_readable_attributes: { Table: 'rtb-1', Destination: '0.0.0.0/0' } },
    ],
    [
      'aws_route_table_association',
      'subnet-1/rtb-1',
      { id: 'rtbassoc-1', human_readable_attributes: { Table: 'rtb-1', Subnet: 'subnet-1' } },
    ],
    [
      'aws_security_group_rule',
      'sg-1_ingress_tcp_8000_8080_10.0.0.0/8',
      {
        id: 'sgrule-1',
        human_readable_attributes: {
          Type: 'ingress',
          SecurityGroup: 'sg-1',
          Protocol: 'tcp',
          Ports: '8000-8080',
          Source: '10.0.0.0/8',
        },
      },
    ],
    [
      'aws_security_group_rule',
      'sg-1_egress_udp_53_53_self',
      {
        id: 'sgrule-1',
        human_readable_attributes: {
          Type: 'egress',
          SecurityGroup: 'sg-1',
          Protocol: 'udp',
          Ports: '53',
          Destination: 'sg-1',
        },
      },
    ],
    ['aws_wafv2_web_acl', 'id1/edge/CLOUDFRONT', { id: 'id1', arn: arn('wafv2:us-east-1:1:global/webacl/edge/id1') }],
    ['aws_timestreamwrite_table', 't:db', { id: 'db|t' }],
  ])('of %s is %s', (type, id, given) => {
    expect(importIdOf(item({ type, ...given }))).toEqual({ id });
  });

  it.each<[string, Partial<DriftItem>, string]>([
    ['AWS::Bedrock::Thing', {}, 'Terraform has no type for it'],
    ['aws_iam_policy_attachment', {}, 'by which id Terraform imports'],
    ['awscc_s3_bucket', {}, 'nothing is known of importing awscc_s3_bucket'],
    ['aws_glue_crawler', { id: 'a|b' }, 'cannot be made'],
    ['aws_lb', { id: 'web' }, 'cannot be made'],
    ['aws_security_group_rule', { human_readable_attributes: { Ports: 'All', Protocol: 'All' } }, 'cannot be made'],
    ['aws_route', {}, 'cannot be made'],
  ])('of %s with %o is not known', (type, given, reason) => {
    expect(importIdOf(item({ type, ...given }))).toEqual({ reason: expect.stringContaining(reason) });
  });

  it('is told for types that Terraform has', () => {
    expect(importableTypes.filter(type => terraformType(type) === undefined)).toEqual([]);
    expect(importableTypes.length).toBeGreaterThan(300);
    expect(new Set(importableTypes).size).toBe(importableTypes.length);
  });
});

describe('blocks', () => {
  it('are one for each resource, with what it is called', () => {
    const { text, blocks, left } = render(item({ id: 'vpc-1', type: 'aws_vpc', name: 'Main VPC (prod)' }));
    expect(text).toBe(
      [
        '# 1 resource of account 111122223333 that no Terraform state declares.',
        '# terraform plan -generate-config-out=generated.tf writes their configuration.',
        '',
        '# eu-west-1',
        '',
        'import {\n  to = aws_vpc.main_vpc_prod\n  id = "vpc-1"\n}',
        '',
      ].join('\n'),
    );
    expect({ blocks, left }).toEqual({ blocks: 1, left: 0 });
  });

  it('have names that no other has', () => {
    const { text } = render(
      ...['web', 'Web', 'web!', 'web_2'].map(name => item({ id: `vpc-${name}`, type: 'aws_vpc', name })),
      item({ id: 'web' }),
      ...['', '***', '日本', '1st', 'x'.repeat(300)].map((name, at) =>
        item({ id: `subnet-${at}`, type: 'aws_subnet', name }),
      ),
    );
    const names = [...text.matchAll(/to = (\S+)/g)].map(([, name]) => name ?? '');
    expect(names).toHaveLength(10);
    expect(new Set(names).size).toBe(10);
    expect(names.filter(name => !/^aws_[a-z0-9_]+\.[a-z_][a-z0-9_]*$/.test(name))).toEqual([]);
    expect(names).toEqual(
      expect.arrayContaining(['aws_vpc.web', 'aws_vpc.web_2', 'aws_s3_bucket.web', 'aws_subnet._1st']),
    );
  });

  it('name the region behind the id where there are several', () => {
    const { text } = render(
      item({ id: 'vpc-1', type: 'aws_vpc' }),
      item({ id: 'vpc-2', type: 'aws_vpc', region: 'us-east-1' }),
      item({ id: 'app', type: 'aws_iam_role', region: 'global' }),
    );
    expect([...text.matchAll(/id = (.*)/g)].map(([, id]) => id)).toEqual([
      '"app"',
      '"vpc-1@eu-west-1"',
      '"vpc-2@us-east-1"',
    ]);
    expect(text).toContain('AWS provider 6');
  });

  it('are comments with the reason where there can be none', () => {
    const { text, blocks, left } = render(item({ id: 'x\n}\nresource "a" {', type: 'AWS::Bedrock::Thing' }));
    expect(text).toContain(
      '# AWS::Bedrock::Thing x\\n}\\nresource "a" {: Terraform has no type for it that is known\n',
    );
    expect({ blocks, left }).toEqual({ blocks: 0, left: 1 });
  });

  it('of nothing are a comment', () => {
    expect(
      render()
        .text.split('\n')
        .filter(line => line !== '' && !line.startsWith('#')),
    ).toEqual([]);
  });
});

describe('a text in HCL', () => {
  it.each([
    ['plain', '"plain"'],
    ['a"b\\c', '"a\\"b\\\\c"'],
    ['a\nb\tc\r', '"a\\nb\\tc\\r"'],
    ['${x}', '"$${x}"'],
    ['%{x}', '"%%{x}"'],
    ['$${x}', '"$\\u0024{x}"'],
    ['%$%{x}', '"%$\\u0025{x}"'],
    ['$5 {x}', '"$5 {x}"'],
    ['\u0000\u001b\u2028', '"\\u0000\\u001b\\u2028"'],
    ['日本', '"日本"'],
  ])('%j is %s', (text, quoted) => {
    expect(quoteHcl(text)).toBe(quoted);
  });
});
