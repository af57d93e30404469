// The one document of RESULT_PATH, read again and again by who serves it: whole, and only when it is another one than before.
import { InventoryError } from '../../contract/errors.ts';
import type { AwsConnection } from '../aws/connection.ts';
import { closeBucket } from '../aws/s3.ts';
import { readObject } from '../aws/s3-conditional.ts';
import { attempt } from './bucket-results.ts';
import { type DocumentPlace, type ObjectPlace, openPlace } from './document-place.ts';
import { type DocumentAnswer, type DocumentQuestion, readPath } from './documents.ts';

export type OneDocumentQuestion = Omit<DocumentQuestion, 'key' | 'versionId'>;

export interface DocumentReader {
  /** Throws results-denied, results-unavailable, results-not-found (no such bucket) or no-credentials. */
  readonly read: (question: OneDocumentQuestion) => Promise<DocumentAnswer>;
  readonly close: () => void;
}

const denials = new Set(['EACCES', 'EPERM']);

const readFile = async (path: string, question: OneDocumentQuestion): Promise<DocumentAnswer> => {
  const limit = AbortSignal.timeout(question.milliseconds);
  try {
    return await readPath(path, { ...question, signal: limit });
  } catch (cause) {
    const { code = '', message } = cause as NodeJS.ErrnoException;
    if (code === 'ENOENT') return { kind: 'absent' };
    const remedy = denials.has(code) ? `Let this user read ${path}.` : 'Let RESULT_PATH name a file that can be read.';
    const kind = denials.has(code) ? 'results-denied' : 'results-unavailable';
    throw new InventoryError(kind, `${path} cannot be read: ${message}`, { remedy, cause });
  }
};

const openObject = (connection: AwsConnection, place: ObjectPlace): DocumentReader => {
  const bucket = openPlace(connection, place);
  return {
    read: async ({ milliseconds, ...question }) => {
      const limit = AbortSignal.timeout(milliseconds);
      return await attempt(`reading ${place.text}`, () => readObject(bucket, { ...question, key: place.key }, limit));
    },
    close: () => closeBucket(bucket),
  };
};

/** Calls nothing yet. Close it, or its connections hold the process open. */
export const openDocument = (connection: AwsConnection, place: DocumentPlace): DocumentReader =>
  place.kind === 's3'
    ? openObject(connection, place)
    : { read: question => readFile(place.path, question), close: () => undefined };
