// `aws-inventory drift` with our own engine, as a person runs it, against an account of the simulator.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { beforeAll, describe, expect, inject, it, onTestFinished } from 'vitest';
import { driftReportSchema } from '../../contract/drift/drift-report.ts';
import { ownDirectory } from '../clients/driftctl/fake-driftctl.ts';
import { type RecordedRequest, type Rule, startRecordingServer, stsError } from '../setup/recording-server.ts';
import { randomAccountId } from '../setup/run-container.ts';
import { runCli } from './run-cli.ts';

const account = randomAccountId();
const region = 'eu-west-1';
const stateBucket = `states-${account}`;
const urlOf = (name: string) => `${inject('simulator')}/${account}/${name}`;
const arnOf = (name: string) => `arn:aws:sqs:${region}:${account}:${name}`;

let keys: Record<string, string>;

const resource = (name: string) => ({
  mode: 'managed',
  type: 'aws_sqs_queue',
  name,
  provider: 'provider["registry.terraform.io/hashicorp/aws"]',
  instances: [
    {
      schema_version: 0,
      attributes: { id: urlOf(name), url: urlOf(name), arn: arnOf(name), name, region },
      sensitive_attributes: [],
    },
  ],
});
const stateOf = (...names: readonly string[]): string =>
  JSON.stringify({
    version: 4,
    terraform_version: '1.11.4',
    serial: 1,
    lineage: 'l',
    outputs: {},
    resources: names.map(resource),
  });

beforeAll(async () => {
  const endpoint = inject('simulator');
  const own = { accessKeyId: 'AKIATESTRUNNER000001', secretAccessKey: 'runner-own-secret' };
  const sts = new STSClient({ endpoint, region, credentials: own });
  const role = { RoleArn: `arn:aws:iam::${account}:role/me`, RoleSessionName: 'me' };
  const { Credentials: session } = await sts.send(new AssumeRoleCommand(role));
  keys = {
    AWS_ACCESS_KEY_ID: session?.AccessKeyId ?? '',
    AWS_SECRET_ACCESS_KEY: session?.SecretAccessKey ?? '',
    AWS_SESSION_TOKEN: session?.SessionToken ?? '',
  };
  const credentials = {
    accessKeyId: keys['AWS_ACCESS_KEY_ID'] ?? '',
    secretAccessKey: keys['AWS_SECRET_ACCESS_KEY'] ?? '',
    sessionToken: keys['AWS_SESSION_TOKEN'] ?? '',
  };
  const sqs = new SQSClient({ endpoint, region, credentials });
  for (const QueueName of ['declared', 'by-hand']) await sqs.send(new CreateQueueCommand({ QueueName }));
  const s3 = new S3Client({ endpoint, region, credentials, forcePathStyle: true });
  const CreateBucketConfiguration = { LocationConstraint: region } as const;
  await s3.send(new CreateBucketCommand({ Bucket: stateBucket, CreateBucketConfiguration }));
  await s3.send(new PutObjectCommand({ Bucket: stateBucket, Key: 'prod/a.tfstate', Body: stateOf('declared') }));
  for (const client of [sts, sqs, s3]) client.destroy();
});

const drift = (args: readonly string[], more: Readonly<Record<string, string>> = {}, directory = ownDirectory()) =>
  runCli(directory, ['drift', '--regions', region, '--types', 'AWS::SQS::Queue', '--engine', 'ours', ...args], {
    AWS_ENDPOINT_URL: inject('simulator'),
    AWS_REGION: region,
    AWS_MAX_ATTEMPTS: '2',
    ...keys,
    ...more,
  });

const inDirectory = (...names: readonly string[]): string => {
  const directory = ownDirectory();
  writeFileSync(join(directory, 'terraform.tfstate'), stateOf(...names));
  return directory;
};

const reportOf = (stdout: string) => driftReportSchema.parse(JSON.parse(stdout));
const idsOf = (items: readonly { readonly id: string }[]) => items.map(({ id }) => id.split('/').at(-1));

describe('aws-inventory drift', () => {
  it('names what is managed, unmanaged and missing, as JSON alone on stdout, and ends with 1', async () => {
    const { exitCode, stdout } = await drift(['--output', 'json'], {}, inDirectory('declared', 'gone'));
    const report = reportOf(stdout);
    expect(report.account).toBe(account);
    expect([report.managed, report.unmanaged, report.missing].map(idsOf)).toEqual([
      ['declared'],
      ['by-hand'],
      ['gone'],
    ]);
    expect(report.summary).toMatchObject({ total_managed: 1, total_unmanaged: 1, total_missing: 1 });
    expect(exitCode).toBe(1);
  });

  it('ends with 0 in sync, and says so to a person', async () => {
    const { exitCode, stdout } = await drift([], {}, inDirectory('declared', 'by-hand'));
    expect(stdout).toContain('fully in sync');
    expect(exitCode).toBe(0);
  });

  it('ends with 2 where a listing was denied: what lies there unmanaged nobody has seen', async () => {
    const server = await startRecordingServer(inject('simulator'), ({ body }) =>
      body.toString().includes('Action=ListTopics')
        ? stsError(403, 'AuthorizationError', 'is not authorized to perform: SNS:ListTopics')
        : undefined,
    );
    onTestFinished(() => server.stop());
    const { exitCode, stdout, stderr } = await drift(
      ['--types', 'AWS::SQS::Queue,AWS::SNS::Topic'],
      { AWS_ENDPOINT_URL: server.url },
      inDirectory('declared', 'by-hand'),
    );
    expect(stdout).not.toContain('fully in sync');
    expect(stdout).toContain(`aws_sns_topic: could not be listed whole in ${region}: denied`);
    expect(stderr).toContain('drift-incomplete');
    expect(exitCode).toBe(2);
  });

  it('writes import blocks for what is unmanaged', async () => {
    const { exitCode, stdout } = await drift(['--output', 'import'], {}, inDirectory('declared'));
    expect(stdout).toMatch(/import \{\n\s+to\s+= aws_sqs_queue\.by_hand\n/);
    expect(exitCode).toBe(1);
  });

  it('reads states in S3 by a glob, and saves the report', async () => {
    const directory = ownDirectory();
    const from = `tfstate+s3://${stateBucket}/**/*.tfstate`;
    const { exitCode } = await drift(['--from', from, '--save', 'drift.json'], {}, directory);
    const report = reportOf(readFileSync(join(directory, 'drift.json'), 'utf8'));
    expect(report.sources.map(({ location, outcome }) => [location, outcome])).toEqual([
      [`tfstate+s3://${stateBucket}/prod/a.tfstate`, 'read'],
    ]);
    expect(idsOf(report.unmanaged)).toEqual(['by-hand']);
    expect(exitCode).toBe(1);
  });

  describe('with a role for the states', () => {
    const role = `arn:aws:iam::${account}:role/state-reader`;
    const flags = ['--from', `tfstate+s3://${stateBucket}/prod/a.tfstate`, '--state-role', role, '--output', 'json'];
    const recorded = async (rule: Rule) => {
      const server = await startRecordingServer(inject('simulator'), rule);
      onTestFinished(() => server.stop());
      return server;
    };
    const isForRole = ({ body }: RecordedRequest) => body.toString().includes(encodeURIComponent(role));

    it('reads them with its session, and everything else without', async () => {
      const server = await recorded(() => undefined);
      const { exitCode, stdout } = await drift([...flags, '--state-external-id', 'shared'], {
        AWS_ENDPOINT_URL: server.url,
      });
      expect(reportOf(stdout).sources).toMatchObject([{ outcome: 'read' }]);
      expect(exitCode).toBe(1);
      expect(server.requests.find(isForRole)?.body.toString()).toContain('ExternalId=shared');
      const keyOf = ({ headers }: RecordedRequest) => /Credential=(\w+)/.exec(headers.authorization ?? '')?.[1];
      const reading = server.requests.filter(({ url }) => url.includes(stateBucket)).map(keyOf);
      expect(reading.length).toBeGreaterThan(0);
      expect(reading).not.toContain(keys['AWS_ACCESS_KEY_ID']);
      expect(server.requests.filter(({ url }) => !url.includes(stateBucket)).map(keyOf)).not.toContain(reading[0]);
    });

    it('that is refused ends with 2 before the account is swept', async () => {
      const server = await recorded(request =>
        isForRole(request) ? stsError(403, 'AccessDenied', 'is not authorized') : undefined,
      );
      const { exitCode, stdout, stderr } = await drift(flags, { AWS_ENDPOINT_URL: server.url });
      expect([exitCode, stdout]).toEqual([2, '']);
      expect(stderr).toContain('state-role-refused');
      expect(stderr).toContain('ExternalId');
      expect(server.requests).toHaveLength(2);
    });
  });

  it('leaves out what .driftignore and the settings say', async () => {
    const directory = inDirectory('declared', 'gone');
    writeFileSync(join(directory, '.driftignore'), `aws_sqs_queue.${urlOf('by-hand').replaceAll('.', '\\.')}\n`);
    const rule = { type: 'aws_sqs_queue', id: '*/gone', owner: 'me', reason: 'gone for good' };
    writeFileSync(join(directory, 'config.yaml'), JSON.stringify({ drift: { ignore: [rule] } }));
    const { exitCode, stdout } = await drift(['--output', 'json'], {}, directory);
    expect(reportOf(stdout).summary).toMatchObject({ total_unmanaged: 0, total_missing: 0, total_ignored: 2 });
    expect(exitCode).toBe(0);
  });

  it('leaves out what driftctl’s own variable says, whatever the file has', async () => {
    const directory = inDirectory('declared', 'gone');
    writeFileSync(join(directory, '.driftignore'), '*\n');
    const { exitCode, stdout } = await drift(
      ['--output', 'json'],
      { DCTL_IGNORE: 'aws_sqs_queue.*by-hand' },
      directory,
    );
    expect(reportOf(stdout).summary).toMatchObject({ total_managed: 1, total_unmanaged: 0, total_missing: 1 });
    expect(exitCode).toBe(1);
  });

  it.each([
    ['no state at all', ownDirectory, [], 'states-unreadable'],
    ['a state that is none', () => inDirectoryText('<html>'), [], 'states-unreadable'],
    [
      'a bucket that is not there',
      ownDirectory,
      ['--from', 'tfstate+s3://no-such-bucket-of-mine/a'],
      'states-unreadable',
    ],
  ])('of %s is an error, and calls nothing unmanaged', async (_case, place, args, code) => {
    const { exitCode, stdout, stderr } = await drift([...args, '--output', 'json'], {}, place());
    expect([exitCode, stdout]).toEqual([2, '']);
    expect(stderr).toContain(code);
  });

  it('stores no token that stands in the name of a state', async () => {
    const directory = ownDirectory();
    const token = 'a-token-of-tfe-12345';
    writeFileSync(join(directory, `${token}.tfstate`), stateOf('declared'));
    const args = ['--from', `tfstate://${token}.tfstate`, '--output', 'console', '--save', 'drift.json'];
    await drift(args, { TFE_TOKEN: token }, directory);
    const text = readFileSync(join(directory, 'drift.json'), 'utf8');
    expect(text).not.toContain(token);
  });

  it('with RESULT_PATH saves our engine’s report when it was asked for', async () => {
    const directory = inDirectory('declared');
    const place = join(directory, 'result.json');
    const { exitCode, stderr } = await drift([], { RESULT_PATH: `file://${place}` }, directory);
    expect(exitCode).toBe(0);
    expect(reportOf(readFileSync(place, 'utf8')).engine).toBe('ours');
    expect(stderr.trimEnd().split('\n').at(-1)).toContain('"msg":"Drift Scan Report saved. Task Finished.');
  });

  it.each([
    [['--from', 's3://x/y'], 'no known scheme'],
    [['--from', ' '], 'It names no state'],
    [['--output', 'html'], 'Allowed choices'],
    [['--headers', 'secret-of-mine'], 'Name=value'],
    [['--types', 'AWS::Nothing::*'], 'no type has the namespace'],
    [['--ignore-file', 'absent'], 'cannot be read'],
  ])('refuses %j with 2', async (args, said) => {
    const { exitCode, stderr } = await drift(args);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(said);
    expect(stderr).not.toContain('secret-of-mine');
  });

  it('without credentials says so with 2', async () => {
    const none = { AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '', AWS_SESSION_TOKEN: '' };
    const { exitCode, stderr } = await drift([], none);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('no-credentials');
  });
});

const inDirectoryText = (text: string): string => {
  const directory = ownDirectory();
  writeFileSync(join(directory, 'terraform.tfstate'), text);
  return directory;
};
