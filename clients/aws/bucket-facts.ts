// What can be seen of a bucket before anything is written to it; what this identity may not see is told apart from what is not so.
import {
  GetBucketEncryptionCommand,
  GetBucketLocationCommand,
  GetBucketVersioningCommand,
  GetPublicAccessBlockCommand,
} from '@aws-sdk/client-s3';
import { type AwsErrorFacts, describeAwsError } from './errors.ts';
import { type Bucket, putObjectIfMatch, textBody } from './s3.ts';

/** `refused` has what S3 said. */
export type Seen<Value> = { readonly value: Value } | { readonly refused: AwsErrorFacts };

const look = async <Value>(run: () => Promise<Value>): Promise<Seen<Value>> => {
  try {
    return { value: await run() };
  } catch (thrown) {
    return { refused: describeAwsError(thrown) };
  }
};

export interface BucketFacts {
  readonly region: Seen<string>;
  readonly versioned: Seen<boolean>;
  /** `AES256`, `aws:kms`, … */
  readonly encryption: Seen<string>;
  readonly publicAccessBlocked: Seen<boolean>;
  /** Whether S3 would have taken an object; none was written. */
  readonly writable: Seen<true>;
}

/**
 * A write that names the etag of an object that is not there: S3 asks for the right before it looks at the object, and refuses then.
 * That it is in this order was not seen at AWS.
 */
const tryWriting = async (bucket: Bucket, key: string): Promise<true> => {
  await putObjectIfMatch(bucket, { key, ...textBody('{}\n') }, '"00000000000000000000000000000000"');
  return true;
};

/** Rejects never: what cannot be seen is said in its place. */
export const inspectBucket = async (bucket: Bucket, key: string): Promise<BucketFacts> => {
  const on = {
    Bucket: bucket.name,
    ...(bucket.owner === undefined ? {} : { ExpectedBucketOwner: bucket.owner }),
  };
  const { client } = bucket;
  const [region, versioned, encryption, publicAccessBlocked, writable] = await Promise.all([
    look(async () => (await client.send(new GetBucketLocationCommand(on))).LocationConstraint ?? 'us-east-1'),
    look(async () => (await client.send(new GetBucketVersioningCommand(on))).Status === 'Enabled'),
    look(async () => {
      const { ServerSideEncryptionConfiguration: found } = await client.send(new GetBucketEncryptionCommand(on));
      return found?.Rules?.[0]?.ApplyServerSideEncryptionByDefault?.SSEAlgorithm ?? 'none';
    }),
    look(async () => {
      const { PublicAccessBlockConfiguration: block } = await client.send(new GetPublicAccessBlockCommand(on));
      return block?.BlockPublicPolicy === true && block.RestrictPublicBuckets === true;
    }),
    look(() => tryWriting(bucket, key)),
  ]);
  return { region, versioned, encryption, publicAccessBlocked, writable };
};
