// Every file and directory of a tree gets the time of the sources, so that the same sources give the same layer of an image.
import { lutimes, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** Seconds since 1970, as reproducible builds hand them on; 1970 where nobody does. */
const seconds = Number(process.env.SOURCE_DATE_EPOCH) || 0;

/** A directory after what it holds. */
export const setTimes = async path => {
  const entries = await readdir(path, { withFileTypes: true });
  for (const entry of entries) {
    const inside = join(path, entry.name);
    if (entry.isDirectory()) await setTimes(inside);
    else await lutimes(inside, seconds, seconds);
  }
  await lutimes(path, seconds, seconds);
};
