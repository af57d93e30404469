// The tables of docs/metrics.md: every family with the labels that its samples have, read from the code and a made-up account.
import type { RunSummary } from '../../contract/manifest.ts';
import { digestAccount } from '../../exporter/digest-account.ts';
import { createPool } from '../../exporter/intern.ts';
import { ownFamilies } from '../../exporter/metrics/own-families.ts';
import { seedFamilies, seedMetrics } from '../../exporter/metrics/seed-families.ts';
import { snapshotFamilies } from '../../exporter/metrics/snapshot-families.ts';
import type { SnapshotFamily } from '../../exporter/metrics/snapshot-family.ts';
import type { AccountView, Snapshot } from '../../exporter/snapshot.ts';
import type { MetricFamily } from '../../reports/metrics/families.ts';
import { accountId, latestRow, scanReport } from './fleet-reports.ts';

const time = '2025-11-02T00:00:00.000Z';

const madeUpAccount = (): AccountView => {
  const facts = { account: accountId(0), sha256: '', now: time, pool: createPool() };
  const digest = digestAccount(Buffer.from(scanReport(0, 0)), facts);
  if ('reason' in digest) throw new Error(digest.message);
  return { ...latestRow(0, 0), coverageFell: { from: 1, to: 0.9, run: 'r' }, digest };
};

const madeUpSnapshot = (): Snapshot => {
  const run = { run: 'r', startedAt: time };
  const totals = { accounts: 1, succeeded: 1, partial: 0, failed: 0, skipped: 0, resources: 1 };
  const summary: RunSummary = { ...run, retryOf: null, complete: true, date: '2025-11-02', finishedAt: time, totals };
  const about = { place: '', takenAt: time, updatedAt: time, completeRun: run, runs: [summary] };
  return { ...about, accounts: [madeUpAccount()], problems: [] };
};

interface Row {
  readonly name: string;
  readonly help: string;
  readonly type: string;
  readonly labels: readonly string[];
}

const renderRows = (rows: readonly Row[]): string =>
  `| family | type | labels | what it says |\n|---|---|---|---|\n${rows
    .map(({ name, type, labels, help }) => {
      const named = labels.map(label => `\`${label}\``).join(' ');
      return `| \`${name}\` | ${type} | ${named} | ${help.replaceAll('|', '\\|')} |\n`;
    })
    .join('')}`;

const rowsOf = (families: readonly SnapshotFamily[]): Row[] => {
  const snapshot = madeUpSnapshot();
  return families.map(({ name, help, type, samples }) => {
    const first = [...samples({ snapshot, topTypes: 25 })].find(sample => sample !== undefined);
    if (first === undefined) throw new Error(`${name} has no sample in the made-up snapshot`);
    return { name, help, type, labels: Object.keys(first.labels) };
  });
};

export const renderSnapshotMetrics = (): string => renderRows(rowsOf(snapshotFamilies([])));

export const renderSeedMetrics = (): string => renderRows(rowsOf(seedFamilies(seedMetrics)));

const labelsOf = ({ samples }: MetricFamily): string[] => Object.keys(samples[0]?.labels ?? {});

export const renderOwnMetrics = (): string => {
  const state = {
    ...{ snapshot: undefined, lastAttemptAt: time, lastSuccessAt: time, failure: undefined, failures: 0, succeeded: 0 },
    ...{ failed: 0, seconds: 0, changeSeconds: 0, reportsRead: 0, bytesRead: 0 },
  };
  const format = { plain: [], deflated: Buffer.alloc(0), crc: 0, bytes: 0 };
  const rendered = { formats: { text: format, openmetrics: format }, series: 0, dropped: new Map([['', 0]]) };
  const families = ownFamilies({ state, rendered, scrapes: 0, now: time });
  return renderRows(families.map(family => ({ ...family, labels: labelsOf(family) })));
};
