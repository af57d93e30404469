// Reading whole results: an object as a stream, in one version of it, and the keys below a folder.
import type { Readable } from 'node:stream';
import { GetObjectCommand, paginateListObjectsV2 } from '@aws-sdk/client-s3';
import { describeAwsError } from './errors.ts';
import { type Bucket, stoppedBy, versionOf } from './s3.ts';

const ownedBy = (bucket: Bucket) => (bucket.owner === undefined ? {} : { ExpectedBucketOwner: bucket.owner });

export interface OpenedObject {
  readonly body: Readable;
  readonly versionId: string | null;
}

export interface ObjectVersion {
  readonly key: string;
  /** undefined means the newest. Needs s3:GetObjectVersion, where the newest needs s3:GetObject alone. */
  readonly versionId?: string | undefined;
}

/** Read the body to its end or destroy it: it holds a connection. undefined when there is no such object or version. */
export const openObject = async (
  bucket: Bucket,
  { key, versionId }: ObjectVersion,
  signal?: AbortSignal,
): Promise<OpenedObject | undefined> => {
  const version = versionId === undefined ? {} : { VersionId: versionId };
  const command = new GetObjectCommand({ Bucket: bucket.name, Key: key, ...version, ...ownedBy(bucket) });
  try {
    const answer = await bucket.client.send(command, stoppedBy(signal));
    return { body: answer.Body as Readable, versionId: versionOf(answer) };
  } catch (thrown) {
    if (['NoSuchKey', 'NoSuchVersion'].includes(describeAwsError(thrown).code)) return undefined;
    throw thrown;
  }
};

/** All keys that begin so. Throws what the SDK throws. */
export const listKeys = async (bucket: Bucket, prefix: string): Promise<string[]> => {
  const keys: string[] = [];
  const pages = paginateListObjectsV2(
    { client: bucket.client },
    { Bucket: bucket.name, Prefix: prefix, ...ownedBy(bucket) },
  );
  for await (const page of pages) keys.push(...(page.Contents ?? []).flatMap(({ Key }) => Key ?? []));
  return keys;
};
