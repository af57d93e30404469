// A drift report with nothing in it, and items of one: tests say what they care about.
import type { DriftItem, DriftReport } from '../../../contract/drift/drift-report.ts';

export const item = (given: Partial<DriftItem> = {}): DriftItem => ({
  id: 'logs',
  type: 'aws_s3_bucket',
  region: 'eu-west-1',
  ...given,
});

type Lists = Partial<Omit<DriftReport, 'summary'>> & { readonly summary?: Partial<DriftReport['summary']> };

/** The counts follow from the lists. */
export const report = (given: Lists = {}): DriftReport => {
  const lists = {
    managed: [],
    unmanaged: [],
    missing: [],
    differences: [],
    managed_by_stack: [],
    managed_by_service: [],
    unknown: [],
    drifted_resources: [],
    ...given,
  };
  const [managed, unmanaged, missing] = [lists.managed.length, lists.unmanaged.length, lists.missing.length];
  const changed = lists.differences.length;
  return {
    schemaVersion: 1,
    account: '111122223333',
    regions: ['eu-west-1'],
    engine: 'ours',
    engines: [],
    drift_detected: unmanaged + missing + changed > 0,
    options: { deep: true, only_managed: false, only_unmanaged: false },
    coverage: managed === 0 ? 0 : Math.floor((100 * managed) / (managed + unmanaged + missing)),
    alerts: {},
    sources: [],
    ignored: [],
    disagreements: [],
    provider_name: 'aws+tf',
    provider_version: '',
    scan_duration: 1,
    date: '2026-11-26T00:00:00.000Z',
    ...lists,
    summary: {
      total_resources: managed + unmanaged + missing,
      total_changed: changed,
      total_unmanaged: unmanaged,
      total_missing: missing,
      total_managed: managed,
      total_iac_source_count: 1,
      total_managed_by_stack: lists.managed_by_stack.length,
      total_managed_by_service: lists.managed_by_service.length,
      total_unknown: lists.unknown.length,
      total_ignored: 0,
      drifted_resources: changed,
      missing_resources: missing,
      unmanaged_resources: unmanaged,
      ...given.summary,
    },
  };
};
