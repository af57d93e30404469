// The S3 edge: what is written comes back, conditions are kept, and large objects are never half there.
import { createHash, randomBytes } from 'node:crypto';
import { afterEach, beforeEach, expect, inject, test } from 'vitest';
import { describeAwsError } from '../../../clients/aws/errors.ts';
import {
  type Bucket,
  closeBucket,
  getObject,
  openBucket,
  putObject,
  putObjectIfMatch,
} from '../../../clients/aws/s3.ts';
import { partSize, putLargeObject } from '../../../clients/aws/s3-multipart.ts';
import { connectTo } from '../../setup/connection.ts';
import {
  type Answer,
  type RecordedRequest,
  type RecordingServer,
  s3Error,
  startRecordingServer,
} from '../../setup/recording-server.ts';
import { randomAccountId } from '../../setup/run-container.ts';

const name = `edge-${randomAccountId()}`;
let server: RecordingServer;
let rule: (request: RecordedRequest) => Answer | undefined;
let bucket: Bucket;

beforeEach(async () => {
  rule = () => undefined;
  server = await startRecordingServer(inject('simulator'), request => rule(request));
  await fetch(`${inject('simulator')}/${name}`, { method: 'PUT', headers: { 'content-length': '0' } });
  bucket = openBucket(connectTo(server.url), { name, owner: '123456789012' });
});

afterEach(async () => {
  closeBucket(bucket);
  await server.stop();
});

const whole = (key: string, text: string) => {
  const body = Buffer.from(text);
  return { key, body, sha256: createHash('sha256').update(body).digest('hex') };
};

test('what is written is read, with its etag', async () => {
  expect(await putObject(bucket, whole('a/b c+ü.json', '{"ü":1}'))).toEqual({ versionId: null });
  const read = await getObject(bucket, 'a/b c+ü.json');
  expect(read).toEqual({ text: '{"ü":1}', etag: expect.stringMatching(/^".+"$/), versionId: null });
});

test('every call names the owner that the bucket must have', async () => {
  await putObject(bucket, whole('owner.json', '1'));
  await getObject(bucket, 'owner.json');
  expect(server.requests.map(request => request.headers['x-amz-expected-bucket-owner'])).toEqual([
    '123456789012',
    '123456789012',
  ]);
});

test('an object that is not there is undefined, but a refusal is not', async () => {
  expect(await getObject(bucket, 'absent.json')).toBeUndefined();
  rule = () => s3Error(403, 'AccessDenied', 'Access Denied');
  await expect(getObject(bucket, 'absent.json')).rejects.toMatchObject({ name: 'AccessDenied' });
  rule = () => s3Error(404, 'NoSuchBucket', 'The specified bucket does not exist');
  await expect(getObject(bucket, 'absent.json')).rejects.toMatchObject({ name: 'NoSuchBucket' });
});

test('a write that expects nothing meets nothing only once', async () => {
  const key = `first-${randomBytes(4).toString('hex')}.json`;
  expect(await putObjectIfMatch(bucket, whole(key, '1'), null)).toBe('written');
  expect(server.requests[0]?.headers['if-none-match']).toBe('*');
  expect(await putObjectIfMatch(bucket, whole(key, '2'), null)).toBe('conflict');
  expect((await getObject(bucket, key))?.text).toBe('1');
});

test('a write names the etag that was read', async () => {
  await putObject(bucket, whole('etag.json', '1'));
  const etag = (await getObject(bucket, 'etag.json'))?.etag ?? '';
  expect(await putObjectIfMatch(bucket, whole('etag.json', '2'), etag)).toBe('written');
  expect(server.requests.at(-1)?.headers['if-match']).toBe(etag);
});

test.each([
  [412, 'PreconditionFailed'],
  [409, 'ConditionalRequestConflict'],
  [404, 'NoSuchKey'],
])('HTTP %i %s is a conflict and not asked twice', async (status, code) => {
  rule = () => s3Error(status, code, 'At least one of the pre-conditions you specified did not hold');
  expect(await putObjectIfMatch(bucket, whole('x.json', '1'), '"e"')).toBe('conflict');
  expect(server.requests).toHaveLength(1);
});

test('a conditional write that is refused is no conflict', async () => {
  rule = () => s3Error(403, 'AccessDenied', 'Access Denied');
  const refused = await putObjectIfMatch(bucket, whole('x.json', '1'), null).catch((thrown: unknown) => thrown);
  expect(describeAwsError(refused)).toMatchObject({ kind: 'denied', code: 'AccessDenied' });
});

const large = (sizes: readonly number[]) => {
  const parts = sizes.map(size => randomBytes(size));
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return {
    key: 'large.json',
    sha256: hash.digest('hex'),
    parts: (async function* () {
      yield* parts;
    })(),
    body: Buffer.concat(parts),
  };
};

const calls = () =>
  server.requests.map(({ method, url }) => {
    if (method === 'POST') return url.includes('uploadId=') ? 'Complete' : 'Create';
    return method === 'DELETE' ? 'Abort' : 'UploadPart';
  });

test('a large object is sent in checked parts', async () => {
  const object = large([partSize, 100]);
  await putLargeObject(bucket, object);
  expect(calls()).toEqual(['Create', 'UploadPart', 'UploadPart', 'Complete']);
  for (const { headers } of server.requests) expect(headers['x-amz-expected-bucket-owner']).toBe('123456789012');
  for (const { headers, body } of server.requests.slice(1, 3)) {
    expect(headers['x-amz-checksum-sha256']).toBe(createHash('sha256').update(body).digest('base64'));
  }
  const stored = await fetch(`${server.url}/${name}/large.json`, {
    headers: { authorization: String(server.requests[0]?.headers.authorization) },
  });
  expect(Buffer.from(await stored.arrayBuffer()).equals(object.body)).toBe(true);
});

test('a large object whose bytes are other than those checked is never completed', async () => {
  const object = large([partSize, 100]);
  await expect(putLargeObject(bucket, { ...object, sha256: '0'.repeat(64) })).rejects.toMatchObject({
    code: 'report-rejected',
  });
  expect(calls()).toEqual(['Create', 'UploadPart', 'UploadPart', 'Abort']);
});

test('what is told about a large object is its own failure, also when the abort is refused', async () => {
  rule = request => {
    if (request.method === 'DELETE') return s3Error(403, 'AccessDenied', 'no abort');
    return request.url.includes('partNumber=1') ? s3Error(400, 'EntityTooLarge', 'too large') : undefined;
  };
  await expect(putLargeObject(bucket, large([partSize, 100]))).rejects.toMatchObject({ name: 'EntityTooLarge' });
  expect(calls()).toEqual(['Create', 'UploadPart', 'Abort']);
});

test('a signal stops a large object between its parts, and aborts it', async () => {
  const stop = new AbortController();
  rule = request => {
    if (request.url.includes('partNumber=1')) stop.abort();
    return undefined;
  };
  await expect(putLargeObject(bucket, large([partSize, 100]), stop.signal)).rejects.toMatchObject({
    name: 'AbortError',
  });
  expect(calls()).toEqual(['Create', 'UploadPart', 'Abort']);
});

test('a bucket in another region is followed there', async () => {
  rule = request =>
    request.headers.authorization?.includes('/us-east-1/s3/')
      ? { ...s3Error(301, 'PermanentRedirect', 'elsewhere'), headers: { 'x-amz-bucket-region': 'eu-west-3' } }
      : undefined;
  await putObject(bucket, whole('region.json', '1'));
  expect(server.requests.map(({ headers }) => /\/([a-z0-9-]+)\/s3\//.exec(headers.authorization ?? '')?.[1])).toEqual([
    'us-east-1',
    'eu-west-3',
  ]);
});
