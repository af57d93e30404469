// Families with many series for each account, the last that the budget has room for: by service, region, type and tag.
import type { MetricSample } from '../../reports/metrics/families.ts';
import { foldDriftTypes, otherName } from '../digest-account.ts';
import type { AccountView, ServiceCount, UnseenCells } from '../snapshot.ts';
import { typeSamples } from './drift-verdicts.ts';
import { addUp, perAccount, type SnapshotFamily } from './snapshot-family.ts';

const prefix = 'aws_inventory_account';

/** Pairs of service and region: an account that uses more of them is told apart no further. */
const topPairs = 300;

const pairSample = ({ service, region, resources }: ServiceCount): MetricSample => ({
  labels: { service, region },
  value: resources,
});

const serviceSamples = (services: readonly ServiceCount[]): MetricSample[] => {
  if (services.length <= topPairs) return services.map(pairSample);
  const kept = new Set(services.toSorted((a, b) => b.resources - a.resources).slice(0, topPairs));
  return addUp(
    services.map(count => pairSample(kept.has(count) ? count : { ...count, service: otherName, region: otherName })),
  );
};

/** What the settings expect, or a policy above the account denies, is no lack. */
const lacks = ({ digest }: AccountView): UnseenCells[] =>
  (digest?.unseen ?? []).filter(({ excuse }) => excuse === undefined);

/** Types, and not cells: one that is denied in twelve regions counts once. */
const unseenTypes = (account: AccountView): MetricSample[] => {
  const types = new Map(
    lacks(account).map(({ service, outcome, type }) => [`${service}\n${outcome}\n${type}`, { service, outcome }]),
  );
  return addUp([...types.values()].map(labels => ({ labels, value: 1 })));
};

const deniedRegions = (account: AccountView, topTypes: number): MetricSample[] => {
  const denied = addUp(
    lacks(account)
      .filter(({ outcome }) => outcome === 'denied')
      .map(({ service, type, regions }) => ({ labels: { service, type }, value: regions.length })),
  );
  const rest = denied.slice(topTypes).map(({ value }) => ({ labels: { service: otherName, type: otherName }, value }));
  return [...denied.slice(0, topTypes), ...addUp(rest)];
};

const tagSamples = ({ digest }: AccountView, word: 'checked' | 'compliant'): MetricSample[] =>
  (digest?.tags ?? []).flatMap(({ region, tags }) =>
    tags.map(tag => ({ labels: { region, tag: tag.key }, value: tag[word] })),
  );

export const detailFamilies: readonly SnapshotFamily[] = [
  perAccount(
    `${prefix}_unseen_types`,
    'Resource types that were not seen whole, by service and by what became of them.',
    unseenTypes,
  ),
  perAccount(
    `${prefix}_denied_type_regions`,
    'Regions in which the role may not list the type.',
    (account, { topTypes }) => deniedRegions(account, topTypes),
  ),
  perAccount(
    `${prefix}_throttled_requests`,
    'Requests of the newest scan that AWS throttled.',
    ({ digest }) => digest?.requests?.throttled,
  ),
  perAccount(
    `${prefix}_throttled_seconds`,
    'How long the newest scan waited because of throttling, added up over its requests.',
    ({ digest }) => digest?.requests?.throttledSeconds,
  ),
  perAccount(
    `${prefix}_tool_duration_seconds`,
    'How long each tool of the newest scan took, and how it ended.',
    ({ digest }) => digest?.tools.map(({ tool, outcome, seconds }) => ({ labels: { tool, outcome }, value: seconds })),
  ),
  perAccount(
    `${prefix}_region_untagged_resources`,
    'Resources that have to carry tags and carry none, by region.',
    ({ digest }) => digest?.tags.map(({ region, untagged }) => ({ labels: { region }, value: untagged })),
  ),
  perAccount(`${prefix}_region_tag_checked_resources`, 'Resources that have to carry the tag, by region.', account =>
    tagSamples(account, 'checked'),
  ),
  perAccount(
    `${prefix}_region_tag_compliant_resources`,
    'Resources that carry the tag with an allowed value, by region.',
    account => tagSamples(account, 'compliant'),
  ),
  perAccount(
    `${prefix}_drift_type_resources`,
    'Resources by Terraform type and what the states say of them; the types with most drift by name.',
    ({ digest }, { topTypes }) => typeSamples(foldDriftTypes(digest?.drift ?? [], topTypes)),
  ),
  {
    ...perAccount(`${prefix}_service_resources`, 'Resources by service and region.', ({ digest }) =>
      serviceSamples(digest?.services ?? []),
    ),
    count: ({ snapshot }) =>
      snapshot.accounts.reduce((sum, { digest }) => sum + Math.min(digest?.services.length ?? 0, topPairs + 1), 0),
  },
];
