// Objects too large for one request: sent in parts, and completed only when all bytes were the expected ones.
import { createHash } from 'node:crypto';
import {
  AbortMultipartUploadCommand,
  type CompletedPart,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { InventoryError } from '../../contract/errors.ts';
import { type Bucket, type ObjectFacts, stoppedBy, versionOf, type WrittenObject, writeParameters } from './s3.ts';

/** Bytes of each part but the last. One part is in memory at a time; S3 takes 10,000, so objects up to 80 GB. */
export const partSize = 8 * 1024 * 1024;

export interface LargeObject extends ObjectFacts {
  /** Its bytes, in parts of `partSize` and a last one that may be smaller; each is sent before the next is asked for. */
  readonly parts: AsyncIterable<Uint8Array>;
}

interface MultipartUpload {
  readonly Bucket: string;
  readonly Key: string;
  readonly UploadId: string | undefined;
  readonly ExpectedBucketOwner?: string;
}

const sendParts = async (bucket: Bucket, object: LargeObject, upload: MultipartUpload, signal?: AbortSignal) => {
  const whole = createHash('sha256');
  const completed: CompletedPart[] = [];
  for await (const bytes of object.parts) {
    whole.update(bytes);
    const part = {
      PartNumber: completed.length + 1,
      ChecksumSHA256: createHash('sha256').update(bytes).digest('base64'),
    };
    const command = new UploadPartCommand({ ...upload, ...part, Body: bytes, ContentLength: bytes.byteLength });
    const { ETag } = await bucket.client.send(command, stoppedBy(signal));
    completed.push({ ...part, ETag });
  }
  signal?.throwIfAborted();
  if (whole.digest('hex') !== object.sha256) {
    throw new InventoryError('report-rejected', `the content for ${object.key} changed after it was checked`);
  }
  return completed;
};

/**
 * Writes the object in parts, each checked by S3; needs s3:PutObject. When anything fails, also the signal, the upload is
 * aborted first, so that no invisible parts are left to be paid for. Throws report-rejected for other bytes than those that
 * `sha256` was made of, and otherwise what the SDK throws.
 */
export const putLargeObject = async (
  bucket: Bucket,
  object: LargeObject,
  signal?: AbortSignal,
): Promise<WrittenObject> => {
  const { client } = bucket;
  const parameters = writeParameters(bucket, object);
  const begin = new CreateMultipartUploadCommand({ ...parameters, ChecksumAlgorithm: 'SHA256' });
  const { UploadId } = await client.send(begin, stoppedBy(signal));
  const { Bucket, Key, ExpectedBucketOwner } = parameters;
  const upload = { Bucket, Key, UploadId, ...(ExpectedBucketOwner === undefined ? {} : { ExpectedBucketOwner }) };
  try {
    const Parts = await sendParts(bucket, object, upload, signal);
    return {
      versionId: versionOf(
        await client.send(new CompleteMultipartUploadCommand({ ...upload, MultipartUpload: { Parts } })),
      ),
    };
  } catch (thrown) {
    // Whoever may not abort learns the reason of the failure all the same; the bucket's lifecycle removes the parts.
    await client.send(new AbortMultipartUploadCommand(upload)).catch(() => undefined);
    throw thrown;
  }
};
