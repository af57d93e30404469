// A scan → the families that dashboards of the tag compliance exporter know, with the same names, labels and rules. Pure.
import { createHash } from 'node:crypto';
import type { MetricFamily, MetricSample } from '../../reports/metrics/families.ts';
import { tagSeedNames } from '../metrics/tag-seed-names.ts';
import type { RegionCounts, TypeCounts } from './region-counts.ts';
import type { AccountScan, TagScan } from './scan-accounts.ts';

interface CountedRegion {
  readonly labels: Readonly<Record<string, string>>;
  readonly counts: RegionCounts;
}

type TagCounts = TypeCounts['tags'][number];

const percent = (part: number, whole: number): number => (whole === 0 ? 0 : (100 * part) / whole);

export const regionLabels = ({ account }: AccountScan, region: string): Readonly<Record<string, string>> => ({
  account_id: account.id,
  account_name: account.name,
  region,
});

/** Longer ones are cut; what they then end in tells two apart that begin alike. */
const longestArn = 200;

export const cutArn = (arn: string): string => {
  if (arn.length <= longestArn) return arn;
  const hash = createHash('sha256').update(arn).digest('hex').slice(0, 10);
  return `${arn.slice(0, longestArn - hash.length - 1)}~${hash}`;
};

/** The tags of all types together, in the order in which the settings require them. */
const addTags = (types: readonly TypeCounts[]): TagCounts[] => {
  const sums = new Map<string, TagCounts>();
  for (const { key, checked, compliant } of types.flatMap(({ tags }) => tags)) {
    const sum = sums.get(key) ?? { key, checked: 0, compliant: 0 };
    sums.set(key, { key, checked: sum.checked + checked, compliant: sum.compliant + compliant });
  }
  return [...sums.values()];
};

const family = (
  named: { readonly name: string; readonly help: string },
  regions: readonly CountedRegion[],
  samplesOf: (counts: RegionCounts) => readonly MetricSample[],
): MetricFamily => ({
  ...named,
  type: 'gauge',
  samples: regions.flatMap(({ labels, counts }) =>
    samplesOf(counts).map(sample => ({ labels: { ...labels, ...sample.labels }, value: sample.value })),
  ),
});

const one = (value: number): MetricSample[] => [{ labels: {}, value }];

const ofTags = (read: (tag: TagCounts) => number) => (counts: RegionCounts) =>
  addTags(counts.types).map(tag => ({ labels: { tag: tag.key }, value: read(tag) }));

/** No series rather than a zero, as that exporter has it: an alert on a count above zero ends when its series does. */
const present = (read: (counts: RegionCounts) => readonly MetricSample[]) => (counts: RegionCounts) =>
  read(counts).filter(({ value }) => value > 0);

const ofTypes = (read: (type: TypeCounts) => number) => (counts: RegionCounts) =>
  counts.types.map(type => ({ labels: { resource_type: type.resourceType }, value: read(type) }));

const ofTypesAndTags = (counts: RegionCounts): MetricSample[] =>
  counts.types.flatMap(({ resourceType, tags }) =>
    tags.map(({ key, checked, compliant }) => ({
      labels: { resource_type: resourceType, tag: key },
      value: percent(compliant, checked),
    })),
  );

const missing = ({ lacking }: RegionCounts): MetricSample[] =>
  lacking.flatMap(({ arn, resourceType, tags }) =>
    tags.map(tag => ({ labels: { resource_arn: cutArn(arn), resource_type: resourceType, tag }, value: 1 })),
  );

const countedRegions = ({ accounts }: TagScan): CountedRegion[] =>
  accounts.flatMap(account =>
    account.regions.flatMap(({ region, counts }) =>
      counts === undefined ? [] : [{ labels: regionLabels(account, region), counts }],
    ),
  );

/** In the order in which that exporter has them. Before the first scan they are there without a series. */
export const complianceGauges = (scan: TagScan | undefined): MetricFamily[] => {
  const regions = scan === undefined ? [] : countedRegions(scan);
  // Of a region without resources there is no share of a tag, and nothing that is compliant.
  const filled = regions.filter(({ counts }) => counts.checked > 0);
  const names = tagSeedNames;
  return [
    family(names.compliant, regions, present(ofTags(tag => tag.compliant))),
    family(names.nonCompliant, regions, present(ofTags(tag => tag.checked - tag.compliant))),
    family(names.missing, regions, missing),
    family(names.scanned, regions, ({ checked }) => one(checked)),
    family(names.compliance, regions, ({ compliant, checked }) => one(percent(compliant, checked))),
    family(
      names.tagCompliance,
      filled,
      ofTags(tag => percent(tag.compliant, tag.checked)),
    ),
    family(names.typeCompliance, filled, ofTypesAndTags),
    family(names.fullyCompliant, filled, ({ compliant }) => one(compliant)),
    family(names.fullyCompliantByType, filled, present(ofTypes(type => type.compliant))),
    family(
      names.fullyCompliantShare,
      filled,
      ofTypes(type => percent(type.compliant, type.checked)),
    ),
  ];
};
