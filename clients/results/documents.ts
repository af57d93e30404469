// Documents of a results place, read whole into memory by who follows them: from a bucket, or from a directory.
import { readFile, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { InventoryError } from '../../contract/errors.ts';
import type { AwsConnection } from '../aws/connection.ts';
import { type BucketPlace, closeBucket, openBucket } from '../aws/s3.ts';
import { type ObjectAnswer, type ObjectQuestion, readObject } from '../aws/s3-conditional.ts';
import { attempt } from './bucket-results.ts';
import { pathsOf } from './directory-results.ts';

export interface DocumentQuestion extends ObjectQuestion {
  /** Until it has been read whole. */
  readonly milliseconds: number;
  readonly signal?: AbortSignal | undefined;
}

/** Its tag names this state of the document: asked with it, an unchanged one is not sent again. */
export type DocumentAnswer = ObjectAnswer;

export interface Documents {
  /** For messages: `s3://bucket`, or the directory. */
  readonly place: string;
  /**
   * Throws results-denied, results-unavailable, results-not-found (no such bucket) or no-credentials. Who may not list the
   * bucket is told `denied` of a document that is absent.
   */
  readonly read: (question: DocumentQuestion) => Promise<DocumentAnswer>;
  readonly close: () => void;
}

/** Calls nothing yet. Close it, or its connections hold the process open. */
export const openBucketDocuments = (connection: AwsConnection, place: BucketPlace): Documents => {
  const bucket = openBucket(connection, place);
  return {
    place: `s3://${place.name}`,
    read: async ({ milliseconds, signal, ...question }) => {
      const limit = AbortSignal.timeout(milliseconds);
      const either = signal === undefined ? limit : AbortSignal.any([signal, limit]);
      return await attempt(`reading ${question.key}`, () => readObject(bucket, question, either));
    },
    close: () => closeBucket(bucket),
  };
};

/** Its tag is of time, size and inode: a file that was put in its place is another one. Throws as Node does. */
export const readPath = async (path: string, question: Omit<DocumentQuestion, 'key'>): Promise<DocumentAnswer> => {
  const { size, mtimeMs, ino } = await stat(path);
  const tag = `${mtimeMs}-${size}-${ino}`;
  if (tag === question.unlessTag) return { kind: 'unchanged' };
  if (size > question.maxBytes) return { kind: 'too-large', bytes: size };
  return { kind: 'read', bytes: await readFile(path, { signal: question.signal }), tag };
};

const isFile = async (path: string): Promise<boolean> => (await stat(path).catch(() => undefined))?.isFile() ?? false;

/** A copy of the bucket, or of what lies below its prefix. Throws usage when it is no directory. */
export const openDirectoryDocuments = async (path: string): Promise<Documents> => {
  const directory = resolve(path);
  if (!(await stat(directory).catch(() => undefined))?.isDirectory()) {
    throw new InventoryError('usage', `${path} is not a directory`, {
      remedy: 'Let --directory name a copy of the bucket: it holds AWSRecon/latest.json.',
    });
  }
  return {
    place: path,
    read: async question => {
      for (const candidate of pathsOf(directory, question.key)) {
        if (await isFile(candidate)) return await readPath(candidate, question);
      }
      return { kind: 'absent' };
    },
    close: () => undefined,
  };
};
