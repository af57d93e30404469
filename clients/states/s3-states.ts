// States in S3, with the credentials and region of the states: one object, or those that a glob means.
import type { Readable } from 'node:stream';
import { GetObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { connectionRemedy, describeAwsError } from '../aws/errors.ts';
import { type Bucket, closeBucket, openBucket, stoppedBy } from '../aws/s3.ts';
import { findObjects, type ObjectPage, objectPlace, type PageOrder } from './find-objects.ts';
import {
  maxStateBytes,
  type StateAccess,
  type StateAnswer,
  type StatePlace,
  tooLarge,
  type UnreadState,
} from './state-answer.ts';

interface Asked {
  readonly action: 's3:GetObject' | 's3:ListBucket';
  readonly bucket: string;
  /** Key or prefix. */
  readonly key: string;
  readonly region: string;
}

const resourceOf = ({ action, bucket, key }: Asked): string =>
  action === 's3:GetObject' ? `${bucket}/${key}` : `${bucket} with the prefix ${JSON.stringify(key)}`;

const regionForm = /^(PermanentRedirect|TemporaryRedirect|AuthorizationHeaderMalformed|IllegalLocationConstraint)/;

/** The one thing that is most likely to be wrong: key, region, or the right on the bucket. */
const likelyCause = (
  asked: Asked,
  { code, action, message }: { code: string; action: string | null; message: string },
) => {
  if (code.startsWith('KMS.') || action?.startsWith('kms:') || /\bkms\b/i.test(message)) {
    return `The KMS key of bucket ${asked.bucket}: let its policy, and the role that reads states, allow kms:Decrypt.`;
  }
  if (regionForm.test(code)) {
    return `The region: bucket ${asked.bucket} is not in ${asked.region}; set drift.state.region to its own.`;
  }
  const absent =
    asked.action === 's3:GetObject' ? ', and s3:ListBucket on the bucket: without it S3 denies what is not there' : '';
  return `The bucket: let its policy, and the role that reads states, allow ${asked.action} on ${resourceOf(asked)}${absent}. If that is so, the KMS key of the bucket (kms:Decrypt), or its region (${asked.region} was asked).`;
};

const refusalOf = (thrown: unknown, asked: Asked): UnreadState => {
  const facts = describeAwsError(thrown);
  const said = `S3 answered ${facts.code}${facts.message === '' ? '' : `: ${facts.message.replace(/\.$/, '')}`}.`;
  if (facts.code === 'NoSuchBucket') {
    return { outcome: 'not-found', message: `There is no bucket ${asked.bucket}: correct drift.from.` };
  }
  if (facts.kind === 'not-found') {
    const folder = asked.key.replace(/\/+$/, '');
    const message = `Bucket ${asked.bucket} has no object ${asked.key}: correct drift.from; all states of a folder are ${folder}/**/*.tfstate.`;
    return { outcome: 'not-found', message };
  }
  if (facts.kind === 'no-credentials' || facts.kind === 'credentials-expired') {
    return { outcome: 'denied', message: `${said} Give the scan credentials for the states (drift.state).` };
  }
  if (facts.kind === 'denied' || facts.kind === 'not-enabled' || regionForm.test(facts.code)) {
    return { outcome: 'denied', message: `${said} ${likelyCause(asked, facts)}` };
  }
  return {
    outcome: 'failed',
    message: `${said} ${connectionRemedy(facts) ?? 'Retry; if it stays, check the network.'}`,
  };
};

const collect = async (body: Readable): Promise<StateAnswer> => {
  const chunks: Buffer[] = [];
  for await (const chunk of body as AsyncIterable<Buffer>) chunks.push(chunk);
  return { text: Buffer.concat(chunks).toString('utf8') };
};

const read = async (bucket: Bucket, key: string, { aws, signal }: StateAccess): Promise<StateAnswer> => {
  try {
    const command = new GetObjectCommand({ Bucket: bucket.name, Key: key });
    const { Body: body, ContentLength: bytes = 0 } = await bucket.client.send(command, stoppedBy(signal));
    if (bytes <= maxStateBytes) return await collect(body as Readable);
    (body as Readable).destroy();
    return tooLarge(bytes);
  } catch (thrown) {
    if (signal.aborted) throw thrown;
    return refusalOf(thrown, { action: 's3:GetObject', bucket: bucket.name, key, region: aws.region });
  }
};

const listPage = async (
  bucket: Bucket,
  { prefix, from }: PageOrder,
  { aws, signal }: StateAccess,
): Promise<ObjectPage | UnreadState> => {
  try {
    const start = from === undefined ? {} : { ContinuationToken: from };
    const command = new ListObjectsV2Command({ Bucket: bucket.name, Prefix: prefix, ...start });
    const { Contents: contents = [], NextContinuationToken: next } = await bucket.client.send(
      command,
      stoppedBy(signal),
    );
    return { objects: contents.map(({ Key = '', Size = 0 }) => ({ name: Key, bytes: Size })), next };
  } catch (thrown) {
    if (signal.aborted) throw thrown;
    return refusalOf(thrown, { action: 's3:ListBucket', bucket: bucket.name, key: prefix, region: aws.region });
  }
};

/** One client for each bucket: S3 tells each the region of its bucket. */
export const s3States = (access: StateAccess): StatePlace => {
  const buckets = new Map<string, Bucket>();
  const bucketOf = (name: string): Bucket => {
    const bucket = buckets.get(name) ?? openBucket(access.aws, { name });
    buckets.set(name, bucket);
    return bucket;
  };
  return {
    find: location => findObjects(location, order => listPage(bucketOf(order.container), order, access)),
    read: location => {
      const { container, name } = objectPlace(location);
      return read(bucketOf(container), name, access);
    },
    close: () => {
      for (const bucket of buckets.values()) closeBucket(bucket);
    },
  };
};
