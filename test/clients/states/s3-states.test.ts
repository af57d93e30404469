// S3: what a glob finds, what a refusal means, and where another region leads.
import { afterEach, beforeEach, describe, expect, inject, it, vi } from 'vitest';
import { closeBucket, openBucket, putObject, textBody } from '../../../clients/aws/s3.ts';
import { maxStateBytes, type StateAccess } from '../../../clients/states/state-answer.ts';
import { connectTo } from '../../setup/connection.ts';
import {
  type Answer,
  type RecordedRequest,
  type RecordingServer,
  s3Error,
  startRecordingServer,
} from '../../setup/recording-server.ts';
import { randomAccountId } from '../../setup/run-container.ts';
import { accessOf, readAll, readOne } from './state-access.ts';

let name: string;
let server: RecordingServer;
let rule: (request: RecordedRequest) => Answer | undefined;
let access: StateAccess;

beforeEach(async () => {
  name = `states-${randomAccountId()}`;
  rule = () => undefined;
  server = await startRecordingServer(inject('simulator'), request => rule(request));
  await fetch(`${inject('simulator')}/${name}`, { method: 'PUT', headers: { 'content-length': '0' } });
  access = accessOf({ aws: connectTo(server.url) });
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await server.stop();
});

const put = async (...keys: string[]): Promise<void> => {
  const bucket = openBucket(access.aws, { name });
  for (const key of keys) {
    await putObject(bucket, { key, ...(key.endsWith('/') ? { ...textBody('') } : textBody(`state of ${key}`)) });
  }
  closeBucket(bucket);
  server.requests.length = 0;
};

const at = (key: string): string => `tfstate+s3://${name}/${key}`;

describe('states in S3', () => {
  it('are read by their keys alone, with no right to list', async () => {
    await put('env:/prod/a b+ü.tfstate');
    expect(await readOne(at('env:/prod/a b+ü.tfstate'), access)).toEqual({
      location: at('env:/prod/a b+ü.tfstate'),
      text: 'state of env:/prod/a b+ü.tfstate',
    });
    expect(server.requests.map(({ method, url }) => [method, url.includes('list-type')])).toEqual([['GET', false]]);
  });

  it('are those that a glob means, without folders and locks', async () => {
    const keys = [
      'env/b.tfstate',
      'env/a/x.tfstate',
      'env/a/',
      'env/a/x.tfstate.tflock',
      'env/notes.txt',
      'other/x.tfstate',
    ];
    await put(...keys);
    const states = await readAll([at('env/**'), at('env/**/x.tfstate'), at('env/b.tfstate')], access);
    expect(states.map(({ location }) => location)).toEqual([
      at('env/a/x.tfstate'),
      at('env/b.tfstate'),
      at('env/notes.txt'),
    ]);
    const listed = server.requests.filter(({ url }) => url.includes('list-type=2'));
    expect(listed.map(({ url }) => new URL(url, server.url).searchParams.get('prefix'))).toEqual(['env/', 'env/']);
  });

  it('are listed to the last page', async () => {
    await put('p/1', 'p/2', 'p/3');
    const page = (key: string, next: string) =>
      `<ListBucketResult><IsTruncated>${next !== ''}</IsTruncated>${next === '' ? '' : `<NextContinuationToken>${next}</NextContinuationToken>`}<Contents><Key>${key}</Key><Size>9</Size></Contents></ListBucketResult>`;
    rule = ({ url }) => {
      const query = new URL(url, server.url).searchParams;
      if (!query.has('list-type')) return undefined;
      const token = query.get('continuation-token') ?? '1';
      const next = token === '3' ? '' : String(Number(token) + 1);
      return { status: 200, headers: { 'content-type': 'application/xml' }, body: page(`p/${token}`, next) };
    };
    expect((await readAll([at('p/*')], access)).map(({ location }) => location)).toEqual([
      at('p/1'),
      at('p/2'),
      at('p/3'),
    ]);
  });

  it('that are not there are said', async () => {
    await put('env/b.json');
    const [key, glob, bucket] = await readAll([at('none'), at('env/*.tfstate'), `tfstate+s3://no-${name}/x`], access);
    expect(key).toMatchObject({
      outcome: 'not-found',
      message: expect.stringContaining(
        `Bucket ${name} has no object none: correct drift.from; all states of a folder are none/**`,
      ),
    });
    expect(glob).toMatchObject({ outcome: 'not-found', message: expect.stringContaining('No state matches') });
    expect(bucket).toMatchObject({
      outcome: 'not-found',
      message: `There is no bucket no-${name}: correct drift.from.`,
    });
  });

  it('in another region are asked for there', async () => {
    await put('x');
    const regionIn = ({ headers }: RecordedRequest) =>
      /Credential=[^/]+\/\d+\/([^/]+)/.exec(headers.authorization ?? '')?.[1];
    rule = request => {
      if (regionIn(request) === 'eu-central-1') return undefined;
      const moved = s3Error(301, 'PermanentRedirect', 'The bucket is in this region: eu-central-1.');
      return { ...moved, headers: { ...moved.headers, 'x-amz-bucket-region': 'eu-central-1' } };
    };
    expect(await readOne(at('x'), access)).toMatchObject({ text: 'state of x' });
    expect(server.requests.map(regionIn)).toEqual(['us-east-1', 'eu-central-1']);
  });

  it('are not taken in when they are above the limit', async () => {
    await put('x');
    // The first bytes of a body that would go on: what is asked for is its length.
    rule = () => ({ status: 200, headers: { 'content-length': String(maxStateBytes + 1) }, body: '{' });
    expect(await readOne(at('x'), access)).toMatchObject({
      outcome: 'invalid',
      message: expect.stringContaining('MiB'),
    });
  });
});

describe('a denied state', () => {
  const denied = 'User: arn:aws:sts::123456789012:assumed-role/scan/x is not authorized to perform: ';

  it.each([
    [
      'the bucket',
      s3Error(403, 'AccessDenied', 'Access Denied'),
      'The bucket: let its policy, and the role that reads states, allow s3:GetObject on ',
    ],
    ['its KMS key', s3Error(403, 'AccessDenied', `${denied}kms:Decrypt on the resource`), 'The KMS key of bucket '],
    ['its KMS key', s3Error(400, 'KMS.DisabledException', 'arn:aws:kms:x is disabled.'), 'The KMS key of bucket '],
    [
      'its region',
      s3Error(400, 'AuthorizationHeaderMalformed', "the region 'us-east-1' is wrong; expecting 'eu-west-1'"),
      'The region: bucket ',
    ],
    ['its credentials', s3Error(400, 'ExpiredToken', 'The provided token has expired.'), 'credentials for the states'],
  ])('names %s as the likely cause', async (_cause, answer, words) => {
    rule = () => answer;
    const state = await readOne(at('prod/x.tfstate'), access);
    expect(state).toMatchObject({ outcome: 'denied', message: expect.stringContaining(words) });
    expect(state).toMatchObject({ message: expect.stringContaining('S3 answered') });
  });

  it('names the right to list where a glob is refused', async () => {
    rule = () => s3Error(403, 'AccessDenied', 'Access Denied');
    expect(await readOne(at('prod/**'), access)).toMatchObject({
      outcome: 'denied',
      message: expect.stringContaining(`allow s3:ListBucket on ${name} with the prefix "prod/"`),
    });
  });

  it('is another thing than a failing S3', async () => {
    rule = () => s3Error(500, 'InternalError', 'We encountered an internal error.');
    expect(await readOne(at('x'), access)).toMatchObject({
      outcome: 'failed',
      message: expect.stringContaining('Retry'),
    });
    expect(server.requests.length).toBe(2);
  });
});
