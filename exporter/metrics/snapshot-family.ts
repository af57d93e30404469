// What a family of the exporter is: a name, and the samples that a snapshot has for it, made only when they are written.
import type { MetricFamily, MetricSample } from '../../reports/metrics/families.ts';
import { cutLabel } from '../intern.ts';
import type { AccountView, Snapshot } from '../snapshot.ts';

export interface FamilyChoice {
  /** Types of an account that have series of their own; the others are `other`. */
  readonly topTypes: number;
}

export interface FamilyQuestion extends FamilyChoice {
  readonly snapshot: Snapshot;
}

/** undefined is no sample: who writes them may let others have their turn there. */
export type Samples = Iterable<MetricSample | undefined>;

export interface SnapshotFamily extends Omit<MetricFamily, 'samples'> {
  readonly samples: (question: FamilyQuestion) => Samples;
  /** Where the samples are those of each account, one after the other: an account that is the same has the same ones. */
  readonly ofAccount?: (account: AccountView, choice: FamilyChoice) => readonly MetricSample[];
  /** How many samples there are, where that is known without making them: of a family that there is no room for. */
  readonly count?: (question: FamilyQuestion) => number;
}

type Labels = MetricSample['labels'];

export const gauge = (name: string, help: string, samples: SnapshotFamily['samples']): SnapshotFamily => ({
  name,
  help,
  type: 'gauge',
  samples,
});

/** One series without labels, where there is a value. */
export const single = (name: string, help: string, read: (snapshot: Snapshot) => number | undefined): SnapshotFamily =>
  gauge(name, help, ({ snapshot }) => {
    const value = read(snapshot);
    return value === undefined ? [] : [{ labels: {}, value }];
  });

/** Whose series it is: on every series of an account. */
export const accountLabels = ({ id, name, path }: AccountView): Labels => ({
  account_id: id,
  account_name: cutLabel(name),
  ou: cutLabel(path?.join('/') ?? ''),
});

export type OfAccount = (account: AccountView, choice: FamilyChoice) => Iterable<MetricSample> | number | undefined;

function* eachAccount(
  { accounts }: Snapshot,
  choice: FamilyChoice,
  ofAccount: NonNullable<SnapshotFamily['ofAccount']>,
): Samples {
  for (const account of accounts) {
    yield undefined;
    yield* ofAccount(account, choice);
  }
}

const labelledSamples = (account: AccountView, found: ReturnType<OfAccount>): MetricSample[] => {
  if (found === undefined) return [];
  const labels = accountLabels(account);
  if (typeof found === 'number') return [{ labels, value: found }];
  return Array.from(found, sample => ({ labels: { ...labels, ...sample.labels }, value: sample.value }));
};

export const accountFamily = (
  name: string,
  help: string,
  ofAccount: NonNullable<SnapshotFamily['ofAccount']>,
): SnapshotFamily => ({
  ...gauge(name, help, ({ snapshot, ...choice }) => eachAccount(snapshot, choice, ofAccount)),
  ofAccount,
});

/** For each account one value, or samples of which each gets the account's labels. */
export const perAccount = (name: string, help: string, read: OfAccount): SnapshotFamily =>
  accountFamily(name, help, (account, choice) => labelledSamples(account, read(account, choice)));

/** Samples added up by their labels, which have to come in one order. */
export const addUp = (samples: Iterable<MetricSample>): MetricSample[] => {
  const sums = new Map<string, MetricSample>();
  for (const { labels, value } of samples) {
    const key = Object.values(labels).join('\n');
    sums.set(key, { labels, value: value + (sums.get(key)?.value ?? 0) });
  }
  return [...sums].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, sample]) => sample);
};

/** RFC 3339 as Prometheus counts: seconds since 1970; undefined for what is no time. */
export const secondsOf = (time: string | null | undefined): number | undefined => {
  const milliseconds = time == null ? Number.NaN : Date.parse(time);
  return Number.isNaN(milliseconds) ? undefined : milliseconds / 1000;
};

/** Seconds from one time to another; undefined unless both are known and in this order. */
export const secondsBetween = (from: string | null, to: string | null): number | undefined => {
  const [begun, ended] = [secondsOf(from), secondsOf(to)];
  return begun === undefined || ended === undefined || ended < begun ? undefined : ended - begun;
};

/** Nothing of nothing is no share. */
export const ratio = (part: number, whole: number): number | undefined => (whole === 0 ? undefined : part / whole);
