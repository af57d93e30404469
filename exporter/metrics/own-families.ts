// What the exporter says of itself, made at each scrape: how old its snapshot is, how the following goes, what the budget dropped.
import { version } from '../../contract/version.ts';
import type { MetricFamily, MetricSample } from '../../reports/metrics/families.ts';
import type { FollowState } from '../follow-results.ts';
import type { RenderedSnapshot } from './render-snapshot.ts';
import { secondsBetween, secondsOf } from './snapshot-family.ts';

export interface OwnFacts {
  readonly state: FollowState;
  readonly rendered: RenderedSnapshot | undefined;
  readonly scrapes: number;
  readonly now: string;
}

const prefix = 'aws_inventory_exporter';

const family = (
  name: string,
  help: string,
  found: readonly MetricSample[] | number | undefined,
  type: MetricFamily['type'] = 'gauge',
): MetricFamily => {
  const one = typeof found === 'number' ? [{ labels: {}, value: found }] : (found ?? []);
  return { name: `${prefix}_${name}`, help, type, samples: one };
};

const outcomes = ({ succeeded, failed }: FollowState): MetricSample[] => [
  { labels: { outcome: 'succeeded' }, value: succeeded },
  { labels: { outcome: 'failed' }, value: failed },
];

const refreshFamilies = ({ state, now }: OwnFacts): MetricFamily[] => [
  family(
    'last_refresh_success',
    'Whether the last look at the results succeeded: 1 or 0.',
    state.lastAttemptAt === undefined ? undefined : Number(state.failure === undefined),
  ),
  family('last_refresh_timestamp_seconds', 'When the results were last looked at.', secondsOf(state.lastAttemptAt)),
  family(
    'last_refresh_success_timestamp_seconds',
    'When the results were last looked at and could be read.',
    secondsOf(state.lastSuccessAt),
  ),
  family(
    'snapshot_age_seconds',
    'How long ago it was made sure that the series are of the newest results.',
    secondsBetween(state.lastSuccessAt ?? null, now),
  ),
  family('last_refresh_duration_seconds', 'How long the last look took.', state.seconds),
  family('last_change_duration_seconds', 'How long the last look took that had reports to fetch.', state.changeSeconds),
  family('refreshes_total', 'Looks at the results, by how they ended.', outcomes(state), 'counter'),
  family('reports_read_total', 'Reports that were fetched.', state.reportsRead, 'counter'),
  family('read_bytes_total', 'Bytes of the reports that were fetched.', state.bytesRead, 'counter'),
];

export const ownFamilies = (facts: OwnFacts): MetricFamily[] => {
  const { rendered, scrapes } = facts;
  const dropped = [...(rendered?.dropped ?? [])].map(([name, value]) => ({ labels: { family: name }, value }));
  return [
    family('build_info', 'The version of the exporter; always 1.', [{ labels: { version }, value: 1 }]),
    ...refreshFamilies(facts),
    family('scrapes_total', 'Scrapes that were answered.', scrapes, 'counter'),
    family('series', 'Series that the snapshot has.', rendered?.series),
    family('dropped_series', 'Series that --max-series had no room for, by family.', dropped),
  ];
};
