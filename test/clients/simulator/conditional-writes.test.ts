// Two writers of one object: only one may win, or two runs would lose each other's entries in latest.json.
import { randomUUID } from 'node:crypto';
import {
  CompleteMultipartUploadCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { type RefusingProxy, startRefusingProxy } from '../../../clients/simulator/proxy.ts';

const Bucket = `conditional-${randomUUID()}`;
let proxy: RefusingProxy;
let s3: S3Client;

beforeAll(async () => {
  proxy = await startRefusingProxy({ upstream: inject('simulator') });
  s3 = new S3Client({
    endpoint: proxy.url,
    region: 'us-east-1',
    forcePathStyle: true,
    credentials: { accessKeyId: 'AKIATEST', secretAccessKey: 'test' },
  });
  await s3.send(new CreateBucketCommand({ Bucket }));
});
afterAll(() => proxy.stop());

const put = (Key: string, Body: string, condition: { IfMatch?: string; IfNoneMatch?: string } = {}) =>
  s3.send(new PutObjectCommand({ Bucket, Key, Body, ...condition }));
const statusOf = (call: Promise<unknown>): Promise<number | undefined> =>
  call.then(
    () => 200,
    (error: { $metadata?: { httpStatusCode?: number } }) => error.$metadata?.httpStatusCode,
  );
const read = async (Key: string): Promise<string | undefined> =>
  await (await s3.send(new GetObjectCommand({ Bucket, Key }))).Body?.transformToString();

test('a write with If-Match succeeds on the version that it names and on no other', async () => {
  const first = await put('latest.json', 'first');
  const second = await put('latest.json', 'second', { IfMatch: first.ETag ?? '' });
  expect(await statusOf(put('latest.json', 'third', { IfMatch: first.ETag ?? '' }))).toBe(412);
  expect(await read('latest.json')).toBe('second');
  await put('latest.json', 'fourth', { IfMatch: second.ETag ?? '' });
  expect(await read('latest.json')).toBe('fourth');
});

test('a write with If-Match of an object that is not there is refused as S3 refuses it, with 404', async () => {
  expect(await statusOf(put('never-written', 'x', { IfMatch: '"0"' }))).toBe(404);
});

test.each([1, 2, 3, 4, 5])('of ten writers with the same If-Match one wins, round %i', async round => {
  const key = `race-${round}`;
  const { ETag = '' } = await put(key, 'start');
  const writers = Array.from({ length: 10 }, (_, at) => statusOf(put(key, `writer ${at}`, { IfMatch: ETag })));
  expect((await Promise.all(writers)).toSorted()).toEqual([200, ...Array<number>(9).fill(412)]);
});

test('of ten writers with If-None-Match one wins', async () => {
  const writers = Array.from({ length: 10 }, (_, at) => statusOf(put('new', `writer ${at}`, { IfNoneMatch: '*' })));
  expect((await Promise.all(writers)).toSorted()).toEqual([200, ...Array<number>(9).fill(412)]);
});

test('an upload in parts is completed under the same condition', async () => {
  const { ETag = '' } = await put('parts', 'start');
  const upload = async (IfMatch: string) => {
    const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ Bucket, Key: 'parts' }));
    const part = { Bucket, Key: 'parts', UploadId, PartNumber: 1 };
    const sent = await s3.send(new UploadPartCommand({ ...part, Body: 'in parts' }));
    const MultipartUpload = { Parts: [{ PartNumber: 1, ETag: sent.ETag }] };
    return await statusOf(
      s3.send(new CompleteMultipartUploadCommand({ Bucket, Key: 'parts', UploadId, MultipartUpload, IfMatch })),
    );
  };
  expect(await upload('"00000000000000000000000000000000"')).toBe(412);
  expect(await read('parts')).toBe('start');
  expect(await upload(ETag)).toBe(200);
  expect(await read('parts')).toBe('in parts');
});
