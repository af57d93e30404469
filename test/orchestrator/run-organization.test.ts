// The whole run over a backend and a bucket in memory: what becomes of records, latest.json and the exit code.
import { describe, expect, it } from 'vitest';
import { InventoryError } from '../../contract/errors.ts';
import { type Latest, latestSchema, type Manifest, manifestSchema } from '../../contract/manifest.ts';
import { renderContainerMessage } from '../../contract/outcome.ts';
import type { ResultStore } from '../../orchestrator/result-store.ts';
import { runOrganization } from '../../orchestrator/run-organization.ts';
import { account, container, settings } from './fixtures.ts';
import { type MemoryBackend, memoryBackend } from './memory-backend.ts';

const finishAll = (backend: MemoryBackend) => {
  for (const name of backend.jobs.keys()) backend.finish(name);
};

const memoryStore = (objects: Map<string, string> = new Map()): ResultStore & { objects: Map<string, string> } => ({
  objects,
  place: 's3://reports',
  putText: async (key, text) => void objects.set(key, text),
  getText: async key => {
    const text = objects.get(key);
    return text === undefined ? undefined : { text, etag: text };
  },
  putTextIfUnchanged: async (key, text, etag) => {
    if ((objects.get(key) ?? null) !== etag) return 'conflict';
    objects.set(key, text);
    return 'written';
  },
});

const ids = ['111111111111', '222222222222'];

const run = async (options: { text?: string; backend?: MemoryBackend; store?: ResultStore; retry?: string } = {}) => {
  const warnings: string[] = [];
  const { text = '', backend = memoryBackend(finishAll), store = memoryStore(), retry } = options;
  const result = await runOrganization(
    {
      run: 'one',
      settings: settings(text),
      region: 'eu-west-1',
      bucket: 'reports',
      maxRunning: 5,
      retry,
      signal: new AbortController().signal,
    },
    {
      backend,
      store,
      readAccounts: async () => ({ accounts: ids.map(id => account(id)), units: [] }),
      readPartition: async () => 'aws-cn',
      progress: {
        planned: () => {},
        submitted: () => {},
        counted: () => {},
        finished: () => {},
        warned: message => void warnings.push(message),
      },
    },
  );
  return { ...result, warnings };
};

const manifestIn = (objects: Map<string, string>): Manifest =>
  manifestSchema.parse(JSON.parse(objects.get('AWSRecon/2026/11/22/run_one.json') ?? ''));
const latestIn = (objects: Map<string, string>): Latest =>
  latestSchema.parse(JSON.parse(objects.get('AWSRecon/latest.json') ?? ''));

/** Every pod ends with this message of upload. */
const uploading = (message: Parameters<typeof renderContainerMessage>[0]): MemoryBackend =>
  memoryBackend(backend => {
    for (const [name, known] of backend.jobs) {
      backend.jobs.set(name, {
        ...known,
        phase: 'succeeded',
        containers: [container('upload', { message: renderContainerMessage(message) })],
      });
    }
  });

const report = (kind: string, versionId: string | null = 'v1') => ({
  kind,
  versionId,
  sha256: 'a'.repeat(64),
  bytes: 2,
});

describe('a run', () => {
  it('writes the manifest and then latest.json, and ends with 0', async () => {
    const store = memoryStore();
    const { exitCode, manifestKey, warnings } = await run({ store });
    expect([exitCode, manifestKey, warnings]).toEqual([0, 'AWSRecon/2026/11/22/run_one.json', []]);
    expect([...store.objects.keys()]).toEqual(['AWSRecon/2026/11/22/run_one.json', 'AWSRecon/latest.json']);
    expect(manifestIn(store.objects)).toMatchObject({
      partition: 'aws-cn',
      complete: true,
      totals: { accounts: 2, succeeded: 2 },
    });
    expect(latestIn(store.objects).accounts.map(({ id, run: of }) => [id, of])).toEqual(ids.map(id => [id, 'one']));
  });

  it('over a list in the settings forgets no account of the Organization', async () => {
    const store = memoryStore();
    await run({ store });
    await run({ store, text: 'accounts: {from: [{id: "111111111111"}], include: ["111111111111"]}' });
    expect(latestIn(store.objects).accounts).toHaveLength(2);
  });

  it('says that the bucket is not versioned', async () => {
    const { warnings, exitCode } = await run({
      backend: uploading({ outcome: 'succeeded', reports: [report('recon', null)] }),
    });
    expect(warnings).toEqual(['the bucket is not versioned: a second run of a day overwrites its reports']);
    expect(exitCode).toBe(0);
  });

  const crowded = () =>
    uploading({ outcome: 'succeeded', reports: ['recon', ...'abcdefghij'].map(kind => report(kind)) });
  const record = (of: string, id: string) => ({
    schemaVersion: 1,
    run: of,
    account: id,
    finishedAt: '',
    outcome: { outcome: 'succeeded' },
    reports: ['recon', ...'abcdefghij'].map(kind => ({ ...report(kind), key: `${kind}_${id}.json` })),
    rejected: [],
  });

  it('takes reports that the message had no room for from the upload record', async () => {
    const objects = new Map(
      ids.map(id => [`AWSRecon/2026/11/22/upload_${id}.json`, JSON.stringify(record('one', id))]),
    );
    const { manifest, exitCode } = await run({ backend: crowded(), store: memoryStore(objects) });
    expect(manifest.accounts.map(({ reports }) => reports.length)).toEqual([11, 11]);
    expect(exitCode).toBe(0);
  });

  it.each([
    ['is missing', undefined],
    ['is half', '{"schemaVersion":1,'],
    ['is of another run', JSON.stringify(record('two', '111111111111'))],
  ])('is not clean when that record %s, and loses no other account by it', async (_name, text) => {
    const objects = new Map([
      [`AWSRecon/2026/11/22/upload_222222222222.json`, JSON.stringify(record('one', '222222222222'))],
    ]);
    if (text !== undefined) objects.set('AWSRecon/2026/11/22/upload_111111111111.json', text);
    const { manifest, exitCode } = await run({ backend: crowded(), store: memoryStore(objects) });
    expect(manifest.accounts.map(({ outcome }) => outcome)).toEqual(['partial', 'succeeded']);
    expect(manifest.accounts[0]?.message).toContain('upload_111111111111.json');
    expect(exitCode).toBe(3);
  });

  it('ends with 3 and the statement to add in its own partition when the manifest is refused', async () => {
    const store = {
      ...memoryStore(),
      putText: async () => Promise.reject(new InventoryError('upload-refused', 'AccessDenied')),
    };
    const { exitCode, problems, manifest } = await run({ store });
    expect(exitCode).toBe(3);
    expect(problems[0]?.remedy).toContain('arn:aws-cn:s3:::reports/AWSRecon/latest.json');
    expect(manifest.totals.succeeded).toBe(2);
  });

  it('creates latest.json where reading an absent object is refused', async () => {
    const store = memoryStore();
    const { getText } = store;
    const listless = {
      ...store,
      getText: async (key: string) =>
        (await getText(key)) ?? Promise.reject(new InventoryError('upload-refused', 'AccessDenied')),
    };
    expect((await run({ store: listless })).exitCode).toBe(0);
    expect(latestIn(store.objects).accounts).toHaveLength(2);
  });

  it('leaves latest.json alone when reading it fails in passing', async () => {
    const store = memoryStore(new Map([['AWSRecon/latest.json', 'precious']]));
    const away = {
      ...store,
      getText: async () => Promise.reject(new InventoryError('upload-unavailable', '503')),
      putTextIfUnchanged: async (key: string, text: string) => {
        store.objects.set(key, text);
        return 'written' as const;
      },
    };
    expect((await run({ store: away })).exitCode).toBe(3);
    expect(store.objects.get('AWSRecon/latest.json')).toBe('precious');
  });

  it('retries what failed, and an account that left since is a row of its own', async () => {
    const store = memoryStore();
    const failed = { ...(await run({ store })).manifest, run: 'old', date: '2026-11-21' };
    const [first] = failed.accounts;
    if (first === undefined) throw new Error('no account');
    const accounts = [
      { ...first, outcome: 'failed' as const },
      { ...first, id: '999999999999', outcome: 'partial' as const },
    ];
    store.objects.set('AWSRecon/2026/11/21/run_old.json', JSON.stringify({ ...failed, accounts }));
    const { manifest, exitCode } = await run({ store, retry: '2026-11-21/old' });
    expect(manifest.retryOf).toBe('old');
    expect(manifest.accounts.map(({ id, code }) => [id, code])).toEqual([
      ['111111111111', null],
      ['222222222222', 'not-selected'],
      ['999999999999', 'unknown-account'],
    ]);
    expect(exitCode).toBe(3);
  });

  it('refuses to retry a damaged manifest, and says which', async () => {
    const store = memoryStore(new Map([['AWSRecon/2026/11/21/run_old.json', '{']]));
    await expect(run({ store, retry: '2026-11-21/old' })).rejects.toMatchObject({
      code: 'run-not-found',
      message: expect.stringContaining('run_old.json cannot be read'),
    });
  });
});
