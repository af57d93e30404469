// `aws-inventory query` over a bucket: what it downloads, what it keeps, and what it takes for no report.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PutBucketVersioningCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { afterEach, beforeEach, expect, inject, it } from 'vitest';
import { type Bucket, closeBucket, openBucket } from '../../clients/aws/s3.ts';
import { connectTo } from '../setup/connection.ts';
import {
  type Answer,
  type RecordedRequest,
  type RecordingServer,
  s3Error,
  startRecordingServer,
} from '../setup/recording-server.ts';
import { ownCredentials, randomAccountId } from '../setup/run-container.ts';
import { ids, runObjects } from './query-fixture.ts';
import { runQuery } from './run-query.ts';

let home: string;
let server: RecordingServer;
let rule: (request: RecordedRequest) => Answer | undefined;
let bucket: Bucket;

beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'inventory-test-'));
  rule = () => undefined;
  server = await startRecordingServer(inject('simulator'), request => rule(request));
  const name = `query-${randomAccountId()}`;
  await fetch(`${inject('simulator')}/${name}`, { method: 'PUT', headers: { 'content-length': '0' } });
  bucket = openBucket(connectTo(server.url), { name });
});

afterEach(async () => {
  closeBucket(bucket);
  await server.stop();
  rmSync(home, { recursive: true, force: true });
});

const put = async (key: string, text: string): Promise<string | undefined> =>
  (await bucket.client.send(new PutObjectCommand({ Bucket: bucket.name, Key: key, Body: text }))).VersionId;

const putAll = async (objects: ReadonlyMap<string, string>) => {
  for (const [key, text] of objects) await put(key, text);
};

const ask = (sql: string, ...args: string[]) => {
  server.requests.length = 0;
  return runQuery(home, ['--bucket', bucket.name, sql, ...args], {
    environment: { ...ownCredentials, AWS_ENDPOINT_URL: server.url, AWS_REGION: 'us-east-1', AWS_MAX_ATTEMPTS: '1' },
  });
};

/** Keys that were read, reports by their file name. */
const read = (): string[] =>
  server.requests
    .filter(({ method, url }) => method === 'GET' && !url.includes('list-type'))
    .map(({ url }) => url.replace(/^.*\/|\?.*$/g, ''))
    .sort();

const cacheDirectory = () => join(home, 'aws-inventory-orchestrator', 'reports', bucket.name);
const reconKey = (id: string) => `AWSRecon/2026/11/22/recon_${id}.json`;
const everyReport = [ids.prod, ids.test, ids.partial].map(id => `recon_${id}.json`);
const count = 'select count(*) as n from resources';

it('fetches each report once: a second query reads the newest entries alone', async () => {
  await putAll(runObjects());
  const first = await ask(count);
  expect(first).toMatchObject({ exitCode: 0, stdout: 'n\n10' });
  expect(first.stderr).toContain('Fetched 3 reports');
  expect(read()).toEqual(['latest.json', ...everyReport]);
  const second = await ask(count);
  expect(second).toMatchObject({ exitCode: 0, stdout: 'n\n10' });
  expect(second.stderr).not.toContain('Fetched');
  expect(read()).toEqual(['latest.json']);
});

it('fetches what the SQL names and no more', async () => {
  await putAll(runObjects());
  expect((await ask('select count(*) as n from accounts')).stdout).toBe('n\n5');
  expect(read()).toEqual(['latest.json']);
  await ask('select count(*) as n from coverage', '--account', ids.prod);
  expect(read()).toEqual(['latest.json', `scan_${ids.prod}.json`]);
});

it('keeps reports for its user alone, without leavings, and for as long as they are used', async () => {
  await putAll(runObjects());
  await ask(count);
  const files = readdirSync(cacheDirectory());
  expect(files).toHaveLength(3);
  expect(files.every(name => /^[0-9a-f]{64}\.json$/.test(name))).toBe(true);
  expect(statSync(cacheDirectory()).mode & 0o077).toBe(0);
  expect(statSync(join(cacheDirectory(), files[0] ?? '')).mode & 0o077).toBe(0);
  const longAgo = new Date(Date.now() - 90 * 86_400_000);
  for (const name of files) utimesSync(join(cacheDirectory(), name), longAgo, longAgo);
  // One of them is fetched anew, which is when the others are looked at; they have just been used.
  writeFileSync(join(cacheDirectory(), files[0] ?? ''), 'torn');
  const unused = join(cacheDirectory(), `${'0'.repeat(64)}.json`);
  writeFileSync(unused, '[]');
  utimesSync(unused, longAgo, longAgo);
  expect((await ask(count)).stdout).toBe('n\n10');
  expect(read()).toHaveLength(2);
  expect(readdirSync(cacheDirectory()).sort()).toEqual(files.sort());
});

it('refuses a report whose SHA-256 is not the one of the manifest, and keeps nothing of it', async () => {
  const objects = runObjects();
  const text = objects.get(reconKey(ids.prod)) ?? '';
  objects.set(reconKey(ids.prod), text.replace('i-1', 'i-9'));
  await putAll(objects);
  const { exitCode, stdout, stderr } = await ask(count);
  expect({ exitCode, stdout }).toEqual({ exitCode: 3, stdout: '' });
  expect(stderr).toContain('report-unreadable');
  expect(stderr).toMatch(
    new RegExp(`${ids.prod}: ${reconKey(ids.prod)} has the SHA-256 [0-9a-f]{64}, the manifest says`),
  );
  expect(readdirSync(cacheDirectory())).toHaveLength(2);
  expect((await ask(count, '--exclude', ids.prod)).stdout).toBe('n\n5');
});

it('reads the version that the manifest names when a newer one lies above it', async () => {
  await bucket.client.send(
    new PutBucketVersioningCommand({ Bucket: bucket.name, VersioningConfiguration: { Status: 'Enabled' } }),
  );
  const objects = runObjects();
  const version = await put(reconKey(ids.prod), objects.get(reconKey(ids.prod)) ?? '');
  objects.set(reconKey(ids.prod), '[]\n');
  const latest = JSON.parse(objects.get('AWSRecon/latest.json') ?? '');
  latest.accounts[0].reports[0].versionId = version;
  objects.set('AWSRecon/latest.json', JSON.stringify(latest));
  await putAll(objects);
  expect((await ask(count)).stdout).toBe('n\n10');
  expect(server.requests.filter(({ url }) => url.includes(`versionId=${version}`))).toHaveLength(1);
});

it('names the account whose report is gone from the bucket', async () => {
  const objects = runObjects();
  objects.delete(reconKey(ids.test));
  await putAll(objects);
  const { exitCode, stderr } = await ask(count);
  expect(exitCode).toBe(3);
  expect(stderr).toContain(`${ids.test}: ${reconKey(ids.test)} is not there`);
});

it('finds the runs of a day by listing its folder', async () => {
  await putAll(runObjects('2026-11-15', 'older'));
  await putAll(runObjects('2026-11-22', 'newer'));
  expect((await ask('select distinct run from accounts', '--date', '2026-11-15')).stdout).toBe('run\nolder');
  expect(read()).toEqual(['run_older.json']);
  const none = await ask('select 1', '--date', '2026-11-16');
  expect(none.exitCode).toBe(2);
  expect(none.stderr).toContain('has no run of 2026-11-16 under AWSRecon');
});

it.each([
  ['a bucket without results', undefined, 2, 'results-not-found'],
  ['a refusal', s3Error(403, 'AccessDenied', 'Access Denied'), 2, 'results-denied'],
  ['a missing bucket', s3Error(404, 'NoSuchBucket', 'There is none'), 2, 'results-not-found'],
  ['a bucket out of order', s3Error(503, 'ServiceUnavailable', 'Try later'), 1, 'results-unavailable'],
  ['an old session', s3Error(400, 'ExpiredToken', 'The provided token has expired.'), 2, 'no-credentials'],
])('says of %s what it is', async (_what, answer, exit, code) => {
  rule = ({ method }) => (method === 'GET' ? answer : undefined);
  const { exitCode, stdout, stderr } = await ask(count);
  expect({ exitCode, stdout }).toEqual({ exitCode: exit, stdout: '' });
  expect(stderr).toContain(`${code}:`);
});

it('asks the bucket of its owner, when the settings name one', async () => {
  await putAll(runObjects());
  const config = join(home, 'config.yaml');
  writeFileSync(config, `reports: {bucket: ${bucket.name}, expectedOwner: "123456789012"}\n`);
  await ask(count, '--config', config);
  expect(server.requests.map(({ headers }) => headers['x-amz-expected-bucket-owner'])).toEqual(
    Array.from({ length: 4 }, () => '123456789012'),
  );
});

it('takes no name from the manifest for a path of this machine', async () => {
  const objects = runObjects();
  const latest = JSON.parse(objects.get('AWSRecon/latest.json') ?? '');
  latest.accounts[0].reports[0].sha256 = '../../../outside';
  objects.set('AWSRecon/latest.json', JSON.stringify(latest));
  await putAll(objects);
  mkdirSync(cacheDirectory(), { recursive: true });
  const { exitCode, stderr } = await ask(count);
  expect(exitCode).toBe(3);
  expect(stderr).toContain(`${ids.prod}: the manifest's SHA-256`);
  expect(existsSync(join(home, 'outside.json'))).toBe(false);
});
