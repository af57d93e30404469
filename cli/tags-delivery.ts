// Where the metrics of one scan go: to stdout, to a file that nobody reads half, to a Pushgateway. And what a person is told.
import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { access, chmod, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { styleText } from 'node:util';
import { InventoryError } from '../contract/errors.ts';
import { countUnseen, scanTroubles, type TagScan } from '../exporter/tag-compliance/scan-accounts.ts';
import { renderError } from './render-error.ts';
import { percent, plural, printable } from './terminal-text.ts';

/** A pipe, or /dev/stdout, is written to and not replaced. */
const isStream = async (path: string): Promise<boolean> =>
  await stat(path).then(
    found => !found.isFile() && !found.isDirectory(),
    () => false,
  );

/**
 * Beside the path, then renamed: a collector of textfiles sees the old file or the new one, and takes no notice of a name
 * that does not end in `.prom`.
 */
const replaceFile = async (path: string, body: Buffer): Promise<void> => {
  const beside = join(dirname(path), `.${basename(path)}.${randomUUID()}`);
  try {
    await writeFile(beside, body, { flag: 'wx' });
    // Whatever the umask: the collector often is another user.
    await chmod(beside, 0o644);
    await rename(beside, path);
  } catch (thrown) {
    await rm(beside, { force: true });
    throw thrown;
  }
};

const placed = async (path: string, run: () => Promise<void>): Promise<void> => {
  try {
    await run();
  } catch (cause) {
    throw new InventoryError('usage', `--output ${path} cannot be written: ${(cause as Error).message}`, {
      remedy: 'Name a file in a directory that exists and that this user may write to.',
      cause,
    });
  }
};

/** Before a scan of minutes is made for nothing. Throws usage. */
export const requirePlace = (path: string): Promise<void> =>
  placed(path, () => access(dirname(path), constants.W_OK | constants.X_OK));

/** Throws usage. */
export const writeExposition = (path: string, body: Buffer): Promise<void> =>
  placed(path, async () => {
    if (await isStream(path)) await writeFile(path, body);
    else await replaceFile(path, body);
  });

/** A line for each region that was read. */
export const renderScan = ({ accounts }: TagScan): string =>
  accounts
    .flatMap(({ account, regions }) =>
      regions.flatMap(({ region, counts }) => {
        if (counts === undefined) return [];
        const share = counts.checked === 0 ? '–' : percent(counts.compliant / counts.checked);
        const where = `${printable(account.name)} (${account.id}) ${region}`;
        return [`${where}: ${plural(counts.checked, 'resource')}, ${counts.compliant} compliant, ${share}\n`];
      }),
    )
    .join('');

export const renderScanTroubles = (scan: TagScan, stream: NodeJS.WriteStream): string => {
  const failures = scanTroubles(scan).map(({ account, regions, failure }) => {
    const where = styleText('bold', `${printable(account.name)} (${account.id}) ${regions.join(', ')}`, { stream });
    return `${where}\n${renderError(failure, stream)}`;
  });
  const unseen = countUnseen(scan);
  if (unseen === 0) return failures.join('');
  const types = `${plural(unseen, 'type')} could not be listed (aws_inventory_tags_unseen_types): what there is of them is in no count\n`;
  return `${failures.join('')}${types}`;
};
