// A run's progress as log lines: one for each account that has ended, one for what somebody should know.
import type { Log } from '../clients/log.ts';
import type { RunProgress } from './progress.ts';

const plannedMessage = 'run planned';

/** How many accounts a run of whose log this is the beginning is going to scan; null where it does not say so. */
export const plannedIn = (log: string): number | null => {
  for (const line of log.split('\n')) {
    if (!line.includes(plannedMessage)) continue;
    try {
      const { msg, planned } = JSON.parse(line);
      if (msg === plannedMessage && typeof planned === 'number') return planned;
    } catch {
      // Cut in the middle.
    }
  }
  return null;
};

export const logProgress = (log: Log): RunProgress => ({
  planned: ({ run, date, retryOf, planned, skipped, unknownIds }) =>
    log.info(
      { run, date, retryOf, planned: planned.length, skipped: skipped.length, unknown: unknownIds.length },
      plannedMessage,
    ),
  submitted: (account, how) => log.debug({ account, how }, 'job submitted'),
  counted: counts => log.debug(counts, 'run followed'),
  finished: ({ reports, counts, ...account }) => {
    const facts = { ...account, resources: counts?.resources ?? null, reports: reports.length };
    if (account.outcome === 'succeeded') log.info(facts, 'account finished');
    else log.warn(facts, 'account finished');
  },
  warned: (message, facts) => log.warn(facts, message),
});
