// Objects in the bucket of the results: written whole and checked by S3, read with the etag that a later write names.
import { createHash } from 'node:crypto';
import { GetObjectCommand, PutObjectCommand, type PutObjectCommandInput, S3Client } from '@aws-sdk/client-s3';
import { type AwsConnection, clientConfiguration } from './connection.ts';
import { describeAwsError } from './errors.ts';

export interface BucketPlace {
  readonly name: string;
  /** The account that must own it: S3 refuses every call (AccessDenied) when another one does. */
  readonly owner?: string | undefined;
  /** Key id or ARN: objects are encrypted with it; undefined leaves it to the bucket. */
  readonly kmsKey?: string | undefined;
}

/** A bucket with its connections. Close it, or its kept-alive sockets hold the process open. */
export interface Bucket extends BucketPlace {
  readonly client: S3Client;
}

export const openBucket = (connection: AwsConnection, place: BucketPlace): Bucket => ({
  ...place,
  client: new S3Client({
    ...clientConfiguration(connection),
    forcePathStyle: connection.pathStyleBuckets,
    // The bucket need not be in the region that is scanned first; S3 names its region in the refusal.
    followRegionRedirects: true,
  }),
});

export const closeBucket = (bucket: Bucket): void => bucket.client.destroy();

export interface ObjectFacts {
  readonly key: string;
  /** Lower-case hex of the whole body; S3 refuses a body that has another one. */
  readonly sha256: string;
  /** User metadata: ASCII names and values. */
  readonly metadata?: Readonly<Record<string, string>> | undefined;
}

export interface WrittenObject {
  /** null when the bucket keeps no versions. */
  readonly versionId: string | null;
}

type Condition = Pick<PutObjectCommandInput, 'IfMatch' | 'IfNoneMatch'>;

/** What every write to this bucket carries. */
export const writeParameters = (bucket: Bucket, facts: Omit<ObjectFacts, 'sha256'>) => ({
  Bucket: bucket.name,
  Key: facts.key,
  ContentType: 'application/json',
  Metadata: { ...facts.metadata },
  ...(bucket.owner === undefined ? {} : { ExpectedBucketOwner: bucket.owner }),
  ...(bucket.kmsKey === undefined ? {} : { ServerSideEncryption: 'aws:kms' as const, SSEKMSKeyId: bucket.kmsKey }),
});

/** A bucket whose versioning is suspended answers with the version `null`. */
export const versionOf = (answer: { VersionId?: string | undefined }): string | null =>
  answer.VersionId === undefined || answer.VersionId === 'null' ? null : answer.VersionId;

export const stoppedBy = (signal: AbortSignal | undefined) => (signal === undefined ? {} : { abortSignal: signal });

export interface WholeObject extends ObjectFacts {
  readonly body: Uint8Array;
}

/** A text as the body of an object, with its checksum. */
export const textBody = (text: string): Pick<WholeObject, 'body' | 'sha256'> => {
  const body = Buffer.from(text);
  return { body, sha256: createHash('sha256').update(body).digest('hex') };
};

/** Writes one JSON object in one request; needs s3:PutObject alone. Throws what the SDK throws (describeAwsError). */
export const putObject = async (
  bucket: Bucket,
  object: WholeObject,
  options: { readonly signal?: AbortSignal; readonly condition?: Condition } = {},
): Promise<WrittenObject> => {
  const command = new PutObjectCommand({
    ...writeParameters(bucket, object),
    ...options.condition,
    Body: object.body,
    ContentLength: object.body.byteLength,
    ChecksumSHA256: Buffer.from(object.sha256, 'hex').toString('base64'),
  });
  return { versionId: versionOf(await bucket.client.send(command, stoppedBy(options.signal))) };
};

export interface ReadObject {
  readonly text: string;
  readonly etag: string;
  readonly versionId: string | null;
}

/**
 * The object as text; undefined when there is none. S3 says AccessDenied instead of NoSuchKey to those who lack
 * s3:ListBucket, so that is an error here: "absent" would let a caller overwrite what it cannot see.
 */
export const getObject = async (bucket: Bucket, key: string): Promise<ReadObject | undefined> => {
  try {
    const answer = await bucket.client.send(
      new GetObjectCommand({
        Bucket: bucket.name,
        Key: key,
        ...(bucket.owner === undefined ? {} : { ExpectedBucketOwner: bucket.owner }),
      }),
    );
    const text = (await answer.Body?.transformToString()) ?? '';
    return { text, etag: answer.ETag ?? '', versionId: versionOf(answer) };
  } catch (thrown) {
    if (describeAwsError(thrown).code === 'NoSuchKey') return undefined;
    throw thrown;
  }
};

/** How S3 says that the object is not the one that the caller read: changed, in the middle of a change, or gone. */
const conflicts = new Set(['PreconditionFailed', 'ConditionalRequestConflict', 'NoSuchKey']);

/**
 * Writes the object only if it still has this etag, or, with null, only if there is none. A retry of a write whose
 * answer was lost is told `conflict` although it wrote: read again, and find the own content.
 */
export const putObjectIfMatch = async (
  bucket: Bucket,
  object: WholeObject,
  etag: string | null,
): Promise<'written' | 'conflict'> => {
  try {
    await putObject(bucket, object, { condition: etag === null ? { IfNoneMatch: '*' } : { IfMatch: etag } });
    return 'written';
  } catch (thrown) {
    if (conflicts.has(describeAwsError(thrown).code)) return 'conflict';
    throw thrown;
  }
};
