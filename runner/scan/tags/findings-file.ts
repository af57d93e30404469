// tags.json as it is written: findings as a stream, because an account may have a million, then the counts.
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { tagsFile } from '../../../contract/names.ts';
import type { TagFinding, TagReport } from '../../../contract/tags/tag-report.ts';
import { clearPlace, placeFile } from '../place-file.ts';

/** Hidden, so that nobody takes it for a report before it is whole. */
const tagsPartial = '.tags.partial';

export interface FindingsFile {
  /** Resolves when the file can take more. */
  readonly write: (finding: TagFinding) => Promise<void>;
  /** Closes the list, adds the counts, and gives the file its name. */
  readonly publish: (rest: Pick<TagReport, 'summary' | 'rows' | 'unseen'>) => Promise<void>;
  readonly discard: () => Promise<void>;
}

type Head = Omit<TagReport, 'summary' | 'rows' | 'unseen' | 'findings'>;

/** Throws the system's errors. */
export const openFindings = async (directory: string, head: Head): Promise<FindingsFile> => {
  const path = join(directory, tagsPartial);
  await clearPlace(path);
  const stream = createWriteStream(path, { flags: 'wx' });
  await once(stream, 'open');
  const ended = finished(stream);
  // Whoever writes next gets the error; unhandled, a full disk would end the process without a word.
  ended.catch(() => undefined);
  let isFirst = true;
  const write = async (text: string): Promise<void> => {
    if (!stream.write(text)) await Promise.race([once(stream, 'drain'), ended]);
  };
  await write(`${JSON.stringify(head).slice(0, -1)},"findings":[`);
  return {
    write: async finding => {
      const text = `${isFirst ? '' : ','}\n${JSON.stringify(finding)}`;
      isFirst = false;
      await write(text);
    },
    publish: async rest => {
      stream.end(`\n],${JSON.stringify(rest).slice(1)}\n`);
      await ended;
      await placeFile(path, join(directory, tagsFile));
    },
    discard: async () => {
      stream.destroy();
      await clearPlace(path);
    },
  };
};
