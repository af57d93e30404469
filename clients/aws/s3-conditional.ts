// An object read into memory: only when it is another one than the reader has, and never more of it than a cap.
import type { Readable } from 'node:stream';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { describeAwsError } from './errors.ts';
import { type Bucket, stoppedBy } from './s3.ts';

export interface ObjectQuestion {
  readonly key: string;
  /** undefined means the newest. */
  readonly versionId?: string | undefined;
  /** ETag of the object that the reader has. */
  readonly unlessTag?: string | undefined;
  readonly maxBytes: number;
}

export type ObjectAnswer =
  | { readonly kind: 'read'; readonly bytes: Buffer; readonly tag: string }
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'absent' }
  | { readonly kind: 'too-large'; readonly bytes: number };

const collect = async (body: Readable, { maxBytes }: ObjectQuestion): Promise<Buffer | number> => {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    bytes += chunk.byteLength;
    if (bytes > maxBytes) return bytes;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, bytes);
};

const absences = new Set(['NoSuchKey', 'NoSuchVersion']);

const refusal = (thrown: unknown): ObjectAnswer => {
  if ((thrown as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode === 304) {
    return { kind: 'unchanged' };
  }
  if (absences.has(describeAwsError(thrown).code)) return { kind: 'absent' };
  throw thrown;
};

/** Needs s3:GetObject alone, and s3:GetObjectVersion for a named version. Throws what the SDK throws (describeAwsError). */
export const readObject = async (
  bucket: Bucket,
  question: ObjectQuestion,
  signal: AbortSignal,
): Promise<ObjectAnswer> => {
  const command = new GetObjectCommand({
    Bucket: bucket.name,
    Key: question.key,
    VersionId: question.versionId,
    IfNoneMatch: question.unlessTag,
    ExpectedBucketOwner: bucket.owner,
  });
  try {
    const answer = await bucket.client.send(command, stoppedBy(signal));
    const body = answer.Body as Readable;
    if ((answer.ContentLength ?? 0) > question.maxBytes) {
      body.destroy();
      return { kind: 'too-large', bytes: answer.ContentLength ?? 0 };
    }
    const bytes = await collect(body, question);
    return typeof bytes === 'number' ? { kind: 'too-large', bytes } : { kind: 'read', bytes, tag: answer.ETag ?? '' };
  } catch (thrown) {
    return refusal(thrown);
  }
};
