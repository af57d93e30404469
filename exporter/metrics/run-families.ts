// Families about runs and results as such: when, how long, how whole. First, because every alert on staleness needs them.
import type { RunSummary } from '../../contract/manifest.ts';
import { outcomeSchema } from '../../contract/outcome.ts';
import type { ReportProblem, Snapshot } from '../snapshot.ts';
import { gauge, type SnapshotFamily, secondsBetween, secondsOf, single } from './snapshot-family.ts';

const newestRun = ({ runs }: Snapshot): RunSummary | undefined => runs[0];

/** Its head, where it is remembered: a run from before there were heads is known by its name and time alone. */
const completeRun = ({ runs, completeRun: named }: Snapshot): RunSummary | undefined =>
  named === null ? undefined : runs.find(({ run, startedAt }) => run === named.run && startedAt === named.startedAt);

const runInfo: SnapshotFamily = gauge(
  'aws_inventory_last_run_info',
  'The newest run, whatever it covered; always 1.',
  ({ snapshot }) => {
    const newest = newestRun(snapshot);
    if (newest === undefined) return [];
    const { run, date, complete, retryOf } = newest;
    return [{ labels: { run, date, complete: String(complete), retry_of: retryOf ?? '' }, value: 1 }];
  },
);

const durationOf = (run: RunSummary | undefined): number | undefined =>
  run === undefined ? undefined : secondsBetween(run.startedAt, run.finishedAt);

const problemReasons: readonly ReportProblem['reason'][] = [
  'absent',
  'corrupt',
  'foreign',
  'from-the-future',
  'too-large',
  'unreadable',
];

export const runFamilies: readonly SnapshotFamily[] = [
  runInfo,
  single('aws_inventory_last_run_timestamp_seconds', 'When the newest run ended, whatever it covered.', snapshot =>
    secondsOf(newestRun(snapshot)?.finishedAt),
  ),
  single('aws_inventory_last_run_duration_seconds', 'How long the newest run took.', snapshot =>
    durationOf(newestRun(snapshot)),
  ),
  single(
    'aws_inventory_last_complete_run_timestamp_seconds',
    'When the newest run over the whole Organization ended; when it began, where its end is not remembered.',
    snapshot => secondsOf(completeRun(snapshot)?.finishedAt ?? snapshot.completeRun?.startedAt),
  ),
  single(
    'aws_inventory_last_complete_run_duration_seconds',
    'How long the newest run over the whole Organization took.',
    snapshot => durationOf(completeRun(snapshot)),
  ),
  single('aws_inventory_results_updated_timestamp_seconds', 'When latest.json was written.', snapshot =>
    secondsOf(snapshot.updatedAt),
  ),
  gauge('aws_inventory_report_problems', 'Documents that could not be used, by the reason.', ({ snapshot }) =>
    problemReasons.map(reason => ({
      labels: { reason },
      value: snapshot.problems.filter(problem => problem.reason === reason).length,
    })),
  ),
  gauge('aws_inventory_accounts', 'Accounts of the Organization by the outcome of their newest scan.', ({ snapshot }) =>
    outcomeSchema.options.map(outcome => ({
      labels: { outcome },
      value: snapshot.accounts.filter(account => account.outcome === outcome).length,
    })),
  ),
];
