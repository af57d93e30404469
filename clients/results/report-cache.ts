// Reports that were downloaded once, named by their checksum: what lies there is whole, and is never asked for again.
import { createHash, randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

export interface ReportCache {
  /** The file of a report that is there, whole; its day of use is noted. */
  readonly find: (sha256: string, bytes: number) => Promise<string | undefined>;
  /** The file, once its body had this checksum; the body's own checksum when it had another one. Nothing then is kept. */
  readonly store: (sha256: string, body: Readable) => Promise<{ readonly path: string } | { readonly sha256: string }>;
  /** Removes what was last used more than `days` ago: every run brings new reports. */
  readonly prune: (days: number) => Promise<void>;
}

const sha256Form = /^[0-9a-f]{64}$/;

/** Names come from a document of the bucket, and must not lead out of the directory. */
const nameOf = (sha256: string): string => {
  if (!sha256Form.test(sha256)) throw new TypeError(`not a SHA-256 in lower-case hex: ${JSON.stringify(sha256)}`);
  return `${sha256}.json`;
};

/** The directory is made at the first store; it and its files are its user's alone, as an inventory should be. */
export const openReportCache = (directory: string): ReportCache => ({
  find: async (sha256, bytes) => {
    const path = join(directory, nameOf(sha256));
    const found = await stat(path).catch(() => undefined);
    if (found?.size !== bytes) return undefined;
    const now = new Date();
    // Another one's cache that cannot be touched can still be read.
    await utimes(path, now, now).catch(() => undefined);
    return path;
  },
  store: async (sha256, body) => {
    const path = join(directory, nameOf(sha256));
    await mkdir(directory, { recursive: true, mode: 0o700 });
    const partial = join(directory, `${randomUUID()}.partial`);
    const hash = createHash('sha256');
    try {
      await pipeline(
        body,
        async function* (chunks: AsyncIterable<Buffer>) {
          for await (const chunk of chunks) {
            hash.update(chunk);
            yield chunk;
          }
        },
        createWriteStream(partial, { flags: 'wx', mode: 0o600 }),
      );
      const found = hash.digest('hex');
      if (found !== sha256) return { sha256: found };
      await rename(partial, path);
      return { path };
    } finally {
      await rm(partial, { force: true });
    }
  },
  prune: async days => {
    const oldest = Date.now() - days * 24 * 60 * 60 * 1000;
    for (const name of await readdir(directory).catch(() => [])) {
      if (!/\.(json|partial)$/.test(name)) continue;
      const path = join(directory, name);
      const found = await stat(path).catch(() => undefined);
      if (found !== undefined && found.mtimeMs < oldest) await rm(path, { force: true });
    }
  },
});
