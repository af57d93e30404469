// For dashboards of the two earlier exporters: their families over a whole fleet, told apart by account labels. Off by default.
import type { DriftCounts } from '../../contract/outcome.ts';
import type { TagRegionCounts } from '../../contract/scan-report.ts';
import type { MetricSample } from '../../reports/metrics/families.ts';
import { cutLabel } from '../intern.ts';
import type { AccountView } from '../snapshot.ts';
import { driftTotalNames, driftTypeNames } from './drift-seed-names.ts';
import { accountFamily, type SnapshotFamily } from './snapshot-family.ts';
import { tagSeedNames } from './tag-seed-names.ts';

export const seedMetrics = ['drift', 'tags'] as const;
export type SeedMetrics = (typeof seedMetrics)[number];

interface Named {
  readonly name: string;
  readonly help: string;
}

/** These exporters have no label for an OU. */
const ofAccounts = (
  { name, help }: Named,
  samplesOf: (account: AccountView) => readonly MetricSample[],
): SnapshotFamily =>
  accountFamily(name, help, account => {
    const labels = { account_id: account.id, account_name: cutLabel(account.name) };
    return samplesOf(account).map(sample => ({ labels: { ...labels, ...sample.labels }, value: sample.value }));
  });

const driftTotal = (named: Named, read: (drift: DriftCounts) => number): SnapshotFamily =>
  ofAccounts(named, ({ counts }) => (counts?.drift === undefined ? [] : [{ labels: {}, value: read(counts.drift) }]));

const driftByType = (key: keyof typeof driftTypeNames): SnapshotFamily =>
  ofAccounts(driftTypeNames[key], ({ digest }) =>
    (digest?.drift ?? [])
      .filter(counts => counts[key] > 0)
      .map(counts => ({ labels: { resource: counts.type }, value: counts[key] })),
  );

const driftFamilies: readonly SnapshotFamily[] = [
  driftTotal(driftTotalNames.resources, drift => drift.managed + drift.unmanaged + drift.missing),
  driftTotal(driftTotalNames.changed, drift => drift.changed),
  driftTotal(driftTotalNames.unmanaged, drift => drift.unmanaged),
  driftTotal(driftTotalNames.missing, drift => drift.missing),
  driftTotal(driftTotalNames.managed, drift => drift.managed),
  driftTotal(driftTotalNames.coverage, drift => drift.coverage),
  driftByType('managed'),
  driftByType('unmanaged'),
  driftByType('missing'),
  driftByType('changed'),
];

const byRegion = (named: Named, read: (counts: TagRegionCounts) => number): SnapshotFamily =>
  ofAccounts(named, ({ digest }) =>
    (digest?.tags ?? []).map(counts => ({ labels: { region: counts.region }, value: read(counts) })),
  );

type TagCount = TagRegionCounts['tags'][number];

const byTag = (named: Named, read: (tag: TagCount) => number): SnapshotFamily =>
  ofAccounts(named, ({ digest }) =>
    (digest?.tags ?? []).flatMap(({ region, tags }) =>
      tags
        // Of nothing there is no percentage that an alert should wait for.
        .filter(({ checked }) => checked > 0)
        .map(tag => ({ labels: { region, tag: tag.key }, value: read(tag) })),
    ),
  );

/** Of nothing it is 0, as that exporter has it. */
const percent = (part: number, whole: number): number => (whole === 0 ? 0 : (100 * part) / whole);

const tagFamilies: readonly SnapshotFamily[] = [
  byTag(tagSeedNames.compliant, tag => tag.compliant),
  byTag(tagSeedNames.nonCompliant, tag => tag.checked - tag.compliant),
  byRegion(tagSeedNames.scanned, ({ checked }) => checked),
  byRegion(tagSeedNames.compliance, ({ compliant, checked }) => percent(compliant, checked)),
  byTag(tagSeedNames.tagCompliance, tag => percent(tag.compliant, tag.checked)),
  byRegion(tagSeedNames.fullyCompliant, ({ compliant }) => compliant),
];

const families: Readonly<Record<SeedMetrics, readonly SnapshotFamily[]>> = { drift: driftFamilies, tags: tagFamilies };

export const seedFamilies = (switchedOn: readonly SeedMetrics[]): SnapshotFamily[] =>
  seedMetrics.filter(name => switchedOn.includes(name)).flatMap(name => families[name]);
