// Objects of `infrastructure`: files that are put into a bucket, and what a bucket still holds. Throws what the SDK throws.
import {
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  ListObjectVersionsCommand,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { describeAwsError } from '../errors.ts';
import type { OwnedBucket } from './buckets.ts';

export interface LiveFile {
  readonly body: string;
  readonly metadata: Readonly<Record<string, string>>;
}

/** undefined when there is none. */
export const readFile = async (client: S3Client, Bucket: string, Key: string): Promise<LiveFile | undefined> => {
  try {
    const answer = await client.send(new GetObjectCommand({ Bucket, Key }));
    return { body: (await answer.Body?.transformToString()) ?? '', metadata: answer.Metadata ?? {} };
  } catch (thrown) {
    if (describeAwsError(thrown).code === 'NoSuchKey') return undefined;
    throw thrown;
  }
};

export interface NewFile extends LiveFile {
  readonly bucket: string;
  readonly key: string;
}

export const writeFile = async (client: S3Client, { bucket, key, body, metadata }: NewFile): Promise<void> => {
  const ContentType = 'application/json';
  await client.send(
    new PutObjectCommand({ Bucket: bucket, Key: key, Body: body, ContentType, Metadata: { ...metadata } }),
  );
};

export const deleteFile = async (client: S3Client, Bucket: string, Key: string): Promise<void> => {
  await client.send(new DeleteObjectCommand({ Bucket, Key }));
};

interface ObjectVersion {
  readonly Key: string;
  readonly VersionId: string;
}

/** One page of what the bucket holds, deleted versions and markers too; empty when it holds nothing. */
export const listVersions = async ({ client, name, owner }: OwnedBucket): Promise<ObjectVersion[]> => {
  const answer = await client.send(new ListObjectVersionsCommand({ Bucket: name, ExpectedBucketOwner: owner }));
  return [...(answer.Versions ?? []), ...(answer.DeleteMarkers ?? [])].map(({ Key = '', VersionId = 'null' }) => ({
    Key,
    VersionId,
  }));
};

/** What S3 would not delete, such as what is locked: `key: why`. */
export const deleteVersions = async (
  { client, name, owner }: OwnedBucket,
  versions: readonly ObjectVersion[],
): Promise<string[]> => {
  const Delete = { Objects: versions.map(version => ({ ...version })), Quiet: true };
  const command = new DeleteObjectsCommand({ Bucket: name, ExpectedBucketOwner: owner, Delete });
  const { Errors = [] } = await client.send(command);
  return Errors.map(({ Key = '', Message = '', Code = '' }) => `${Key}: ${Code}: ${Message}`);
};
