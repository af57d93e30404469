// Runs and their outcomes for a person: the newest first.
import { styleText } from 'node:util';
import Table from 'cli-table3';
import type { ClosedRun, DamagedRun } from '../orchestrator/closed-runs.ts';
import type { OpenRun } from '../orchestrator/open-runs.ts';
import { plainColumns } from './plain-columns.ts';
import { plural, printable } from './terminal-text.ts';

export type ListedRun = ClosedRun | DamagedRun | OpenRun;

/** `2 h 05 min`, `48 s`. */
const duration = (startedAt: string, finishedAt: string | null): string => {
  if (finishedAt === null) return '';
  const seconds = Math.round((Date.parse(finishedAt) - Date.parse(startedAt)) / 1000);
  if (!Number.isFinite(seconds) || seconds < 0) return '';
  if (seconds < 120) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 120
    ? `${minutes} min`
    : `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`;
};

const kindOf = ({ complete, retryOf }: ClosedRun): string =>
  retryOf === null ? (complete ? 'whole' : 'narrowed') : `retry of ${retryOf}`;

const headings = [
  'run',
  'started',
  'took',
  'kind',
  'accounts',
  'succeeded',
  'partial',
  'failed',
  'skipped',
  'resources',
];

const timeText = (time: string): string => time.replace(/\.\d+Z$/, 'Z');

/** What is not known is an empty cell, and no zero. */
const cells = (run: ListedRun): string[] => {
  const blank = headings.slice(4).map(() => '');
  if (run.state === 'damaged') return [run.run, run.date, '', run.state, ...blank];
  const began = [run.run, timeText(run.startedAt), duration(run.startedAt, run.finishedAt)];
  if (run.state !== 'closed') return [...began, run.state, ...blank];
  const { accounts, succeeded, partial, failed, skipped, resources } = run.totals;
  const numbers = [accounts, succeeded, partial, failed, skipped, resources].map(String);
  return [...began, kindOf(run), ...numbers];
};

const colourOf = (run: ListedRun): 'red' | 'yellow' | 'green' | 'cyan' => {
  if (run.state === 'running' || run.state === 'waiting') return 'cyan';
  if (run.state !== 'closed' || run.totals.failed > 0) return 'red';
  return run.totals.partial > 0 ? 'yellow' : 'green';
};

/** Columns at a terminal; tab-separated lines elsewhere. */
export const renderRuns = (runs: readonly ListedRun[], stream: NodeJS.WriteStream): string => {
  if (!stream.isTTY) return [headings, ...runs.map(cells)].map(row => `${row.join('\t')}\n`).join('');
  const table = new Table({
    head: headings.map(name => styleText('bold', name, { stream })),
    ...plainColumns,
    colAligns: headings.map((_name, at) => (at < 4 ? 'left' : 'right')),
  });
  for (const run of runs) {
    const row = cells(run);
    table.push([styleText(colourOf(run), row[0] ?? '', { stream }), ...row.slice(1)]);
  }
  return `${table.toString()}\n`;
};

const remarkOf = (run: ListedRun): string => {
  switch (run.state) {
    case 'closed':
      return '';
    case 'damaged':
      return `Not read: ${printable(run.key)} is damaged, half written, or of another version\n`;
    default: {
      const { all, finished, failed } = run.jobs;
      const counts =
        all === 0 ? 'no Job yet' : `${finished} of ${plural(all, 'Job')} finished, ${failed} of them failed`;
      const facts = [run.state === 'failed' ? 'closed without a manifest' : null, counts, run.message];
      return `${run.run} (${run.job}): ${facts
        .filter(fact => fact !== null)
        .map(printable)
        .join('; ')}\n`;
    }
  }
};

/** What has no column: why a run is not closed, and how far it is. */
export const renderRemarks = (runs: readonly ListedRun[]): string => runs.map(remarkOf).join('');
