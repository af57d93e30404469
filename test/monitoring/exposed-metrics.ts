// Every family that a program of this repository exposes, with its labels: what rules and dashboards may name.
import { readFileSync } from 'node:fs';
import { readingFamilies } from '../../exporter/driftctl-result/app.ts';
import { readDriftctlResult } from '../../exporter/driftctl-result/read-document.ts';
import { documentFamilies, driftctlFamilies } from '../../exporter/driftctl-result/result-families.ts';
import { complianceGauges } from '../../exporter/tag-compliance/gauges.ts';
import { laterResult } from '../exporter/driftctl-result/results.ts';

/** Of the fleet's exporter: `npm run check` compares these tables with the code. */
const documentedMetrics = (): [string, string[]][] =>
  [...readFileSync('docs/metrics.md', 'utf8').matchAll(/^\| `(\w+)` \| (?:gauge|counter) \| ([^|]*)\|/gm)].map(
    ([, name = '', labels = '']) => [name, [...labels.matchAll(/`(\w+)`/g)].map(([, label]) => label ?? '')],
  );

const driftctlMetrics = (): [string, string[]][] => {
  const result = readDriftctlResult(Buffer.from(JSON.stringify(laterResult)));
  if (typeof result === 'string') throw new Error(result);
  const reads = { read: 1, unchanged: 0, failed: 0 };
  const at = '2026-11-20T00:00:00.000Z';
  const state = { result, failure: undefined, lastAttemptAt: at, lastSuccessAt: at, seconds: 1, reads };
  return [...driftctlFamilies(result), ...documentFamilies(result), ...readingFamilies(state, at)].map(
    ({ name, samples }) => [name, Object.keys(samples[0]?.labels ?? {})],
  );
};

const tagLabels = ['account_id', 'account_name', 'region', 'resource_type', 'tag'];
const tagMetrics = (): [string, string[]][] => complianceGauges(undefined).map(({ name }) => [name, tagLabels]);

export const exposedMetrics = (): ReadonlyMap<string, readonly string[]> =>
  new Map([...driftctlMetrics(), ...tagMetrics(), ...documentedMetrics()]);
