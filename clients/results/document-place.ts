// One document in one place, as RESULT_PATH names it: a file, or an object of S3 or of a server that speaks its protocol.
import { randomUUID } from 'node:crypto';
import { rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { S3Client } from '@aws-sdk/client-s3';
import { InventoryError } from '../../contract/errors.ts';
import { type AwsConnection, clientConfiguration } from '../aws/connection.ts';
import { describeAwsError } from '../aws/errors.ts';
import { type Bucket, closeBucket, openBucket, putObject, textBody } from '../aws/s3.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** A server of one's own, with keys of its own. */
export interface DocumentEndpoint {
  readonly url: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

export type DocumentPlace =
  | { readonly kind: 'file'; readonly text: string; readonly path: string }
  | {
      readonly kind: 's3';
      readonly text: string;
      readonly bucket: string;
      readonly key: string;
      readonly endpoint: DocumentEndpoint | undefined;
    };

const endpointNames = ['AWS_S3_ENDPOINT_URL', 'AWS_S3_ACCESS_KEY_ID', 'AWS_S3_SECRET_ACCESS_KEY'] as const;

/** Half of it would write to the real AWS, or with the wrong keys. */
const readEndpoint = (environment: Environment): DocumentEndpoint | undefined => {
  const [url, accessKeyId, secretAccessKey] = endpointNames.map(name => environment[name] || undefined);
  if (url !== undefined && accessKeyId !== undefined && secretAccessKey !== undefined) {
    return { url, accessKeyId, secretAccessKey };
  }
  const missing = endpointNames.filter(name => !environment[name]);
  if (missing.length === endpointNames.length) return undefined;
  throw new InventoryError('usage', `The endpoint of RESULT_PATH is half set: ${missing.join(' and ')} not`, {
    remedy: `Set all of ${endpointNames.join(', ')}, or none of them.`,
  });
};

/** `s3://bucket/key` or `file:///path`. Throws usage for anything else, and for an endpoint that is half set. */
export const readDocumentPlace = (text: string, environment: Environment): DocumentPlace => {
  const [, path] = /^file:\/\/(.+)$/s.exec(text) ?? [];
  if (path !== undefined && !path.endsWith('/')) return { kind: 'file', text, path };
  const [, bucket, key] = /^s3:\/\/([^/]+)\/(.*[^/])$/s.exec(text) ?? [];
  if (bucket !== undefined && key !== undefined) {
    return { kind: 's3', text, bucket, key, endpoint: readEndpoint(environment) };
  }
  throw new InventoryError('usage', `RESULT_PATH is ${JSON.stringify(text)}: no place of a document`, {
    remedy: 'Write it as s3://bucket/key.json or file:///path/file.json.',
  });
};

/** Its readers see the old document or the new one. */
const writeWhole = async (path: string, text: string): Promise<void> => {
  const beside = join(dirname(path), `.${basename(path)}.${randomUUID()}`);
  try {
    await writeFile(beside, text);
    await rename(beside, path);
  } catch (cause) {
    await rm(beside, { force: true });
    throw new InventoryError('upload-refused', `${path} cannot be written: ${(cause as Error).message}`, {
      remedy: 'Let RESULT_PATH name a file in a directory that is there and may be written to.',
      cause,
    });
  }
};

export type ObjectPlace = Extract<DocumentPlace, { kind: 's3' }>;

/** Calls nothing yet. Close it. */
export const openPlace = (connection: AwsConnection, { bucket: name, endpoint }: ObjectPlace): Bucket => {
  if (endpoint === undefined) return openBucket(connection, { name });
  const { url, ...credentials } = endpoint;
  const settings = { ...clientConfiguration(connection), followRegionRedirects: true };
  return { name, client: new S3Client({ ...settings, endpoint: url, forcePathStyle: true, credentials }) };
};

const putDocument = async (connection: AwsConnection, place: ObjectPlace, text: string): Promise<void> => {
  const { bucket: name, key } = place;
  const bucket = openPlace(connection, place);
  try {
    await putObject(bucket, { key, ...textBody(text) });
  } catch (thrown) {
    const facts = describeAwsError(thrown);
    const passes = facts.kind === 'unavailable' || facts.kind === 'throttled';
    throw new InventoryError(
      passes ? 'upload-unavailable' : 'upload-refused',
      `${place.text} was not written: S3 answered ${facts.code}: ${facts.message}`,
      {
        remedy: passes ? undefined : `Allow s3:PutObject on ${name}/${key}, and check that the bucket is there.`,
        cause: thrown,
      },
    );
  } finally {
    closeBucket(bucket);
  }
};

/** Throws upload-refused or upload-unavailable. */
export const writeDocument = (connection: AwsConnection, place: DocumentPlace, text: string): Promise<void> =>
  place.kind === 'file' ? writeWhole(place.path, text) : putDocument(connection, place, text);
