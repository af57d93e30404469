// Results as runs leave them: rows of latest.json, scan.json, and a directory that holds them as the bucket would.
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished, vi } from 'vitest';
import type { Log } from '../../clients/log.ts';
import type { Latest, LatestAccount } from '../../contract/manifest.ts';
import type { CellRow, ToolResult } from '../../contract/scan-report.ts';
import { digestAccount } from '../../exporter/digest-account.ts';
import { createPool } from '../../exporter/intern.ts';
import type { AccountView, Snapshot } from '../../exporter/snapshot.ts';

export const idOf = (digit: number): string => String(digit).repeat(12);

export const cell = (type: string, facts: Partial<CellRow> = {}): CellRow => ({
  type: `AWS::${type}`,
  service: type.split('::')[0] ?? '',
  tier: 'native',
  outcome: 'listed',
  resources: 1,
  regions: ['eu-west-1'],
  ...facts,
});

export const tool = (name: string, facts: Partial<ToolResult> = {}): ToolResult => ({
  tool: name,
  verdict: { outcome: 'succeeded' },
  resources: 0,
  seconds: 1.5,
  cells: [],
  ...facts,
});

export interface ScanFacts {
  readonly account?: string;
  readonly finishedAt?: string;
  readonly tools?: readonly ToolResult[];
}

export const scanText = ({
  account = idOf(1),
  finishedAt = '2026-11-20T01:04:00.000Z',
  tools,
}: ScanFacts = {}): string =>
  JSON.stringify({
    schemaVersion: 1,
    run: 'r1',
    account,
    identity: null,
    startedAt: '2026-11-20T01:00:00.000Z',
    finishedAt,
    verdict: { outcome: 'succeeded' },
    tools: tools ?? [tool('inventory', { cells: [cell('EC2::Instance', { resources: 3 })] })],
  });

export const row = (facts: Partial<LatestAccount> = {}): LatestAccount => ({
  id: idOf(1),
  name: 'first',
  state: 'ACTIVE',
  path: ['Workloads', 'Prod'],
  outcome: 'succeeded',
  code: null,
  message: null,
  remedy: null,
  attempts: 1,
  job: null,
  startedAt: '2026-11-20T01:00:00.000Z',
  finishedAt: '2026-11-20T01:05:00.000Z',
  counts: { resources: 3, types: { attempted: 4, listed: 2, empty: 1, denied: 1 }, cells: {} },
  reports: [],
  run: 'r1',
  runDate: '2026-11-20',
  runStartedAt: '2026-11-20T01:00:00.000Z',
  ...facts,
});

export const latest = (accounts: readonly LatestAccount[], facts: Partial<Latest> = {}): Latest => ({
  schemaVersion: 1,
  updatedAt: '2026-11-20T01:10:00.000Z',
  completeRun: { run: 'r1', startedAt: '2026-11-20T01:00:00.000Z' },
  runs: [
    {
      run: 'r1',
      retryOf: null,
      complete: true,
      date: '2026-11-20',
      startedAt: '2026-11-20T01:00:00.000Z',
      finishedAt: '2026-11-20T01:10:00.000Z',
      totals: { accounts: 1, succeeded: 1, partial: 0, failed: 0, skipped: 0, resources: 3 },
    },
  ],
  accounts: [...accounts],
  ...facts,
});

export const now = '2026-11-20T02:00:00.000Z';

/** An account as a snapshot has it, digested from what its tools said. */
export const view = (facts: Partial<LatestAccount> = {}, tools?: readonly ToolResult[]): AccountView => {
  const account = row(facts);
  const text = scanText({ account: account.id, ...(tools === undefined ? {} : { tools }) });
  const digest = digestAccount(Buffer.from(text), { account: account.id, sha256: 'x', now, pool: createPool() });
  if ('reason' in digest) throw new Error(digest.message);
  return { ...account, digest };
};

export const snapshotOf = (accounts: readonly AccountView[], facts: Partial<Snapshot> = {}): Snapshot => {
  const { updatedAt, completeRun, runs } = latest([]);
  return { place: 's3://bucket', takenAt: now, updatedAt, completeRun, runs, accounts, problems: [], ...facts };
};

export const silentLog = (): Log =>
  ({ debug: vi.fn(), info: vi.fn(), warn: vi.fn(), error: vi.fn() }) as unknown as Log;

export interface ResultsDirectory {
  readonly path: string;
  /** Writes a file as a rename does: nobody reads half of it. */
  readonly write: (key: string, text: string) => Promise<void>;
  /** Writes the scan of an account, and returns its row of latest.json. */
  readonly scan: (id: string, text: string, facts?: Partial<LatestAccount>) => Promise<LatestAccount>;
  readonly latest: (accounts: readonly LatestAccount[], facts?: Partial<Latest>) => Promise<void>;
}

/** Ends with the test. */
export const resultsDirectory = async (): Promise<ResultsDirectory> => {
  const path = await mkdtemp(join(tmpdir(), 'exporter-test-'));
  onTestFinished(() => rm(path, { recursive: true, force: true }));
  const write = async (key: string, text: string): Promise<void> => {
    const file = join(path, key);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(`${file}.new`, text);
    await rename(`${file}.new`, file);
  };
  return {
    path,
    write,
    scan: async (id, text, facts = {}) => {
      const key = `AWSRecon/2026/11/20/scan_${id}.json`;
      await write(key, text);
      const sha256 = createHash('sha256').update(text).digest('hex');
      const report = { kind: 'scan', key, versionId: null, sha256, bytes: Buffer.byteLength(text) };
      return row({ id, name: `account ${id[0]}`, reports: [report], ...facts });
    },
    latest: (accounts, facts = {}) => write('AWSRecon/latest.json', JSON.stringify(latest(accounts, facts))),
  };
};
