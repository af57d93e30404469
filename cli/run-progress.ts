// What a person sees while a run works: a bar at a terminal, plain lines elsewhere. Everything goes to stderr.
import type { ManifestAccount } from '../contract/manifest.ts';
import type { RunPlan } from '../orchestrator/plan.ts';
import type { RunProgress } from '../orchestrator/progress.ts';
import { openBar } from './progress-bar.ts';
import { plural, printable } from './terminal-text.ts';

export type ProgressStream = NodeJS.WriteStream;

export interface ShownProgress extends RunProgress {
  /** Takes the bar away; call it before anything else is printed. */
  readonly stop: () => void;
}

const opening = (plan: RunPlan): string => {
  const unknown = plan.unknownIds.length === 0 ? '' : `, ${plan.unknownIds.length} unknown`;
  const retry = plan.retryOf === null ? '' : `, a retry of ${plan.retryOf}`;
  return `Run ${plan.run}${retry}: ${plural(plan.planned.length, 'account')} to scan, ${plan.skipped.length} skipped${unknown}\n`;
};

const warning = (message: string, facts: Readonly<Record<string, unknown>>): string =>
  `warning: ${message} (${Object.entries(facts)
    .map(([key, value]) => `${key}: ${printable(String(value))}`)
    .join(', ')})\n`;

export const secondsOf = (account: ManifestAccount): number | null =>
  account.startedAt === null || account.finishedAt === null
    ? null
    : (Date.parse(account.finishedAt) - Date.parse(account.startedAt)) / 1000;

const accountLine = (account: ManifestAccount, place: string): string => {
  const seconds = secondsOf(account);
  const facts = [
    account.counts === null ? null : plural(account.counts.resources, 'resource'),
    seconds === null ? null : `${seconds.toFixed(1)} s`,
    account.code,
  ].filter(fact => fact !== null);
  return `${place} ${account.outcome.padEnd(9)} ${account.id} ${printable(account.name)}: ${facts.join(', ')}\n`;
};

/** One line per account, for logs and pipes. */
export const showPlainProgress = (stream: ProgressStream): ShownProgress => {
  let total = 0;
  let done = 0;
  return {
    planned: plan => {
      total = plan.planned.length;
      stream.write(opening(plan));
    },
    submitted: (accountId, how) => {
      if (how === 'adopted') stream.write(`adopted ${accountId}: its Job exists already\n`);
    },
    counted: () => undefined,
    finished: account => {
      done += 1;
      stream.write(accountLine(account, `[${String(done).padStart(String(total).length)}/${total}]`));
    },
    warned: (message, facts) => void stream.write(warning(message, facts)),
    stop: () => undefined,
  };
};

const barFormat =
  ' {bar} {value}/{total}  running {running}  succeeded {succeeded}  partial {partial}  failed {failed}  {duration_formatted}';

/** A bar with counts. Warnings are kept until it is gone, because they would tear it. */
export const showProgressBar = (stream: ProgressStream): ShownProgress => {
  const bar = openBar(stream, barFormat);
  const counts = { running: 0, succeeded: 0, partial: 0, failed: 0, skipped: 0 };
  const warnings: string[] = [];
  return {
    planned: plan => {
      stream.write(opening(plan));
      bar.start(plan.planned.length, 0, counts);
    },
    submitted: () => undefined,
    counted: ({ running }) => {
      counts.running = running;
      bar.update(counts);
    },
    finished: account => {
      counts[account.outcome] += 1;
      counts.running = Math.max(0, counts.running - 1);
      bar.increment(1, counts);
    },
    warned: (message, facts) => void warnings.push(warning(message, facts)),
    stop: () => {
      bar.stop();
      for (const text of warnings.splice(0)) stream.write(text);
    },
  };
};
