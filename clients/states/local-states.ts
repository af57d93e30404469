// States as files of this machine: one, all of a directory, or those that a glob means.
import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import { globPrefix, isStateGlob, type StateLocation } from '../../contract/drift/state-location.ts';
import { globForm } from './glob-form.ts';
import {
  isBesideStates,
  maxStateBytes,
  noneFound,
  type StateAnswer,
  type StatePlace,
  tooLarge,
  type UnreadState,
} from './state-answer.ts';

const fileAt = (path: string): StateLocation => ({ scheme: 'tfstate', path, text: `tfstate://${path}` });

const refusalOf = (thrown: unknown, path: string): UnreadState => {
  const { code, message } = thrown as NodeJS.ErrnoException;
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return {
      outcome: 'not-found',
      message: `There is no file ${path}: correct drift.from, or write the state before.`,
    };
  }
  if (code === 'EACCES' || code === 'EPERM') {
    return { outcome: 'denied', message: `${path} may not be read by this user: change the rights of the file.` };
  }
  return { outcome: 'failed', message: `${path} cannot be read: ${message}` };
};

/** Terraform keeps copies of modules and a pointer to its backend there, which looks like a state. */
const ownFolder = `${sep}.terraform${sep}`;

interface Wanted {
  readonly base: string;
  readonly pattern: string;
}

const walk = async ({ base, pattern }: Wanted): Promise<string[]> => {
  const form = globForm(pattern);
  const entries = await readdir(base === '' ? '.' : base, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter(entry => entry.isFile() || entry.isSymbolicLink())
    .map(entry => join(entry.parentPath, entry.name))
    .filter(path => form.test(path) && !isBesideStates(path, pattern))
    .filter(path => pattern.includes('.terraform') || !`${sep}${path}`.includes(ownFolder));
  return paths.sort((a, b) => (a < b ? -1 : 1));
};

/** A link of a glob may lead to a directory, or nowhere. */
const isFile = async (path: string): Promise<boolean> => (await stat(path).catch(() => undefined))?.isFile() ?? false;

const find = async (location: StateLocation): Promise<readonly StateLocation[] | UnreadState> => {
  try {
    const found = await stat(location.path).catch(() => undefined);
    if (found === undefined ? !isStateGlob(location) : !found.isDirectory()) return [location];
    const path = join(location.path);
    const wanted =
      found !== undefined
        ? { base: path, pattern: join(path.replace(/[*?[\]{}\\]/g, '\\$&'), '**', '*.tfstate') }
        : { base: dirname(`${globPrefix(path)}x`), pattern: path };
    const files: string[] = [];
    for (const file of await walk(wanted)) if (await isFile(file)) files.push(file);
    return files.length === 0 ? noneFound(location) : files.map(fileAt);
  } catch (thrown) {
    return refusalOf(thrown, location.path);
  }
};

const read = async ({ path }: StateLocation): Promise<StateAnswer> => {
  try {
    const facts = await stat(path);
    // A pipe or a device would be waited for without end.
    if (!facts.isFile()) return { outcome: 'invalid', message: `${path} is no file: correct drift.from.` };
    return facts.size > maxStateBytes ? tooLarge(facts.size) : { text: await readFile(path, 'utf8') };
  } catch (thrown) {
    return refusalOf(thrown, path);
  }
};

export const localStates: StatePlace = { find, read, close: () => undefined };

/** One name for all paths that lead to the same file. */
export const fileIdentity = async (path: string): Promise<string> => await realpath(path).catch(() => path);
