// `aws-inventory exporter` with RESULT_PATH, in the driftctl exporter's place: the real process over S3's protocol and over a file.
import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CreateBucketCommand, DeleteObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { describe, expect, inject, it, onTestFinished } from 'vitest';
import { ownDirectory } from '../clients/driftctl/fake-driftctl.ts';
import { goldenLines, goldenResult, laterResult } from '../exporter/driftctl-result/results.ts';
import { readExposition } from '../exporter/metrics/read-exposition.ts';
import { type RecordedRequest, type Rule, s3Error, startRecordingServer } from '../setup/recording-server.ts';
import { randomAccountId } from '../setup/run-container.ts';
import { startProgram } from './start-program.ts';

const exporter = (environment: Readonly<Record<string, string>>, args: readonly string[] = []) => {
  const program = startProgram({ args: ['exporter', '--port', '0', ...args], environment });
  onTestFinished(async () => {
    await program.stop('SIGKILL');
  });
  return program;
};

const scrape = async (url: string) => {
  const answer = await fetch(`${url}/metrics`);
  const text = await answer.text();
  return { status: answer.status, type: answer.headers.get('content-type'), text };
};
const readValue = (text: string, name: string): number | undefined =>
  readExposition(text).find(series => series.name === name)?.value;

/** A bucket of a server of one's own, in front of moto: what it is asked stands in `requests`. */
const bucketOf = async (rule: Rule = () => undefined) => {
  const server = await startRecordingServer(inject('simulator'), rule);
  const credentials = { accessKeyId: 'server-key', secretAccessKey: 'server-secret' };
  const s3 = new S3Client({ endpoint: inject('simulator'), region: 'us-east-1', forcePathStyle: true, credentials });
  onTestFinished(async () => {
    s3.destroy();
    await server.stop();
  });
  const Bucket = `drift-${randomAccountId()}`;
  await s3.send(new CreateBucketCommand({ Bucket }));
  const Key = 'a/results.json';
  return {
    put: (value: unknown) => s3.send(new PutObjectCommand({ Bucket, Key, Body: JSON.stringify(value) })),
    remove: () => s3.send(new DeleteObjectCommand({ Bucket, Key })),
    requests: server.requests,
    environment: {
      RESULT_PATH: `s3://${Bucket}/${Key}`,
      AWS_S3_ENDPOINT_URL: server.url,
      AWS_S3_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_S3_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      AWS_MAX_ATTEMPTS: '1',
    },
  };
};

const conditionOf = ({ headers }: RecordedRequest): unknown => headers['if-none-match'];

describe('a result in a bucket', () => {
  it('is served as the driftctl exporter serves it, on every address', async () => {
    const bucket = await bucketOf();
    await bucket.put(goldenResult);
    const program = exporter(bucket.environment);
    const { status, type, text } = await scrape(await program.url());
    expect([status, type]).toEqual([200, 'text/plain; version=0.0.4; charset=utf-8']);
    const lines = text.split('\n').filter(line => /^(total_|coverage|\w+_items_)/.test(line));
    expect(lines).toEqual(goldenLines);
    expect(readValue(text, 'process_resident_memory_bytes')).toBeGreaterThan(0);
    const other = (await program.url()).replace('127.0.0.1', '127.0.0.2');
    expect((await fetch(`${other}/live`)).status).toBe(200);
    expect(await program.stop()).toBe(0);
  });

  it('is asked for once at each scrape, with the ETag of what is known, and signed with its own keys', async () => {
    const bucket = await bucketOf();
    await bucket.put(goldenResult);
    const url = await exporter(bucket.environment).url();
    await expect.poll(async () => (await fetch(`${url}/ready`)).status).toBe(200);
    const before = bucket.requests.length;
    await scrape(url);
    await bucket.put(laterResult);
    const { text } = await scrape(url);
    expect(readValue(text, 'total_resources')).toBe(2);
    // A type that is gone is gone: aws_s3_bucket was missing.
    expect(readValue(text, 'missing_items_count_by_type')).toBeUndefined();
    const asked = bucket.requests.slice(before);
    expect(asked.map(({ method }) => method)).toEqual(['GET', 'GET']);
    expect(new Set(asked.map(conditionOf)).size).toBe(1);
    expect(conditionOf(asked[0] as RecordedRequest)).toMatch(/^"[0-9a-f]{32}"$/);
    expect(asked[0]?.headers.authorization).toContain('Credential=server-key/');
  });

  it('that is not there yet fails the scrape and says what to do; once it is there it is served', async () => {
    const bucket = await bucketOf();
    const url = await exporter(bucket.environment).url();
    const { status, text } = await scrape(url);
    expect([status, text]).toEqual([503, expect.stringMatching(/there is no result\nRun `aws-inventory drift`/)]);
    expect((await fetch(`${url}/live`)).status).toBe(200);
    expect((await fetch(`${url}/ready`)).status).toBe(503);
    expect((await fetch(`${url}/health`)).status).toBe(503);
    await bucket.put(laterResult);
    expect((await fetch(`${url}/ready`)).status).toBe(200);
    expect((await scrape(url)).status).toBe(200);
    expect(await (await fetch(url)).text()).toContain(bucket.environment.RESULT_PATH);
  });

  it('that cannot be read any more is served as it was, with its age, within two seconds', async () => {
    let down: 'never' | 'denied' | undefined;
    const bucket = await bucketOf(() =>
      down === 'never' ? 'never' : down === 'denied' ? s3Error(403, 'AccessDenied', 'no') : undefined,
    );
    await bucket.put(goldenResult);
    const url = await exporter(bucket.environment).url();
    expect(readValue((await scrape(url)).text, 'aws_inventory_driftctl_read_success')).toBe(1);
    for (const way of ['denied', 'never'] as const) {
      down = way;
      const started = performance.now();
      const { status, text } = await scrape(url);
      expect(performance.now() - started).toBeLessThan(3_000);
      expect([status, readValue(text, 'total_resources')]).toEqual([200, 16]);
      expect(readValue(text, 'aws_inventory_driftctl_read_success')).toBe(0);
      expect(readValue(text, 'aws_inventory_driftctl_result_age_seconds')).toBeGreaterThan(0);
    }
    const health = await fetch(`${url}/health`);
    expect([health.status, await health.text()]).toEqual([
      503,
      expect.stringContaining('Unhealthy - last successful read: 20'),
    ]);
    down = undefined;
    await expect.poll(async () => readValue((await scrape(url)).text, 'aws_inventory_driftctl_read_success')).toBe(1);
  });
});

describe('a result in a file', () => {
  it('is served, and so is the one that is put in its place', async () => {
    const directory = ownDirectory();
    const path = join(directory, 'results.json');
    writeFileSync(path, JSON.stringify(goldenResult));
    const url = await exporter({ RESULT_PATH: `file://${path}` }).url();
    expect(readValue((await scrape(url)).text, 'coverage')).toBe(76);
    writeFileSync(join(directory, 'next'), JSON.stringify(laterResult));
    renameSync(join(directory, 'next'), path);
    expect(readValue((await scrape(url)).text, 'coverage')).toBe(50);
  });

  it('is served by the container too, whose variables it has', async () => {
    const path = join(ownDirectory(), 'results.json');
    writeFileSync(path, JSON.stringify(goldenResult));
    const program = startProgram({
      entry: 'dist/exporter.mjs',
      args: [],
      environment: { RESULT_PATH: `file://${path}`, INVENTORY_EXPORTER_PORT: '0' },
    });
    onTestFinished(async () => {
      await program.stop('SIGKILL');
    });
    expect(readValue((await scrape(await program.url())).text, 'coverage')).toBe(76);
    expect(await program.stop()).toBe(0);
  });
});

describe('a start that cannot be', () => {
  it.each([
    ['a RESULT_PATH of another scheme', { RESULT_PATH: 'gs://bucket/key.json' }, /no place of a document/],
    ['a bucket without a key', { RESULT_PATH: 's3://bucket' }, /no place of a document/],
    [
      'half an endpoint',
      { RESULT_PATH: 's3://bucket/key.json', AWS_S3_ENDPOINT_URL: 'http://s3:9000' },
      /AWS_S3_ACCESS_KEY_ID and AWS_S3_SECRET_ACCESS_KEY not/,
    ],
    ['no RESULT_PATH and no bucket', { RESULT_PATH: '' }, /no bucket and no directory/],
  ])('ends with 2 and says so: %s', async (_name, environment, message) => {
    const { exitCode, stderr } = await exporter(environment).end;
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(message);
  });
});
