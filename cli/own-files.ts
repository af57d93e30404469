// The folder infrastructure.policies → what the user has written himself for the role in every account.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type MemberFileName,
  type MemberFileTexts,
  memberFileNames,
  noOwnFiles,
  type OwnFiles,
  ownFileName,
  readOwnFiles,
} from '../contract/access/own-files.ts';
import { shippedFiles } from '../contract/access/shipped-files.ts';
import { InventoryError } from '../contract/errors.ts';

const readIfThere = (path: string): string | undefined => {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw new InventoryError('settings-invalid', `${path} cannot be read: ${message}`, {
      remedy: 'Let this user read it, or name another folder in infrastructure.policies.',
      cause,
    });
  }
};

export interface FoundOwnFiles {
  readonly own: OwnFiles;
  /** Says which files stand above what is generated. */
  readonly remarks: readonly string[];
}

/** Throws settings-invalid. */
export const findOwnFiles = (folder: string, securityAccountId: string): FoundOwnFiles => {
  const found: Partial<Record<MemberFileName, MemberFileTexts>> = {};
  for (const name of memberFileNames) {
    const path = join(folder, ownFileName(name));
    const text = readIfThere(path);
    if (text !== undefined) found[name] = { path, text };
  }
  if (Object.keys(found).length === 0) return { own: noOwnFiles, remarks: [] };
  const own = readOwnFiles(found, shippedFiles(), securityAccountId);
  const remarks = memberFileNames
    .filter(name => own[name] !== null)
    .map(name => `${found[name]?.path} is your own, and stands above what is generated`);
  return { own, remarks };
};
