// The last step of every file that a scan leaves: whole under its hidden name, it takes its place.
import { rename, rm } from 'node:fs/promises';

/** Removes whatever has the name, a directory of a foreign scanner too. Throws the system's errors. */
export const clearPlace = (path: string): Promise<void> => rm(path, { force: true, recursive: true });

/** Gives a whole file its name. Throws the system's errors. */
export const placeFile = async (hidden: string, path: string): Promise<void> => {
  await clearPlace(path);
  await rename(hidden, path);
};
