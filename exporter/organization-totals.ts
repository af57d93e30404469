// The Organization in some figures, added up over its accounts: metrics and page say the same ones. Pure.
import type { DriftCounts, TypeCounts } from '../contract/outcome.ts';
import type { AccountView, Snapshot } from './snapshot.ts';

/** Nothing of nothing is no share. */
const shareOf = (part: number, whole: number): number | undefined => (whole === 0 ? undefined : part / whole);

export const sumAccounts = (snapshot: Snapshot, read: (account: AccountView) => number | undefined): number =>
  snapshot.accounts.reduce((total, account) => total + (read(account) ?? 0), 0);

export const blindWords = ['denied', 'throttled', 'failed'] as const;

export const sumTypes = (snapshot: Snapshot, name: keyof TypeCounts): number =>
  sumAccounts(snapshot, ({ counts }) => counts?.types[name]);

/** Share of the resource types that answered, of all that could have. */
export const organizationCoverage = (snapshot: Snapshot): number | undefined => {
  const seen = sumTypes(snapshot, 'listed') + sumTypes(snapshot, 'empty');
  return shareOf(seen, seen + blindWords.reduce((total, word) => total + sumTypes(snapshot, word), 0));
};

export type VerdictSums = Omit<DriftCounts, 'coverage'>;

export const noDrift: VerdictSums = {
  managed: 0,
  changed: 0,
  unmanaged: 0,
  missing: 0,
  stack: 0,
  service: 0,
  unknown: 0,
};

/** undefined where no account was compared with states: a zero would say that nothing has drifted. */
export const sumDrift = ({ accounts }: Snapshot): VerdictSums | undefined => {
  const drifts = accounts.flatMap(({ counts }) => counts?.drift ?? []);
  if (drifts.length === 0) return undefined;
  return drifts.reduce<VerdictSums>(
    (total, one) => ({
      managed: total.managed + one.managed,
      changed: total.changed + one.changed,
      unmanaged: total.unmanaged + one.unmanaged,
      missing: total.missing + one.missing,
      stack: total.stack + one.stack,
      service: total.service + one.service,
      unknown: total.unknown + one.unknown,
    }),
    noDrift,
  );
};

/** Share that states manage, of managed, unmanaged and missing resources. */
export const managedShare = ({ managed, unmanaged, missing }: VerdictSums): number | undefined =>
  shareOf(managed, managed + unmanaged + missing);

export type TagWord = 'checked' | 'compliant' | 'untagged';

/** undefined where no account's tags were checked. */
export const sumTags = (snapshot: Snapshot, word: TagWord): number | undefined =>
  snapshot.accounts.some(({ counts }) => counts?.tags !== undefined)
    ? sumAccounts(snapshot, ({ counts }) => counts?.tags?.[word])
    : undefined;

/** Share of the resources that have to carry tags and carry them all. */
export const organizationCompliance = (snapshot: Snapshot): number | undefined =>
  shareOf(sumTags(snapshot, 'compliant') ?? 0, sumTags(snapshot, 'checked') ?? 0);
