// The settings file of a command: the one that is named, or config.yaml of the working directory.
import { existsSync, readFileSync } from 'node:fs';
import { InventoryError } from '../contract/errors.ts';

const usualConfig = 'config.yaml';

/** The named file; otherwise config.yaml of the working directory, when there is one. Throws settings-invalid. */
export const readConfig = (named: string | undefined): { readonly name: string; readonly text: string } | undefined => {
  if (named === undefined && !existsSync(usualConfig)) return undefined;
  const path = named ?? usualConfig;
  try {
    return { name: path, text: readFileSync(path, 'utf8') };
  } catch (cause) {
    const message = `The settings file ${path} cannot be read: ${(cause as Error).message}`;
    throw new InventoryError('settings-invalid', message, { remedy: 'Check the path after --config.', cause });
  }
};
