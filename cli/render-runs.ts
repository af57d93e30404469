// Runs and their outcomes for a person: the newest first.
import { styleText } from 'node:util';
import Table from 'cli-table3';
import type { RunSummary } from '../contract/manifest.ts';
import { plainColumns } from './plain-columns.ts';

/** `2 h 05 min`, `48 s`. */
const duration = ({ startedAt, finishedAt }: RunSummary): string => {
  const seconds = Math.round((Date.parse(finishedAt) - Date.parse(startedAt)) / 1000);
  if (!Number.isFinite(seconds) || seconds < 0) return '';
  if (seconds < 120) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 120
    ? `${minutes} min`
    : `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`;
};

const kindOf = ({ complete, retryOf }: RunSummary): string =>
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

const cells = (run: RunSummary): string[] => {
  const { accounts, succeeded, partial, failed, skipped, resources } = run.totals;
  const numbers = [accounts, succeeded, partial, failed, skipped, resources].map(String);
  return [run.run, run.startedAt.replace(/\.\d+Z$/, 'Z'), duration(run), kindOf(run), ...numbers];
};

/** Columns at a terminal; tab-separated lines elsewhere. */
export const renderRuns = (runs: readonly RunSummary[], stream: NodeJS.WriteStream): string => {
  if (!stream.isTTY) return [headings, ...runs.map(cells)].map(row => `${row.join('\t')}\n`).join('');
  const table = new Table({
    head: headings.map(name => styleText('bold', name, { stream })),
    ...plainColumns,
    colAligns: headings.map((_name, at) => (at < 4 ? 'left' : 'right')),
  });
  for (const run of runs) {
    const row = cells(run);
    const colour = run.totals.failed > 0 ? 'red' : run.totals.partial > 0 ? 'yellow' : 'green';
    table.push([styleText(colour, row[0] ?? '', { stream }), ...row.slice(1)]);
  }
  return `${table.toString()}\n`;
};
