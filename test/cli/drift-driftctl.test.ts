// `aws-inventory drift` in driftctl's and its exporter's place: their variables, exit codes, places and last words.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CreateBucketCommand, GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { describe, expect, inject, it, onTestFinished } from 'vitest';
import { driftReportSchema } from '../../contract/drift/drift-report.ts';
import { driftctlDocumentSchema } from '../../contract/drift/driftctl-document.ts';
import { emptyDocument, makeFake, ownDirectory, writes } from '../clients/driftctl/fake-driftctl.ts';
import { randomAccountId } from '../setup/run-container.ts';
import { runCli } from './run-cli.ts';

const item = { id: 'https://sqs.eu-west-1.amazonaws.com/1/a', type: 'aws_sqs_queue' };
const inSync = {
  ...emptyDocument,
  summary: { ...emptyDocument.summary, total_resources: 1, total_managed: 1 },
  managed: [{ ...item, source: { source: 'tfstate://a', namespace: '', internal_name: 'a' } }],
  coverage: 100,
};
const drifted = {
  ...emptyDocument,
  summary: { ...emptyDocument.summary, total_resources: 1, total_unmanaged: 1 },
  unmanaged: [item],
};

const own = {
  AWS_REGION: 'eu-west-1',
  AWS_ACCESS_KEY_ID: 'AKIATESTRUNNER000001',
  AWS_SECRET_ACCESS_KEY: 'runner-own-secret',
  AWS_MAX_ATTEMPTS: '2',
};

const drift = async (lines: string, environment: Readonly<Record<string, string>>, args: readonly string[] = []) => {
  const directory = ownDirectory();
  const fake = makeFake(lines);
  const common = { ...own, AWS_ENDPOINT_URL: inject('simulator'), INVENTORY_DRIFTCTL: fake.command };
  const end = await runCli(directory, ['drift', ...args], { ...common, ...environment });
  const passed = join(fake.here, 'environment');
  return { ...end, directory, environment: existsSync(passed) ? readFileSync(passed, 'utf8') : '' };
};

/** The messages of the log's lines; a person's lines beside them are none. */
const messagesOf = (stderr: string): string[] =>
  stderr.split('\n').flatMap(line => (line.startsWith('{') ? String((JSON.parse(line) as { msg: unknown }).msg) : []));

describe('with DCTL_FROM', () => {
  it.each([
    ['in sync', inSync, 0],
    ['drifted', drifted, 1],
  ])('driftctl itself is run, and an account that is %s ends with its code', async (_case, document, code) => {
    const { exitCode, stdout, environment } = await drift(writes(document, code), { DCTL_FROM: 'tfstate://a' }, [
      '--output',
      'json',
    ]);
    expect(exitCode).toBe(code);
    expect(environment).toContain('DCTL_FROM=tfstate://a\n');
    const said = JSON.parse(stdout) as Record<string, unknown>;
    expect(said).toMatchObject({
      ...document,
      ...{ managed: document.managed ?? [], unmanaged: document.unmanaged ?? [], missing: [], alerts: {} },
    });
    expect(said).toMatchObject({
      account: '123456789012',
      engine: 'driftctl',
      drift_detected: code === 1,
      differences: [],
    });
    expect(said['summary']).toMatchObject({ total_changed: 0, unmanaged_resources: document.summary.total_unmanaged });
    for (const schema of [driftctlDocumentSchema, driftReportSchema]) expect(schema.safeParse(said).success).toBe(true);
  });

  it('what everything denied looks like is an error, and no sync', async () => {
    const denied = { ...emptyDocument, alerts: { aws_sqs_queue: [{ message: 'Ignoring aws_sqs_queue: denied' }] } };
    const { exitCode, stderr } = await drift(writes(denied, 0), { DCTL_FROM: 'tfstate://a' });
    expect(exitCode).toBe(2);
    expect(stderr).toContain('aws_sqs_queue');
  });

  it('a type that is denied beside others is no sync either', async () => {
    const partly = { ...inSync, alerts: { aws_iam_user: [{ message: 'Ignoring aws_iam_user: denied' }] } };
    const { exitCode, stderr } = await drift(writes(partly, 0), { DCTL_FROM: 'tfstate://a' });
    expect(exitCode).toBe(2);
    expect(stderr).toContain('drift-incomplete');
    expect(stderr).toContain('aws_iam_user');
  });

  it('a driftctl that fails is 2, and says what it said', async () => {
    const { exitCode, stderr, stdout } = await drift('echo "cannot read state" >&2; exit 2', {
      DCTL_FROM: 'tfstate://a',
    });
    expect([exitCode, stdout]).toEqual([2, '']);
    expect(stderr).toContain('driftctl-failed');
    expect(stderr).toContain('cannot read state');
  });

  it('flags that driftctl would not hear are refused before it is run', async () => {
    const { exitCode, stderr, environment } = await drift(writes(inSync, 0), { DCTL_FROM: 'tfstate://a' }, [
      '--regions',
      'eu-west-1,us-east-1',
      '--types',
      'AWS::SQS::Queue',
    ]);
    expect([exitCode, environment]).toEqual([2, '']);
    expect(stderr).toContain('--types, --regions with more than one region');
    expect(stderr).toContain('--engine ours');
  });

  it('driftctl that is absent is said, and our engine is not taken for it', async () => {
    const { exitCode, stderr } = await drift('', { DCTL_FROM: 'tfstate://a', INVENTORY_DRIFTCTL: '/absent' });
    expect(exitCode).toBe(2);
    expect(stderr).toContain('driftctl-absent');
    expect(stderr).toContain('engine ours');
  });
});

describe('with RESULT_PATH', () => {
  const last = 'Drift Scan Report saved. Task Finished.';

  it('the report goes into the file, and drift is no failure', async () => {
    const directory = ownDirectory();
    const result = join(directory, 'results.json');
    writeFileSync(result, 'of the scan before');
    const end = await drift(writes(drifted, 1), { DCTL_FROM: 'tfstate://a', RESULT_PATH: `file://${result}` });
    expect([end.exitCode, end.stdout]).toEqual([0, '']);
    expect(JSON.parse(readFileSync(result, 'utf8'))).toMatchObject({ unmanaged: [item], drift_detected: true });
    expect(messagesOf(end.stderr)).toEqual([
      'Starting a Drift Scan.',
      'Drift Scan complete successfully. Sending the result for FILE Repository.',
      last,
    ]);
  });

  it('the report goes to a server of one’s own, with its keys', async () => {
    const s3 = new S3Client({
      endpoint: inject('simulator'),
      region: 'us-east-1',
      forcePathStyle: true,
      credentials: { accessKeyId: 'server-key', secretAccessKey: 'server-secret' },
    });
    onTestFinished(() => s3.destroy());
    const Bucket = `drift-${randomAccountId()}`;
    await s3.send(new CreateBucketCommand({ Bucket }));
    const server = {
      AWS_S3_ENDPOINT_URL: inject('simulator'),
      AWS_S3_ACCESS_KEY_ID: 'server-key',
      AWS_S3_SECRET_ACCESS_KEY: 'server-secret',
    };
    const end = await drift(writes(inSync, 0), {
      ...server,
      DCTL_FROM: 'tfstate://a',
      RESULT_PATH: `s3://${Bucket}/a/results.json`,
    });
    expect(end.exitCode).toBe(0);
    expect(messagesOf(end.stderr).at(-1)).toBe(last);
    const saved = await s3.send(new GetObjectCommand({ Bucket, Key: 'a/results.json' }));
    expect(saved.ContentType).toBe('application/json');
    expect(JSON.parse((await saved.Body?.transformToString()) ?? '')).toMatchObject({
      coverage: 100,
      managed: inSync.managed,
    });
  });

  it.each([
    ['a bucket that is not there', 's3://no-such-bucket-of-mine/results.json', 'upload-refused'],
    ['a directory that is not there', 'file:///absent/results.json', 'upload-refused'],
  ])('%s is 1, and nothing says that it was saved', async (_case, place, code) => {
    const end = await drift(writes(inSync, 0), { DCTL_FROM: 'tfstate://a', RESULT_PATH: place });
    expect(end.exitCode).toBe(1);
    expect(end.stderr).toContain(code);
    expect(messagesOf(end.stderr)).not.toContain(last);
  });

  it.each([
    [
      'half an endpoint',
      { AWS_S3_ENDPOINT_URL: 'http://127.0.0.1:9' },
      's3://b/k.json',
      'AWS_S3_ACCESS_KEY_ID and AWS_S3_SECRET_ACCESS_KEY not',
    ],
    [
      'keys without their endpoint',
      { AWS_S3_ACCESS_KEY_ID: 'a', AWS_S3_SECRET_ACCESS_KEY: 'b' },
      's3://b/k.json',
      'AWS_S3_ENDPOINT_URL not',
    ],
    ['another scheme', {}, 'gs://b/k.json', 'no place of a document'],
    ['a bucket without a key', {}, 's3://b', 'no place of a document'],
  ])('%s is refused before driftctl is asked', async (_case, more, place, said) => {
    const end = await drift(writes(inSync, 0), { ...more, DCTL_FROM: 'tfstate://a', RESULT_PATH: place });
    expect(end.exitCode).toBe(1);
    expect(end.stderr).toContain(said);
    expect(end.environment).toBe('');
  });

  it('a failed scan leaves the report of the one before', async () => {
    const result = join(ownDirectory(), 'results.json');
    writeFileSync(result, 'of the scan before');
    const end = await drift('exit 2', { DCTL_FROM: 'tfstate://a', RESULT_PATH: `file://${result}` });
    expect(end.exitCode).toBe(1);
    expect(readFileSync(result, 'utf8')).toBe('of the scan before');
  });
});
