// drift.json from judged resources: a document that its schema and driftctl's readers take, and that says what was not seen.
import { describe, expect, it } from 'vitest';
import { driftReportSchema, type StateRead } from '../../../../../contract/drift/drift-report.ts';
import { driftctlDocumentSchema } from '../../../../../contract/drift/driftctl-document.ts';
import {
  buildReport,
  outcomeOfReport,
  type ReportFacts,
} from '../../../../../runner/scan/drift/report/build-report.ts';
import type { JudgedResource } from '../../../../../runner/scan/drift/resources.ts';
import { account, declared, found, judged } from '../drift-fixture.ts';

const state: StateRead = { location: 'tfstate://a.tfstate', outcome: 'read', resources: 3, skipped: [] };

const build = (given: Partial<ReportFacts> = {}) =>
  buildReport({
    account,
    regions: ['eu-west-1'],
    judged: [],
    ignored: [],
    hidden: 0,
    reads: [state],
    alerts: {},
    engines: [{ engine: 'ours', outcome: 'drift' }],
    seconds: 1.5,
    date: new Date('2026-11-26T01:02:03Z'),
    ...given,
  });

const change = { type: 'update' as const, path: ['tags', 'Owner'], from: 'a', to: 'b', computed: false };
const second = { ...declared().source, source: 'tfstate://b.tfstate' };
const one = [
  judged('managed', { declared: declared(), found: found({ arn: 'arn:aws:s3:::logs', name: 'logs' }) }),
  judged('changed', {
    declared: declared({ id: 'data' }),
    alsoDeclared: [declared({ source: second })],
    ...{ found: found({ id: 'data' }), changes: [change] },
  }),
  judged('unmanaged', { found: found({ id: 'shadow', tags: { Name: 'Shadow' } }), reason: 'claims' }),
  judged('missing', { declared: declared({ id: 'gone', region: undefined }) }),
  judged('unknown', { declared: declared({ id: 'dark' }), reason: 's3:ListBuckets was denied' }),
  judged('managed-by-stack', {
    found: found({ id: 'stacked', type: undefined }),
    manager: { kind: 'cloudformation', name: 'shop', evidence: 'stack-resource by id' },
  }),
  judged('managed-by-service', {
    found: found({ id: 'served' }),
    manager: { kind: 'eks', name: 'prod', evidence: 'tag eks:cluster-name' },
  }),
];

describe('a report', () => {
  it('is valid, and readers of both generations of driftctl take it', () => {
    const report = build({ judged: one });
    expect(driftReportSchema.parse(report)).toEqual(report);
    expect(driftctlDocumentSchema.safeParse(report).error).toBeUndefined();
  });

  it('lists each resource once, under its verdict', () => {
    const report = build({ judged: one });
    const ids = (items: readonly { id: string }[]) => items.map(({ id }) => id);
    expect({
      managed: ids(report.managed),
      changed: report.differences.map(({ res }) => res.id),
      unmanaged: ids(report.unmanaged),
      missing: ids(report.missing),
      unknown: ids(report.unknown),
      stack: ids(report.managed_by_stack),
      service: ids(report.managed_by_service),
    }).toEqual({
      managed: ['data', 'logs'],
      changed: ['data'],
      unmanaged: ['shadow'],
      missing: ['gone'],
      unknown: ['dark'],
      stack: ['stacked'],
      service: ['served'],
    });
  });

  it('counts as driftctl does, with what driftctl does not know beside it', () => {
    const { summary, coverage, drift_detected } = build({ judged: one, hidden: 4 });
    expect(summary).toEqual({
      total_resources: 4,
      total_changed: 1,
      total_unmanaged: 1,
      total_missing: 1,
      total_managed: 2,
      total_iac_source_count: 1,
      total_managed_by_stack: 1,
      total_managed_by_service: 1,
      total_unknown: 1,
      total_ignored: 4,
      drifted_resources: 1,
      missing_resources: 1,
      unmanaged_resources: 1,
    });
    expect({ coverage, drift_detected }).toEqual({ coverage: 50, drift_detected: true });
  });

  it('tells of each resource what is known, and leaves out what is not', () => {
    const report = build({ judged: one });
    expect(report.managed[1]).toEqual({
      ...{ id: 'logs', type: 'aws_s3_bucket', verdict: 'managed', region: 'eu-west-1', account },
      ...{ arn: 'arn:aws:s3:::logs', name: 'logs', resource_type: 'AWS::S3::Bucket' },
      source: declared().source,
    });
    expect(report.unmanaged[0]).toMatchObject({ human_readable_attributes: { Name: 'Shadow' }, reason: 'claims' });
    expect(report.missing[0]).toEqual({
      ...{ id: 'gone', type: 'aws_s3_bucket', verdict: 'missing', account, source: declared().source },
    });
    expect(report.managed_by_stack[0]).toMatchObject({ type: 'AWS::S3::Bucket', managed_by: { name: 'shop' } });
    expect(report.managed[0]?.also_in).toEqual([second]);
    expect(report.drifted_resources).toEqual([
      {
        ...{ resource_id: 'data', resource_type: 'aws_s3_bucket', drift_type: 'changed', region: 'eu-west-1', account },
        ...{ address: 'aws_s3_bucket.logs', changes: ['tags.Owner'] },
      },
    ]);
  });

  it('is the same whatever order its resources came in', () => {
    expect(build({ judged: one.toReversed() })).toEqual(build({ judged: one }));
  });

  it('without a resource has lists, a coverage of 0 and no drift', () => {
    const report = build();
    expect(report).toMatchObject({ managed: [], differences: [], missing: [], coverage: 0, drift_detected: false });
    expect(outcomeOfReport(report)).toBe('in-sync');
  });
});

describe('what was not seen', () => {
  it('is an alert of its type, beside those that others gave', () => {
    const { alerts } = build({
      judged: one,
      alerts: { aws_iam_role: [{ message: 'no' }], '': [{ message: 'stacks' }] },
    });
    expect(alerts).toEqual({
      '': [{ message: 'stacks' }],
      aws_iam_role: [{ message: 'no' }],
      aws_s3_bucket: [{ message: '1 declared resource is neither found nor missing: s3:ListBuckets was denied' }],
    });
  });

  it.each<[string, readonly JudgedResource[], ReportFacts['alerts']]>([
    ['in-sync', one.slice(0, 1), {}],
    ['drift', one.slice(0, 4), {}],
    ['partial', one.slice(0, 1), { '': [{ message: 'no' }] }],
    ['partial', one, {}],
  ])('is never in sync: %s', (outcome, resources, alerts) => {
    expect(outcomeOfReport(build({ judged: resources, alerts }))).toBe(outcome);
  });

  it('makes nothing unmanaged when no state could be read', () => {
    const denied: StateRead = {
      location: 'tfstate+s3://b/k',
      outcome: 'denied',
      resources: 0,
      skipped: [],
      message: 'no',
    };
    const report = build({ judged: one.filter(({ declared: from }) => from === undefined), reads: [denied] });
    expect(report.summary).toMatchObject({ total_unmanaged: 0, total_resources: 0, total_unknown: 1 });
    expect(report.unknown[0]).toMatchObject({
      id: 'shadow',
      verdict: 'unknown',
      reason: expect.stringContaining('no state'),
    });
    expect(report.alerts['']).toEqual([{ message: 'tfstate+s3://b/k is denied: no.' }]);
    expect(outcomeOfReport(report)).toBe('failed');
  });
});

describe('what an id does not tell', () => {
  it('is not told where the state marks it as secret', () => {
    const attributes = { route_table_id: 'rtb-1', destination_cidr_block: '10.0.0.0/8' };
    const route = declared({ type: 'aws_route', attributes, sensitive: ['destination_cidr_block'] });
    const rule = { type: 'ingress', protocol: 'tcp', from_port: 443, to_port: 443, cidr_blocks: ['10.0.0.0/8'] };
    const group = declared({ type: 'aws_security_group_rule', attributes: rule, sensitive: ['cidr_blocks[0]'] });
    const report = build({ judged: [judged('missing', { declared: route }), judged('missing', { declared: group })] });
    expect(report.missing[0]?.human_readable_attributes).toEqual({ Table: 'rtb-1' });
    expect(JSON.stringify(report.missing)).not.toContain('10.0.0.0');
  });

  it('of a rule is told from the state or from AWS, in the same words', () => {
    const words = { Type: 'ingress', SecurityGroup: 'sg-1', Protocol: 'tcp', Ports: '443', Source: '10.0.0.0/8' };
    const type = 'aws_security_group_rule';
    const rule = { type: 'ingress', protocol: 'tcp', from_port: 443, to_port: 443 };
    const state = declared({ type, attributes: { ...rule, cidr_blocks: ['10.0.0.0/8'], security_group_id: 'sg-1' } });
    const description = {
      group_id: 'sg-1',
      is_egress: false,
      ip_protocol: 'tcp',
      from_port: 443,
      to_port: 443,
      cidr_ipv_4: '10.0.0.0/8',
    };
    const cloud = found({ type, resourceType: 'AWS::EC2::SecurityGroupRule', description });
    const report = build({ judged: [judged('missing', { declared: state }), judged('unmanaged', { found: cloud })] });
    expect(report.missing[0]?.human_readable_attributes).toEqual(words);
    expect(report.unmanaged[0]?.human_readable_attributes).toEqual(words);
  });

  it.each([
    ['aws_route', { destination_cidr_block: '0.0.0.0/0' }, { Table: 'whole-1', Destination: '0.0.0.0/0' }],
    ['aws_iam_role_policy_attachment', { role: 'app', policy_arn: 'arn:p' }, { Role: 'app', Policy: 'arn:p' }],
    ['aws_iam_access_key', { user_name: 'mallory' }, { User: 'mallory' }],
    [
      'aws_network_acl_rule',
      { rule_number: 200, egress: false, protocol: '6', cidr_block: '10.0.0.0/8' },
      { Network: 'whole-1', 'Rule number': '200', Egress: 'false', Protocol: '6', CIDR: '10.0.0.0/8' },
    ],
  ])('of %s is %o', (type, description, words) => {
    const resource = found({ type, description, partOf: 'whole-1' });
    expect(
      build({ judged: [judged('unmanaged', { found: resource })] }).unmanaged[0]?.human_readable_attributes,
    ).toEqual(words);
  });
});
