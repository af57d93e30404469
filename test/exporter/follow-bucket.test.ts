// The following over S3: which requests it sends, and what it does when they are refused, fail or hang.
import { createHash } from 'node:crypto';
import { PutBucketVersioningCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { beforeEach, describe, expect, inject, it, onTestFinished } from 'vitest';
import { type Bucket, closeBucket, openBucket } from '../../clients/aws/s3.ts';
import { type Documents, openBucketDocuments } from '../../clients/results/documents.ts';
import type { LatestAccount } from '../../contract/manifest.ts';
import { createFollower, type Follower } from '../../exporter/follow-results.ts';
import { connectTo } from '../setup/connection.ts';
import { type RecordingServer, type Rule, s3Error, startRecordingServer } from '../setup/recording-server.ts';
import { randomAccountId } from '../setup/run-container.ts';
import { idOf, latest, row, scanText, silentLog } from './fixtures.ts';

let server: RecordingServer;
let rule: Rule;
let bucket: Bucket;
let documents: Documents;
let follower: Follower;

beforeEach(async () => {
  rule = () => undefined;
  server = await startRecordingServer(inject('simulator'), request => rule(request));
  const connection = connectTo(server.url, 1);
  bucket = openBucket(connection, { name: `exporter-${randomAccountId()}` });
  documents = openBucketDocuments(connection, { name: bucket.name });
  const stop = new AbortController();
  onTestFinished(async () => {
    stop.abort();
    documents.close();
    closeBucket(bucket);
    await server.stop();
  });
  await fetch(`${inject('simulator')}/${bucket.name}`, { method: 'PUT', headers: { 'content-length': '0' } });
  const versioning = { Status: 'Enabled' as const };
  await bucket.client.send(
    new PutBucketVersioningCommand({ Bucket: bucket.name, VersioningConfiguration: versioning }),
  );
  follower = createFollower({
    ...{ documents, prefix: 'AWSRecon', interval: 60, log: silentLog(), signal: stop.signal },
    prepare: async () => undefined,
  });
});

const put = async (Key: string, Body: string): Promise<string | null> =>
  (await bucket.client.send(new PutObjectCommand({ Bucket: bucket.name, Key, Body }))).VersionId ?? null;

const scan = async (digit: number, minute: number): Promise<LatestAccount> => {
  const text = scanText({ account: idOf(digit), finishedAt: `2026-11-20T01:0${minute}:00.000Z` });
  const key = `AWSRecon/2026/11/20/scan_${idOf(digit)}.json`;
  const sha256 = createHash('sha256').update(text).digest('hex');
  const report = { kind: 'scan', key, versionId: await put(key, text), sha256, bytes: text.length };
  return row({ id: idOf(digit), reports: [report] });
};

const putLatest = (accounts: readonly LatestAccount[]) => put('AWSRecon/latest.json', JSON.stringify(latest(accounts)));

/** What the look asked for, and how it was answered by the state that it leaves. */
const look = async () => {
  server.requests.length = 0;
  await follower.refresh();
  return server.requests
    .map(
      ({ method, url }) =>
        `${method} ${url
          .replace(/\?x-id=GetObject$/, '')
          .split('/')
          .at(-1)}`,
    )
    .sort();
};

const minutes = () => follower.state().snapshot?.accounts.map(({ digest }) => digest?.finishedAt.slice(15, 16));

describe('following a bucket', () => {
  it('asks for objects alone: latest.json, the scans that are new, and then only whether something has changed', async () => {
    const rows = [await scan(1, 1), await scan(2, 2)];
    await putLatest(rows);
    expect(await look()).toEqual(['GET latest.json', `GET scan_${idOf(1)}.json`, `GET scan_${idOf(2)}.json`]);
    expect(minutes()).toEqual(['1', '2']);
    expect(await look()).toEqual(['GET latest.json']);
    expect(server.requests[0]?.headers['if-none-match']).toMatch(/^"[0-9a-f]{32}"$/);
    await putLatest([rows[0] as LatestAccount, await scan(2, 5)]);
    expect(await look()).toEqual(['GET latest.json', `GET scan_${idOf(2)}.json`]);
    expect(minutes()).toEqual(['1', '5']);
  });

  it('reads the version that latest.json names while a later run has written only half of its reports', async () => {
    const rows = [await scan(1, 1), await scan(2, 2)];
    await putLatest(rows);
    await scan(1, 8);
    const [, ...asked] = await look();
    expect(minutes()).toEqual(['1', '2']);
    expect(asked.filter(url => url.includes('versionId='))).toHaveLength(1);
  });

  it('says what it may not read, and that a version needs a right of its own', async () => {
    await putLatest([await scan(1, 1), await scan(2, 2)]);
    await scan(1, 8);
    rule = ({ url }) =>
      url.includes('versionId=') ? s3Error(403, 'AccessDenied', 'no s3:GetObjectVersion') : undefined;
    await look();
    const { snapshot, failures } = follower.state();
    expect(failures).toBe(0);
    expect(snapshot?.problems).toMatchObject([
      { account: idOf(1), reason: 'unreadable', message: expect.stringContaining('no s3:GetObjectVersion') as string },
    ]);
    expect(minutes()).toEqual([undefined, '2']);
  });

  it.each([
    ['is down', s3Error(503, 'ServiceUnavailable', 'later'), 'results-unavailable'],
    ['refuses', s3Error(403, 'AccessDenied', 'not you'), 'results-denied'],
    ['has no such bucket any more', s3Error(404, 'NoSuchBucket', 'gone'), 'results-not-found'],
    ['answers with no object', { status: 200, body: '<html>a proxy’s page</html>' }, 'report-unreadable'],
  ])('keeps its snapshot when S3 %s', async (_name, answer, code) => {
    await putLatest([await scan(1, 1)]);
    await look();
    rule = () => answer;
    await look();
    expect(follower.state()).toMatchObject({ failure: { code }, failures: 1 });
    expect(minutes()).toEqual(['1']);
    rule = () => undefined;
    await look();
    expect(follower.state()).toMatchObject({ failure: undefined, failures: 0, snapshot: { problems: [] } });
  });

  it('gives up on a look when eight reports in a row get no answer, and goes on there at the next', async () => {
    const rows = await Promise.all([1, 2, 3, 4, 5, 6, 7, 8, 9].map(digit => scan(digit, digit)));
    await putLatest(rows);
    rule = ({ url }) => (url.includes('scan_') ? s3Error(500, 'InternalError', 'try again') : undefined);
    await look();
    expect(follower.state()).toMatchObject({ snapshot: undefined, failure: { code: 'results-unavailable' } });
    rule = () => undefined;
    // The ninth was on its way when the look was given up, and may still ask once more.
    expect(new Set(await look()).size).toBe(10);
    expect(minutes()).toEqual(['1', '2', '3', '4', '5', '6', '7', '8', '9']);
  });
});

describe('a document', () => {
  const question = { key: 'x', maxBytes: 10, milliseconds: 5_000 };

  it('is given up when it does not come in time', async () => {
    rule = () => 'never';
    await expect(documents.read({ ...question, milliseconds: 100 })).rejects.toMatchObject({
      code: 'results-unavailable',
    });
  });

  it('is not kept when it is larger than the reader has room for', async () => {
    await put('x', 'a'.repeat(11));
    expect(await documents.read(question)).toEqual({ kind: 'too-large', bytes: 11 });
    expect(await documents.read({ ...question, maxBytes: 11 })).toMatchObject({ kind: 'read' });
  });

  it('is absent', async () => {
    expect(await documents.read(question)).toEqual({ kind: 'absent' });
  });
});
