// Two engines over one account: what counts as a disagreement, and driftctl's own lists with what only we know.
import { describe, expect, it } from 'vitest';
import { type DriftReport, driftReportSchema, type EngineOutcome } from '../../../../../contract/drift/drift-report.ts';
import { type DriftctlDocument, driftctlDocumentSchema } from '../../../../../contract/drift/driftctl-document.ts';
import { buildReport } from '../../../../../runner/scan/drift/report/build-report.ts';
import {
  findDisagreements,
  mergeEngines,
  reportOfDriftctl,
} from '../../../../../runner/scan/drift/report/merge-engines.ts';
import type { JudgedResource } from '../../../../../runner/scan/drift/resources.ts';
import { account, declared, found, judged } from '../drift-fixture.ts';

const ours = (...resources: readonly JudgedResource[]): DriftReport =>
  buildReport({
    ...{ account, regions: ['eu-west-1'], judged: resources, ignored: [], hidden: 0, alerts: {}, seconds: 1 },
    ...{ reads: [{ location: 'tfstate://a', outcome: 'read', resources: 1, skipped: [] }] },
    ...{ engines: [], date: new Date(0) },
  });

type Item = DriftctlDocument['managed'][number];

const item = (id: string, given: Partial<Item> = {}): Item => ({ id, type: 'aws_s3_bucket', ...given });

/** As driftctl 0.40 writes it: no list of changes, and null for what is empty. */
const theirs = (
  lists: Partial<Record<'managed' | 'unmanaged' | 'missing', readonly Item[]>>,
  alerts: object | null = null,
) =>
  driftctlDocumentSchema.parse({
    summary: {
      total_resources: Object.values(lists).flat().length,
      total_managed: lists.managed?.length ?? 0,
      total_unmanaged: lists.unmanaged?.length ?? 0,
      total_missing: lists.missing?.length ?? 0,
      total_iac_source_count: 1,
    },
    ...{ managed: null, unmanaged: null, missing: null, ...lists },
    ...{ coverage: 0, alerts, provider_name: 'AWS', provider_version: '3.40.0', date: '2026-11-26T00:00:00Z' },
  });

const driftctl: EngineOutcome = { engine: 'driftctl', outcome: 'drift' };

const compare = (report: DriftReport, document: DriftctlDocument, engine = driftctl) =>
  findDisagreements({ ours: report, document, driftctl: engine });

const both = (verdict: JudgedResource['verdict'], given: Partial<JudgedResource> = {}) =>
  verdict === 'missing' || verdict === 'unknown'
    ? judged(verdict, { declared: declared(), ...given })
    : judged(verdict, { found: found(), ...given });

describe('a disagreement', () => {
  it.each<[JudgedResource['verdict'], 'managed' | 'unmanaged' | 'missing' | 'absent', boolean]>([
    ['managed', 'managed', false],
    ['managed', 'unmanaged', true],
    ['managed', 'missing', true],
    ['managed', 'absent', true],
    ['unmanaged', 'unmanaged', false],
    ['unmanaged', 'managed', true],
    ['unmanaged', 'absent', true],
    ['missing', 'missing', false],
    ['missing', 'absent', true],
    ['managed-by-stack', 'unmanaged', false],
    ['managed-by-stack', 'managed', true],
    ['managed-by-service', 'unmanaged', false],
    ['managed-by-service', 'absent', false],
    ['unknown', 'absent', false],
    ['unknown', 'missing', true],
  ])('of ours %s and driftctl %s: %s', (verdict, said, differs) => {
    const document = theirs(said === 'absent' ? {} : { [said]: [item('logs')] });
    expect(compare(ours(both(verdict)), document)).toEqual(
      differs ? [{ id: 'logs', type: 'aws_s3_bucket', region: 'eu-west-1', ours: verdict, driftctl: said }] : [],
    );
  });

  it('is not about a changed resource that driftctl calls managed', () => {
    const change = { type: 'update' as const, path: ['acl'], from: 1, to: 2, computed: false };
    const changed = judged('changed', { declared: declared(), found: found(), changes: [change] });
    expect(compare(ours(changed), theirs({ managed: [item('logs')] }))).toEqual([]);
  });

  it('is about what we do not list at all, unless our rules took it out', () => {
    const facts = { ours: ours(), document: theirs({ unmanaged: [item('a'), item('b')] }), driftctl };
    expect(findDisagreements({ ...facts, ignores: ({ id }) => id === 'a' })).toEqual([
      { id: 'b', type: 'aws_s3_bucket', ours: 'absent', driftctl: 'unmanaged' },
    ]);
  });

  it('is not about types that driftctl does not know, or could not list', () => {
    const cluster = judged('unmanaged', { found: found({ type: 'aws_ecs_cluster' }) });
    expect(compare(ours(cluster), theirs({}))).toEqual([]);
    const denied = { aws_s3_bucket: [{ message: 'Ignoring aws_s3_bucket: access denied' }] };
    expect(compare(ours(both('unmanaged')), theirs({}, denied))).toEqual([]);
  });

  it('is not about regions where driftctl failed', () => {
    const runs = [
      { region: 'eu-west-1', exit: 2 },
      { region: 'us-east-1', exit: 1 },
    ];
    expect(compare(ours(both('unmanaged')), theirs({}), { ...driftctl, runs })).toEqual([]);
    const other = judged('unmanaged', { found: found({ region: 'us-east-1' }) });
    expect(compare(ours(other), theirs({}), { ...driftctl, runs })).toHaveLength(1);
  });

  it('tells regions apart where both engines do', () => {
    const table = (region: string) => found({ type: 'aws_dynamodb_table', id: 'orders', region });
    const report = ours(
      judged('managed', {
        found: table('eu-west-1'),
        declared: declared({ type: 'aws_dynamodb_table', id: 'orders' }),
      }),
      judged('unmanaged', { found: table('us-east-1') }),
    );
    const listed = (region?: string) => item('orders', { type: 'aws_dynamodb_table', ...(region ? { region } : {}) });
    const agreed = theirs({ managed: [listed('eu-west-1')], unmanaged: [listed('us-east-1')] });
    expect(compare(report, agreed)).toEqual([]);
    const swapped = theirs({ managed: [listed('us-east-1')], unmanaged: [listed('eu-west-1')] });
    expect(compare(report, swapped)).toHaveLength(2);
  });

  it('is not about the two names of a load balancer', () => {
    const balancer = judged('unmanaged', { found: found({ type: 'aws_lb', id: 'arn:lb' }) });
    expect(compare(ours(balancer), theirs({ unmanaged: [item('arn:lb', { type: 'aws_alb' })] }))).toEqual([]);
  });

  it('stands in our report', () => {
    const merged = mergeEngines({
      ours: ours(both('unmanaged')),
      document: theirs({ missing: [item('x')] }),
      driftctl,
    });
    expect(merged.disagreements.map(({ id }) => id)).toEqual(['logs', 'x']);
    expect(merged.engine).toBe('ours');
  });
});

describe('the report of driftctl', () => {
  const source = { source: 'tfstate://a', namespace: '', internal_name: 'logs' };
  const document = theirs({
    managed: [item('logs', { source })],
    unmanaged: [item('shadow')],
    missing: [item('gone')],
  });
  const frame = { account, regions: ['eu-west-1'], engines: [driftctl], sources: [], ignored: [], disagreements: [] };

  it('has its lists and counts, with added keys alone', () => {
    const report = reportOfDriftctl({
      ...frame,
      document,
      ours: ours(both('unmanaged', { found: found({ id: 'shadow', arn: 'arn:s' }) })),
    });
    expect(driftReportSchema.safeParse(report).error).toBeUndefined();
    expect(report.summary).toMatchObject({ ...document.summary, unmanaged_resources: 1, total_unknown: 0 });
    expect(report.managed).toEqual([{ ...item('logs', { source }), account, verdict: 'managed' }]);
    expect(report.unmanaged[0]).toMatchObject({
      ...item('shadow'),
      arn: 'arn:s',
      region: 'eu-west-1',
      verdict: 'unmanaged',
    });
    expect(report).toMatchObject({ engine: 'driftctl', drift_detected: true, provider_name: 'AWS', differences: [] });
  });

  it('keeps what nobody knows of it, and the changes of its first generation', () => {
    const change = { type: 'delete', path: ['tags', 'x'], from: 'a', to: null, computed: false };
    const first = driftctlDocumentSchema.parse({
      ...document,
      options: { deep: true, only_managed: false, only_unmanaged: false },
      summary: { ...document.summary, total_changed: 1 },
      differences: [{ res: item('logs'), changelog: [change] }],
      extra: 1,
    });
    const report = reportOfDriftctl({ ...frame, document: first, ours: undefined });
    expect(driftReportSchema.safeParse(report).error).toBeUndefined();
    expect(report).toMatchObject({
      extra: 1,
      options: { deep: true },
      summary: { total_changed: 1, drifted_resources: 1 },
    });
    expect(report.differences).toEqual([{ res: expect.objectContaining(item('logs')), changelog: [change] }]);
    expect(report.drifted_resources).toEqual([
      { resource_id: 'logs', resource_type: 'aws_s3_bucket', drift_type: 'changed' },
    ]);
  });
});

describe('our report beside driftctl’s', () => {
  it('keeps what driftctl could not see, with driftctl’s own outcome and not among our alerts', () => {
    const denied = { aws_iam_role: [{ message: 'Ignoring aws_iam_role from drift calculation' }] };
    const engines: EngineOutcome[] = [{ engine: 'ours', outcome: 'in-sync' }, driftctl];
    const merged = mergeEngines({ ours: { ...ours(), engines }, document: theirs({}, denied), driftctl });
    expect(merged.engines).toEqual([engines[0], { ...driftctl, alerts: denied }]);
    expect(merged.alerts).toEqual({});
    expect(driftReportSchema.parse(merged)).toEqual(merged);
  });
});
