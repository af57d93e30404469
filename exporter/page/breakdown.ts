// Snapshot → what the Organization consists of: resources by service, drift by Terraform type, compliance by tag. Once for each snapshot.
import { giveWay } from '../../clients/clock.ts';
import { foldDriftTypes } from '../digest-account.ts';
import { driftVerdicts } from '../metrics/drift-verdicts.ts';
import { noDrift, type VerdictSums } from '../organization-totals.ts';
import type { AccountDigest, Snapshot } from '../snapshot.ts';

export interface ServiceSum {
  readonly service: string;
  readonly resources: number;
}

export type DriftTypeSum = VerdictSums & { readonly type: string };

export interface TagSum {
  readonly key: string;
  readonly checked: number;
  readonly compliant: number;
}

export interface Breakdown {
  /** The largest first. */
  readonly services: readonly ServiceSum[];
  /** Those with most drift first. */
  readonly driftTypes: readonly DriftTypeSum[];
  /** The least compliant first. */
  readonly tags: readonly TagSum[];
}

interface Sums {
  readonly services: Map<string, number>;
  readonly driftTypes: Map<string, DriftTypeSum>;
  readonly tags: Map<string, { checked: number; compliant: number }>;
}

export const driftOf = ({ unmanaged, missing, changed }: Pick<VerdictSums, 'unmanaged' | 'missing' | 'changed'>) =>
  unmanaged + missing + changed;

const addDigest = ({ services, driftTypes, tags }: Sums, digest: AccountDigest): void => {
  for (const { service, resources } of digest.services) {
    services.set(service, resources + (services.get(service) ?? 0));
  }
  for (const one of digest.drift) {
    const known = driftTypes.get(one.type) ?? { ...noDrift, type: one.type };
    for (const [, key] of driftVerdicts) known[key] += one[key];
    driftTypes.set(one.type, known);
  }
  for (const { key, checked, compliant } of digest.tags.flatMap(region => region.tags)) {
    const known = tags.get(key) ?? { checked: 0, compliant: 0 };
    tags.set(key, { checked: known.checked + checked, compliant: known.compliant + compliant });
  }
};

/** Accounts that are added up before others have their turn. */
const stride = 100;

export const addUpSnapshot = async ({ accounts }: Pick<Snapshot, 'accounts'>): Promise<Breakdown> => {
  const sums: Sums = { services: new Map(), driftTypes: new Map(), tags: new Map() };
  for (const [index, { digest }] of accounts.entries()) {
    if (index % stride === stride - 1) await giveWay();
    if (digest !== undefined) addDigest(sums, digest);
  }
  const isDrifted = (one: DriftTypeSum): boolean => driftOf(one) > 0;
  return {
    services: [...sums.services]
      .map(([service, resources]) => ({ service, resources }))
      .sort((a, b) => b.resources - a.resources),
    driftTypes: foldDriftTypes([...sums.driftTypes.values()].filter(isDrifted), 8).sort(
      (a, b) => driftOf(b) - driftOf(a),
    ),
    tags: [...sums.tags]
      .map(([key, tag]) => ({ key, ...tag }))
      .filter(({ checked }) => checked > 0)
      .sort((a, b) => a.compliant / a.checked - b.compliant / b.checked),
  };
};
