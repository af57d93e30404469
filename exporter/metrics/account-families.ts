// Families with one series for each account, or a few: what became of it, how whole, how far from its states and its tags.
import { coverageOf } from '../../reports/coverage.ts';
import type { AccountView } from '../snapshot.ts';
import { verdictSamples } from './drift-verdicts.ts';
import { perAccount, ratio, type SnapshotFamily, secondsBetween, secondsOf } from './snapshot-family.ts';

const prefix = 'aws_inventory_account';

/** undefined of an account that nothing was asked of. */
const typeCoverage = ({ counts }: AccountView): number | undefined =>
  counts === null || counts.types.attempted === 0 ? undefined : coverageOf(counts.types);

const coverageFall = ({ coverageFell }: AccountView): number | undefined =>
  coverageFell === undefined ? undefined : coverageFell.from - coverageFell.to;

const lastSuccess = ({ outcome, finishedAt, succeededAt }: AccountView): number | undefined =>
  secondsOf(outcome === 'succeeded' ? finishedAt : succeededAt);

const driftCoverage = ({ counts }: AccountView): number | undefined =>
  counts?.drift === undefined ? undefined : counts.drift.coverage / 100;

const tagCompliance = ({ counts }: AccountView): number | undefined =>
  counts?.tags === undefined ? undefined : ratio(counts.tags.compliant, counts.tags.checked);

export const accountFamilies: readonly SnapshotFamily[] = [
  perAccount(`${prefix}_outcome`, 'What became of the account in its newest run, and why; always 1.', account => [
    { labels: { outcome: account.outcome, code: account.code ?? '' }, value: 1 },
  ]),
  perAccount(
    `${prefix}_last_success_timestamp_seconds`,
    'When the account was last scanned with the outcome succeeded.',
    lastSuccess,
  ),
  perAccount(
    `${prefix}_last_scan_timestamp_seconds`,
    'When the scan ended that the series of the account are from.',
    ({ digest }) => secondsOf(digest?.finishedAt),
  ),
  perAccount(
    `${prefix}_coverage_ratio`,
    'Share of the resource types that answered, of all that could have.',
    typeCoverage,
  ),
  perAccount(
    `${prefix}_coverage_fall_ratio`,
    'How much of the coverage was lost since the scan before; only where it fell.',
    coverageFall,
  ),
  perAccount(`${prefix}_resources`, 'Resources that were found.', ({ counts }) => counts?.resources),
  perAccount(
    `${prefix}_drift_resources`,
    'Resources by what the states say of them; changed ones are managed ones too.',
    ({ counts }) => counts?.drift && verdictSamples(counts.drift),
  ),
  perAccount(
    `${prefix}_drift_coverage_ratio`,
    'Share that states manage, of managed, unmanaged and missing resources.',
    driftCoverage,
  ),
  perAccount(
    `${prefix}_tag_compliance_ratio`,
    'Share of the resources that have to carry tags and carry them all.',
    tagCompliance,
  ),
  perAccount(
    `${prefix}_tag_checked_resources`,
    'Resources that have to carry tags.',
    ({ counts }) => counts?.tags?.checked,
  ),
  perAccount(
    `${prefix}_tag_compliant_resources`,
    'Resources with every required tag and an allowed value.',
    ({ counts }) => counts?.tags?.compliant,
  ),
  perAccount(
    `${prefix}_untagged_resources`,
    'Resources that have to carry tags and carry none.',
    ({ counts }) => counts?.tags?.untagged,
  ),
  perAccount(`${prefix}_duration_seconds`, 'How long the Job of the account took.', account =>
    secondsBetween(account.startedAt, account.finishedAt),
  ),
];
