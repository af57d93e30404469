// Keeps what a run wrote: the simulator forgets everything when it ends, so its bucket is copied to a directory before.
import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { GetObjectCommand, paginateListObjectsV2, S3Client } from '@aws-sdk/client-s3';
import pLimit from 'p-limit';
import { simulatorCredentials } from './account-clients.ts';

export interface CopiedBucket {
  readonly objects: number;
  readonly bytes: number;
  /** Keys that cannot be a path below the directory. */
  readonly leftOut: readonly string[];
}

/** A key is a path only when every part of it is a plain name: `..` would leave the directory. */
export const isSafePath = (key: string): boolean =>
  key.split('/').every(part => part !== '' && part !== '.' && part !== '..') && !/[\0\\]/.test(key);

/**
 * Copies the newest version of every object from the simulator at `url`, which is said explicitly: the SDK would take an
 * endpoint that is missing for the real AWS. Existing files are replaced, others left alone; throws what S3 answers.
 */
export const copyBucket = async (url: string, bucket: string, directory: string): Promise<CopiedBucket> => {
  const options = { endpoint: url, region: 'us-east-1', credentials: simulatorCredentials };
  const client = new S3Client({ ...options, forcePathStyle: true });
  const limit = pLimit(8);
  const copied = { objects: 0, bytes: 0, leftOut: [] as string[] };
  const copyObject = async (key: string, bytes: number): Promise<void> => {
    if (!isSafePath(key)) {
      copied.leftOut.push(key);
      return;
    }
    const path = join(directory, key);
    await mkdir(dirname(path), { recursive: true });
    const object = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    await pipeline(object.Body as Readable, createWriteStream(path));
    copied.objects += 1;
    copied.bytes += bytes;
  };
  try {
    for await (const page of paginateListObjectsV2({ client }, { Bucket: bucket }))
      await limit.map(page.Contents ?? [], object => copyObject(object.Key ?? '', object.Size ?? 0));
    return copied;
  } finally {
    client.destroy();
  }
};
