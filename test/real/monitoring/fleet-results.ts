// Results of a fleet of three accounts, recent ones, as a directory that the exporter follows: one whole, one partial, one failed.
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { LatestAccount } from '../../../contract/manifest.ts';
import type { ScanCounts } from '../../../contract/outcome.ts';
import { cell, idOf, latest, row, scanText, tool } from '../../exporter/fixtures.ts';

const ago = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toISOString();

const counts: ScanCounts = {
  resources: 30,
  types: { attempted: 4, listed: 2, empty: 1, denied: 1 },
  cells: {},
  drift: { coverage: 60, managed: 6, unmanaged: 3, missing: 1, changed: 2, stack: 4, service: 5, unknown: 7 },
  tags: { checked: 8, compliant: 6, untagged: 1 },
};

const none = { managed: 0, changed: 0, unmanaged: 0, missing: 0, stack: 0, service: 0, unknown: 0 };
const tools = [
  tool('inventory', {
    cells: [
      cell('EC2::Instance', { resources: 27 }),
      cell('S3::Bucket', { resources: 3, regions: ['global'] }),
      cell('KMS::Key', { outcome: 'denied', resources: 0 }),
    ],
    requests: { requests: 900, throttled: 4, throttledSeconds: 2.5, slowed: [] },
  }),
  tool('drift', {
    driftTypes: [
      { ...none, type: 'aws_instance', managed: 6, changed: 2 },
      { ...none, type: 'aws_iam_user', unmanaged: 3, missing: 1 },
    ],
  }),
  tool('tags', {
    tagRegions: [
      {
        region: 'eu-west-1',
        checked: 8,
        compliant: 6,
        untagged: 1,
        tags: [{ key: 'owner', checked: 8, compliant: 6 }],
      },
    ],
  }),
];

/** Names that a label has to survive. */
const accounts: readonly Partial<LatestAccount>[] = [
  { id: idOf(1), name: 'Produktion „Süd“ \\ "eins"\n2', outcome: 'succeeded' },
  { id: idOf(2), name: 'staging', outcome: 'partial', code: 'services-denied', succeededAt: ago(20_000) },
  { id: idOf(3), name: '<b>sandbox</b> 🧪', outcome: 'failed', code: 'role-refused', counts: null },
];

/** The directory; remove it. */
export const writeFleetResults = async (): Promise<string> => {
  const directory = await mkdtemp(join(tmpdir(), 'fleet-results-'));
  const write = async (key: string, text: string): Promise<void> => {
    await mkdir(dirname(join(directory, key)), { recursive: true });
    await writeFile(join(directory, key), text);
  };
  const times = { startedAt: ago(60), finishedAt: ago(50), runStartedAt: ago(60), runDate: ago(60).slice(0, 10) };
  const rows = [];
  for (const facts of accounts) {
    if (facts.counts === null) {
      rows.push(row({ ...times, ...facts }));
      continue;
    }
    const id = facts.id ?? '';
    const key = `AWSRecon/${times.runDate.replaceAll('-', '/')}/scan_${id}.json`;
    const text = scanText({ account: id, finishedAt: times.finishedAt, tools });
    await write(key, text);
    const sha256 = createHash('sha256').update(text).digest('hex');
    const reports = [{ kind: 'scan', key, versionId: null, sha256, bytes: Buffer.byteLength(text) }];
    rows.push(row({ ...times, counts, reports, ...facts }));
  }
  const { runs } = latest([]);
  const run = { ...times, date: times.runDate };
  const facts = {
    updatedAt: ago(49),
    completeRun: { run: 'r1', startedAt: times.startedAt },
    runs: runs.map(each => ({ ...each, ...{ date: run.date, startedAt: run.startedAt, finishedAt: run.finishedAt } })),
  };
  await write('AWSRecon/latest.json', JSON.stringify(latest(rows, facts)));
  return directory;
};
