// The verdicts of a drift as the label `verdict` has them, and where the counts have each.
import type { DriftCounts } from '../../contract/outcome.ts';
import type { MetricSample } from '../../reports/metrics/families.ts';

export const driftVerdicts = [
  ['managed', 'managed'],
  ['changed', 'changed'],
  ['unmanaged', 'unmanaged'],
  ['missing', 'missing'],
  ['managed-by-stack', 'stack'],
  ['managed-by-service', 'service'],
  ['unknown', 'unknown'],
] as const satisfies readonly (readonly [string, keyof DriftCounts])[];

type VerdictCounts = Readonly<Record<(typeof driftVerdicts)[number][1], number>>;

/** One for each verdict, zeros too: an alert on it ends when it says 0. */
export const verdictSamples = (counts: VerdictCounts): MetricSample[] =>
  driftVerdicts.map(([verdict, key]) => ({ labels: { verdict }, value: counts[key] }));

/** Those that are not zero: types come and go by the hundred. */
export const typeSamples = (types: readonly (VerdictCounts & { readonly type: string })[]): MetricSample[] =>
  types.flatMap(({ type, ...counts }) =>
    verdictSamples(counts)
      .filter(({ value }) => value > 0)
      .map(({ labels, value }) => ({ labels: { ...labels, type }, value })),
  );
