// A result → the ten families of the driftctl exporter, and what else its document says. Pure.
import type { MetricFamily, MetricSample } from '../../reports/metrics/families.ts';
import { driftTotalNames, driftTypeNames } from '../metrics/drift-seed-names.ts';
import { secondsOf } from '../metrics/snapshot-family.ts';
import type { DriftctlResult } from './read-document.ts';

interface Named {
  readonly name: string;
  readonly help: string;
}

const total = (named: Named, value: number): MetricFamily => ({
  ...named,
  type: 'gauge',
  samples: [{ labels: {}, value }],
});

/** A type that is gone has no sample: the one before must not stay. */
const byType = (named: Named, items: readonly { readonly type: string }[]): MetricFamily => ({
  ...named,
  type: 'gauge',
  samples: [...Map.groupBy(items, ({ type }) => type)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([resource, found]) => ({ labels: { resource }, value: found.length })),
});

/** In the order of the exporter whose names they are. */
export const driftctlFamilies = ({ document }: DriftctlResult): MetricFamily[] => {
  const { summary, managed, unmanaged, missing, differences, coverage } = document;
  return [
    total(driftTotalNames.resources, summary.total_resources),
    total(driftTotalNames.changed, summary.total_changed),
    total(driftTotalNames.unmanaged, summary.total_unmanaged),
    total(driftTotalNames.missing, summary.total_missing),
    total(driftTotalNames.managed, summary.total_managed),
    total(driftTotalNames.coverage, coverage),
    byType(driftTypeNames.managed, managed),
    byType(driftTypeNames.unmanaged, unmanaged),
    byType(driftTypeNames.missing, missing),
    byType(
      driftTypeNames.changed,
      differences.map(({ res }) => res),
    ),
  ];
};

export const resultPrefix = 'aws_inventory_driftctl';

export const resultFamily = (
  name: string,
  help: string,
  found: readonly MetricSample[] | number | undefined,
): MetricFamily => {
  const samples = typeof found === 'number' ? [{ labels: {}, value: found }] : (found ?? []);
  return { name: `${resultPrefix}_${name}`, help, type: name.endsWith('_total') ? 'counter' : 'gauge', samples };
};

/** What the driftctl exporter leaves out of the document. */
export const documentFamilies = (result: DriftctlResult): MetricFamily[] => {
  const { document, engine, version, comparesChanges } = result;
  const { provider_name, provider_version, alerts, date, scan_duration } = document;
  const facts = { engine, version, provider_name, provider_version };
  return [
    resultFamily('result_info', 'Who made the result; always 1.', [{ labels: facts, value: 1 }]),
    resultFamily(
      'compares_changes',
      'Whether the scan compared attributes: 1 or 0. At 0 total_changed is 0 whatever has changed.',
      Number(comparesChanges),
    ),
    resultFamily('scan_timestamp_seconds', 'When the scan was made, as its document says.', secondsOf(date)),
    resultFamily(
      'scan_duration_seconds',
      'How long the scan took, as its document says.',
      scan_duration === 0 ? undefined : scan_duration,
    ),
    resultFamily(
      'alerts',
      'What the scan could not see, by Terraform type: the other figures lack it. Without a type it is about the whole.',
      Object.entries(alerts)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([resource, said]) => ({ labels: { resource }, value: said.length })),
    ),
  ];
};
