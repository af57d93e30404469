// Families that add up the Organization: a dashboard need not sum over ten thousand series at every refresh.
import { foldDriftTypes } from '../digest-account.ts';
import {
  blindWords,
  managedShare,
  noDrift,
  organizationCompliance,
  organizationCoverage,
  sumAccounts,
  sumDrift,
  sumTags,
  sumTypes,
} from '../organization-totals.ts';
import type { Snapshot } from '../snapshot.ts';
import { driftVerdicts, typeSamples, verdictSamples } from './drift-verdicts.ts';
import { gauge, type Samples, type SnapshotFamily, single } from './snapshot-family.ts';

/** Of ten thousand accounts they are a million: added up in place, and with pauses. */
function* services({ accounts }: Snapshot): Samples {
  const sums = new Map<string, { service: string; region: string; resources: number }>();
  for (const { digest } of accounts) {
    yield undefined;
    for (const { service, region, resources } of digest?.services ?? []) {
      const key = `${service}\n${region}`;
      const known = sums.get(key);
      if (known === undefined) sums.set(key, { service, region, resources });
      else known.resources += resources;
    }
  }
  const ordered = [...sums].sort(([a], [b]) => (a < b ? -1 : 1));
  for (const [, { resources, ...labels }] of ordered) yield { labels, value: resources };
}

function* tagKeys({ accounts }: Snapshot, word: 'checked' | 'compliant'): Samples {
  const sums = new Map<string, number>();
  for (const { digest } of accounts) {
    yield undefined;
    for (const { tags } of digest?.tags ?? []) {
      for (const tag of tags) sums.set(tag.key, tag[word] + (sums.get(tag.key) ?? 0));
    }
  }
  for (const [tag, value] of [...sums].sort(([a], [b]) => (a < b ? -1 : 1))) yield { labels: { tag }, value };
}

/** Of the Organization twice as many types are named as of an account. */
function* driftTypes({ accounts }: Snapshot, topTypes: number): Samples {
  const all = new Map<string, { type: string } & typeof noDrift>();
  for (const { digest } of accounts) {
    yield undefined;
    for (const one of digest?.drift ?? []) {
      const known = all.get(one.type) ?? { ...noDrift, type: one.type };
      for (const [, key] of driftVerdicts) known[key] += one[key];
      all.set(one.type, known);
    }
  }
  yield* typeSamples(foldDriftTypes([...all.values()], 2 * topTypes));
}

const prefix = 'aws_inventory_organization';

export const organizationFamilies: readonly SnapshotFamily[] = [
  single(`${prefix}_resources`, 'Resources of all accounts.', snapshot =>
    sumAccounts(snapshot, ({ counts }) => counts?.resources),
  ),
  single(
    `${prefix}_coverage_ratio`,
    'Share of the resource types that answered, of all that could have.',
    organizationCoverage,
  ),
  gauge(`${prefix}_unseen_types`, 'Resource types that did not answer, added up over accounts.', ({ snapshot }) =>
    blindWords.map(outcome => ({ labels: { outcome }, value: sumTypes(snapshot, outcome) })),
  ),
  gauge(
    `${prefix}_drift_resources`,
    'Resources by what the states say of them; changed ones are managed ones too.',
    ({ snapshot }) => {
      const drift = sumDrift(snapshot);
      return drift === undefined ? [] : verdictSamples(drift);
    },
  ),
  single(
    `${prefix}_drift_coverage_ratio`,
    'Share that states manage, of managed, unmanaged and missing resources.',
    snapshot => {
      const drift = sumDrift(snapshot);
      return drift && managedShare(drift);
    },
  ),
  single(`${prefix}_tag_checked_resources`, 'Resources that have to carry tags.', snapshot =>
    sumTags(snapshot, 'checked'),
  ),
  single(`${prefix}_tag_compliant_resources`, 'Resources with every required tag and an allowed value.', snapshot =>
    sumTags(snapshot, 'compliant'),
  ),
  single(`${prefix}_untagged_resources`, 'Resources that have to carry tags and carry none.', snapshot =>
    sumTags(snapshot, 'untagged'),
  ),
  single(
    `${prefix}_tag_compliance_ratio`,
    'Share of the resources that have to carry tags and carry them all.',
    organizationCompliance,
  ),
  single(`${prefix}_throttled_requests`, 'Requests of the newest scans that AWS throttled.', snapshot =>
    sumAccounts(snapshot, ({ digest }) => digest?.requests?.throttled),
  ),
  gauge(`${prefix}_tag_key_checked_resources`, 'Resources that have to carry the tag.', ({ snapshot }) =>
    tagKeys(snapshot, 'checked'),
  ),
  gauge(
    `${prefix}_tag_key_compliant_resources`,
    'Resources that carry the tag with an allowed value, of those that have to.',
    ({ snapshot }) => tagKeys(snapshot, 'compliant'),
  ),
  gauge(`${prefix}_service_resources`, 'Resources by service and region.', ({ snapshot }) => services(snapshot)),
  gauge(
    `${prefix}_drift_type_resources`,
    'Resources by Terraform type and what the states say of them; the types with most drift by name.',
    ({ snapshot, topTypes }) => driftTypes(snapshot, topTypes),
  ),
];
