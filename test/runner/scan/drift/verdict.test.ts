// The verdict on a comparison, by tables: drift is a finding, and only what was not compared is a lack.
import { describe, expect, it } from 'vitest';
import { type DriftReport, driftReportSchema, type StateRead } from '../../../../contract/drift/drift-report.ts';
import { countDrift, judgeDrift } from '../../../../runner/scan/drift/verdict.ts';

const state = (outcome: StateRead['outcome'], more: Partial<StateRead> = {}): StateRead => ({
  location: `tfstate+s3://states/${outcome}`,
  outcome,
  resources: outcome === 'read' ? 3 : 0,
  skipped: [],
  ...more,
});

const report = (more: Partial<DriftReport> = {}): DriftReport =>
  driftReportSchema.parse({
    schemaVersion: 1,
    account: '111122223333',
    regions: ['eu-west-1'],
    engine: 'ours',
    engines: [{ engine: 'ours', outcome: 'drift' }],
    drift_detected: true,
    options: { deep: true, only_managed: false, only_unmanaged: false },
    summary: {
      total_resources: 10,
      total_changed: 1,
      total_unmanaged: 4,
      total_missing: 1,
      total_managed: 5,
      total_iac_source_count: 1,
      total_managed_by_stack: 2,
      total_managed_by_service: 3,
      total_unknown: 6,
      total_ignored: 0,
      drifted_resources: 1,
      missing_resources: 1,
      unmanaged_resources: 4,
    },
    coverage: 50,
    managed: [],
    unmanaged: [],
    missing: [],
    differences: [],
    managed_by_stack: [],
    managed_by_service: [],
    unknown: [],
    drifted_resources: [],
    alerts: {},
    sources: [state('read')],
    ignored: [],
    disagreements: [],
    provider_name: 'aws+tf',
    provider_version: '',
    scan_duration: 1,
    date: '2026-11-26T00:00:00.000Z',
    ...more,
  });

const alerts = { aws_kms_key: [{ message: 'kms:GetKeyPolicy was denied' }] };
const ours = { engine: 'ours', outcome: 'drift' } as const;

describe('the verdict on a comparison', () => {
  it.each<[string, Partial<DriftReport>, string, string | undefined, string]>([
    ['with drift, and all of it seen', {}, 'succeeded', undefined, ''],
    ['with an empty state beside others', { sources: [state('read'), state('empty')] }, 'succeeded', undefined, ''],
    ['without a state', { sources: [] }, 'failed', 'states-unreadable', 'No state'],
    [
      'with no state that could be read',
      { sources: [state('denied', { message: 'grant it' }), state('not-found')] },
      'failed',
      'states-unreadable',
      'grant it',
    ],
    [
      'with one state that could not',
      { sources: [state('read'), state('denied', { message: 'grant it' })] },
      'partial',
      'states-unreadable',
      'grant it',
    ],
    ['with an alert', { alerts }, 'partial', 'drift-incomplete', 'aws_kms_key: kms:GetKeyPolicy was denied'],
    [
      'with driftctl absent beside our engine',
      { engines: [ours, { engine: 'driftctl', outcome: 'absent', message: 'not here' }] },
      'succeeded',
      undefined,
      '',
    ],
    [
      'of driftctl, which is absent',
      { engine: 'driftctl', engines: [{ engine: 'driftctl', outcome: 'absent', message: 'not here' }] },
      'failed',
      'driftctl-absent',
      'driftctl: not here',
    ],
    [
      'with driftctl failed beside our engine',
      { engines: [ours, { engine: 'driftctl', outcome: 'failed', message: 'exit 2' }] },
      'partial',
      'driftctl-failed',
      'driftctl: exit 2',
    ],
    [
      'of driftctl, which failed',
      { engine: 'driftctl', engines: [{ engine: 'driftctl', outcome: 'failed', message: 'exit 2' }] },
      'failed',
      'driftctl-failed',
      'exit 2',
    ],
    [
      'of driftctl, which did not see all',
      {
        engine: 'driftctl',
        alerts,
        engines: [{ engine: 'driftctl', outcome: 'partial', message: 'denied: aws_kms_key' }],
      },
      'partial',
      'drift-incomplete',
      'denied: aws_kms_key',
    ],
    [
      'of driftctl, which had advice',
      { engine: 'driftctl', alerts, engines: [{ engine: 'driftctl', outcome: 'drift' }] },
      'succeeded',
      undefined,
      '',
    ],
  ])('%s', (_case, facts, outcome, code, said) => {
    const verdict = judgeDrift(report(facts));
    expect([verdict.outcome, verdict.code]).toEqual([outcome, code]);
    expect(verdict.message ?? '').toContain(said);
    expect(verdict.remedy === undefined).toBe(outcome === 'succeeded');
  });

  it('has the worst of several lacks first, and the others behind it', () => {
    const verdict = judgeDrift(report({ alerts, sources: [state('invalid', { message: 'cut off' })] }));
    expect(verdict).toMatchObject({ outcome: 'failed', code: 'states-unreadable' });
    expect(verdict.message).toMatch(/cut off.*aws_kms_key: kms:GetKeyPolicy/s);
  });

  it('counts a state’s alert once', () => {
    const sources = [state('read'), state('denied', { message: 'grant it' })];
    const own = {
      '': [{ message: 'tfstate+s3://states/denied is denied: grant it. What it declares may be listed as unmanaged.' }],
    };
    expect(judgeDrift(report({ sources, alerts: own })).message?.match(/grant it/g)).toHaveLength(1);
  });
});

describe('the counts', () => {
  it('are those of the summary, under short names', () => {
    expect(countDrift(report())).toEqual({
      coverage: 50,
      managed: 5,
      unmanaged: 4,
      missing: 1,
      changed: 1,
      stack: 2,
      service: 3,
      unknown: 6,
    });
  });
});
