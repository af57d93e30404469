// The bucket, with the identity of whoever looks.
import { inspectBucket } from '../../clients/aws/bucket-facts.ts';
import type { AwsConnection } from '../../clients/aws/connection.ts';
import { closeBucket, openBucket } from '../../clients/aws/s3.ts';
import type { Check } from '../../contract/preflight.ts';
import type { PreflightOrder } from '../../contract/preflight-order.ts';
import { checkBucket } from './check-bucket.ts';

/** `writes` says that a run would write with this identity. Rejects never. */
export const lookAtBucket = async (
  connection: AwsConnection,
  { name, owner, kmsKey, prefix }: PreflightOrder['bucket'],
  writes: boolean,
): Promise<Check[]> => {
  const bucket = openBucket(connection, { name, owner, kmsKey });
  try {
    return checkBucket(name, await inspectBucket(bucket, `${prefix}/preflight.json`), { owner, writes });
  } finally {
    closeBucket(bucket);
  }
};
