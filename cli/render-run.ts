// The end of a run for a person: a table of accounts, who has to do what, and where everything lies.
import { styleText } from 'node:util';
import Table from 'cli-table3';
import { type ErrorCode, errorCatalogue, isErrorCode } from '../contract/error-catalogue.ts';
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

interface Column {
  readonly name: string;
  readonly align: 'left' | 'right';
  readonly cell: (account: ManifestAccount) => string;
}

const numberOf = (value: number | undefined): string => (value === undefined ? '' : String(value));

const columns: readonly Column[] = [
  { name: 'account', align: 'left', cell: ({ id }) => id },
  { name: 'name', align: 'left', cell: ({ name }) => printable(name) },
  { name: 'outcome', align: 'left', cell: ({ outcome }) => outcome },
  { name: 'resources', align: 'right', cell: ({ counts }) => numberOf(counts?.resources) },
  { name: 'seconds', align: 'right', cell: account => secondsOf(account)?.toFixed(1) ?? '' },
  { name: 'code', align: 'left', cell: ({ code }) => code ?? '' },
];

/** Of a run that compared accounts with states; empty where one account was not compared. */
const driftColumns: readonly Column[] = (['unmanaged', 'missing', 'changed'] as const).map(name => ({
  name,
  align: 'right',
  cell: ({ counts }) => numberOf(counts?.drift?.[name]),
}));

/** Rounded down, so that 100 % is all of them; empty where no tag was checked. */
const tagColumn: Column = {
  name: 'tagged',
  align: 'right',
  cell: ({ counts }) => (counts?.compliance === undefined ? '' : percent(counts.compliance)),
};

/** Last, so that what scripts read by its place stays there. */
const columnsOf = (accounts: readonly ManifestAccount[]): readonly Column[] => {
  const has = (name: 'drift' | 'tags') => accounts.some(({ counts }) => counts?.[name] !== undefined);
  return [...columns, ...(has('drift') ? driftColumns : []), ...(has('tags') ? [tagColumn] : [])];
};

/** Columns at a terminal; tab-separated lines elsewhere, which `cut` and `awk` read. */
export const renderAccounts = (manifest: Manifest, stream: NodeJS.WriteStream): string => {
  // Of a narrowed run people want what it visited; the manifest has every account.
  const shown = manifest.accounts.filter(account => account.code !== 'not-selected');
  const asked = columnsOf(shown);
  const heading = asked.map(({ name }) => name);
  const rows = shown.map(account => asked.map(({ cell }) => cell(account)));
  if (!stream.isTTY) return `${[heading, ...rows].map(row => row.join('\t')).join('\n')}\n`;
  const table = new Table({
    head: heading.map(name => styleText('bold', name, { stream })),
    ...plainColumns,
    colAligns: asked.map(({ align }) => align),
  });
  shown.forEach((account, index) => {
    const row = rows[index] ?? [];
    table.push(
      row.map((cell, at) => (heading[at] === 'outcome' ? styleText(colours[account.outcome], cell, { stream }) : cell)),
    );
  });
  return `${table.toString()}\n`;
};

/** What differs from the states, over all accounts that were compared. */
const driftLine = ({ unmanaged, missing, changed }: Manifest['totals']): string[] => {
  if (unmanaged === undefined || missing === undefined || changed === undefined) return [];
  return [`Drift:    ${unmanaged} unmanaged, ${missing} missing, ${changed} changed`];
};

const tagLine = ({ tagged, untagged = 0 }: Manifest['totals']): string[] => {
  if (tagged === undefined || tagged.checked === 0) return [];
  const share = percent(tagged.compliant / tagged.checked);
  return [
    `Tags:     ${share} of ${plural(tagged.checked, 'resource')} carry what is required, ${untagged} have no tag at all`,
  ];
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
    ...driftLine(totals),
    ...tagLine(totals),
    `Reports:  ${places.reports}`,
    `Manifest: ${places.manifest ?? 'could not be written'}`,
    '',
  ].join('\n');
};
