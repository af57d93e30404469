// The results' bucket through the S3 edge, with refusals in the project's words.
import type { AwsConnection } from '../clients/aws/connection.ts';
import { describeAwsError } from '../clients/aws/errors.ts';
import {
  type BucketPlace,
  closeBucket,
  getObject,
  openBucket,
  putObject,
  putObjectIfMatch,
  textBody,
} from '../clients/aws/s3.ts';
import { InventoryError } from '../contract/errors.ts';
import type { ResultStore } from './result-store.ts';

const explain = (thrown: unknown, what: string): InventoryError => {
  const facts = describeAwsError(thrown);
  const said = `${what}: S3 answered ${facts.code}${facts.message === '' ? '' : `: ${facts.message}`}`;
  const isRefusal = facts.kind === 'denied' || facts.kind === 'not-found' || facts.kind === 'credentials-expired';
  return new InventoryError(isRefusal ? 'upload-refused' : 'upload-unavailable', said, { cause: thrown });
};

export interface OpenResultStore extends ResultStore {
  readonly close: () => void;
}

export const openResultStore = (connection: AwsConnection, place: BucketPlace): OpenResultStore => {
  const bucket = openBucket(connection, place);
  const attempt = async <Result>(what: string, run: () => Promise<Result>): Promise<Result> => {
    try {
      return await run();
    } catch (thrown) {
      throw explain(thrown, what);
    }
  };
  return {
    place: `s3://${place.name}`,
    putText: (key, text) =>
      attempt(`writing ${key}`, async () => void (await putObject(bucket, { key, ...textBody(text) }))),
    getText: key => attempt(`reading ${key}`, () => getObject(bucket, key)),
    putTextIfUnchanged: (key, text, etag) =>
      attempt(`writing ${key}`, () => putObjectIfMatch(bucket, { key, ...textBody(text) }, etag)),
    close: () => closeBucket(bucket),
  };
};
