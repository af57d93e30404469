// How the scans themselves go, beside what they found: a region that failed has no other series than these. Pure.
import type { MetricFamily, MetricSample } from '../../reports/metrics/families.ts';
import { regionLabels } from './gauges.ts';
import type { AccountScan, RegionScan, TagScan } from './scan-accounts.ts';

/** RFC 3339 of the last scan that read a region whole, by `successKey`. */
export type LastSuccesses = ReadonlyMap<string, string>;

const successKey = ({ account }: AccountScan, { region }: RegionScan): string => `${account.id} ${region}`;

/** What was known before, and what this scan read whole. Regions that are scanned no more are forgotten. */
export const noteSuccesses = (before: LastSuccesses, scan: TagScan): LastSuccesses => {
  const noted = new Map<string, string>();
  for (const account of scan.accounts)
    for (const region of account.regions) {
      const key = successKey(account, region);
      const at = region.failure === undefined ? scan.finishedAt : before.get(key);
      if (at !== undefined) noted.set(key, at);
    }
  return noted;
};

const secondsOf = (time: string): number => Date.parse(time) / 1000;

export const scanGauges = (scan: TagScan, successes: LastSuccesses): MetricFamily[] => {
  const ofRegions = (
    name: string,
    help: string,
    read: (region: RegionScan, account: AccountScan) => number | undefined,
  ): MetricFamily => ({
    name: `aws_inventory_tags_${name}`,
    help,
    type: 'gauge',
    samples: scan.accounts.flatMap(account =>
      account.regions.flatMap((region): MetricSample[] => {
        const value = read(region, account);
        return value === undefined ? [] : [{ labels: regionLabels(account, region.region), value }];
      }),
    ),
  });
  const single = (name: string, help: string, value: number): MetricFamily => ({
    name: `aws_inventory_tags_${name}`,
    help,
    type: 'gauge',
    samples: [{ labels: {}, value }],
  });
  return [
    ofRegions('scan_success', 'Whether the last scan read the region whole: 1, or 0 when it failed.', ({ failure }) =>
      failure === undefined ? 1 : 0,
    ),
    ofRegions(
      'last_success_timestamp_seconds',
      'When the region was last read whole; absent when it never was.',
      (region, account) => {
        const at = successes.get(successKey(account, region));
        return at === undefined ? undefined : secondsOf(at);
      },
    ),
    ofRegions('untagged_resources', 'Resources without any tag.', ({ counts }) => counts?.untagged),
    ofRegions('excluded_resources', 'Resources that the settings leave out.', ({ counts }) => counts?.excluded),
    ofRegions(
      'unseen_types',
      'Resource types that could not be listed, whose resources are in no count; always 0 with the Tagging API.',
      ({ counts, unseenTypes }) => (counts === undefined ? undefined : unseenTypes),
    ),
    single('scan_timestamp_seconds', 'When the last scan ended.', secondsOf(scan.finishedAt)),
    single('scan_duration_seconds', 'How long the last scan took.', scan.seconds),
  ];
};
