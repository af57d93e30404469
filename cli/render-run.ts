// The end of a run for a person: a table of accounts, who has to do what, and where everything lies.
import { styleText } from 'node:util';
import Table from 'cli-table3';
import { type ErrorCode, errorCatalogue, isErrorCode } from '../contract/errors.ts';
import type { Manifest, ManifestAccount } from '../contract/manifest.ts';
import { coverageOf } from '../reports/coverage.ts';
import { plainColumns } from './plain-columns.ts';
import { secondsOf } from './run-progress.ts';
import { percent, plural, printable } from './terminal-text.ts';

export interface RunPlaces {
  /** `s3://bucket/prefix/YYYY/MM/DD/`. */
  readonly reports: string;
  /** null when it could not be written. */
  readonly manifest: string | null;
  /** Of Jobs whose report did not reach the bucket: account id → directory on this machine. */
  readonly kept: ReadonlyMap<string, string>;
}

const colours = { succeeded: 'green', partial: 'yellow', failed: 'red', skipped: 'gray' } as const;

const cells = (account: ManifestAccount): string[] => {
  const seconds = secondsOf(account);
  return [
    account.id,
    printable(account.name),
    account.outcome,
    account.counts === null ? '' : String(account.counts.resources),
    seconds === null ? '' : seconds.toFixed(1),
    account.code ?? '',
  ];
};

const heading = ['account', 'name', 'outcome', 'resources', 'seconds', 'code'];
/** Columns at a terminal; tab-separated lines elsewhere, which `cut` and `awk` read. */
export const renderAccounts = (manifest: Manifest, stream: NodeJS.WriteStream): string => {
  // Of a narrowed run people want what it visited; the manifest has every account.
  const shown = manifest.accounts.filter(account => account.code !== 'not-selected');
  const rows = shown.map(cells);
  if (!stream.isTTY) return `${[heading, ...rows].map(row => row.join('\t')).join('\n')}\n`;
  const table = new Table({
    head: heading.map(name => styleText('bold', name, { stream })),
    ...plainColumns,
    colAligns: ['left', 'left', 'left', 'right', 'right', 'left'],
  });
  shown.forEach((account, index) => {
    const row = rows[index] ?? [];
    table.push(
      row.map((cell, column) => (column === 2 ? styleText(colours[account.outcome], cell, { stream }) : cell)),
    );
  });
  return `${table.toString()}\n`;
};

const fixerOf = (code: string | null): string => {
  const known: ErrorCode = isErrorCode(code) ? code : 'unexpected';
  const { fixer } = errorCatalogue[known];
  return fixer === 'you' || fixer === 'nobody' ? 'You' : `The ${fixer}`;
};

/** How much of what the account could answer was seen, where that is known and less than all. */
const coverageLine = ({ counts, coverageFell }: ManifestAccount): string[] => {
  if (counts === null || counts.types.attempted === 0) return [];
  const fell = coverageFell === undefined ? '' : `; it was ${percent(coverageFell.from)} in run ${coverageFell.run}`;
  return [`    Coverage: ${percent(coverageOf(counts.types))} of ${plural(counts.types.attempted, 'type')}${fell}`];
};

/** Each account that is not whole: what happened, who can fix it, and how. */
export const renderTroubles = (manifest: Manifest, places: RunPlaces, stream: NodeJS.WriteStream): string => {
  const troubled = manifest.accounts.filter(account => account.outcome === 'failed' || account.outcome === 'partial');
  const blocks = troubled.map(account => {
    const kept = places.kept.get(account.id);
    const title = `${account.id} ${printable(account.name)}: ${account.outcome}, ${account.code ?? ''}`;
    return [
      `  ${styleText(colours[account.outcome], title, { stream })}`,
      `    ${printable(account.message ?? 'no message was left')}`,
      ...coverageLine(account),
      `    ${styleText('bold', `${fixerOf(account.code)}:`, { stream })} ${printable(account.remedy ?? '')}`,
      ...(kept === undefined ? [] : [`    What it made is kept in ${kept}`]),
    ].join('\n');
  });
  if (blocks.length === 0) return '';
  return `\n${plural(troubled.length, 'account needs', 'accounts need')} somebody:\n${blocks.join('\n')}\n`;
};

export const renderSummary = (manifest: Manifest, places: RunPlaces, stream: NodeJS.WriteStream): string => {
  const { totals } = manifest;
  const seconds = (Date.parse(manifest.finishedAt) - Date.parse(manifest.startedAt)) / 1000;
  const counts = (['succeeded', 'partial', 'failed', 'skipped'] as const)
    .filter(outcome => totals[outcome] > 0)
    .map(outcome => styleText(colours[outcome], `${totals[outcome]} ${outcome}`, { stream }));
  return [
    '',
    `${plural(totals.accounts, 'account')}: ${counts.join(', ')}; ${plural(totals.resources, 'resource')} in ${seconds.toFixed(1)} s`,
    `Reports:  ${places.reports}`,
    `Manifest: ${places.manifest ?? 'could not be written'}`,
    '',
  ].join('\n');
};
