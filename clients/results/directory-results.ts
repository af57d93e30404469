// Results of a directory: a copy of the bucket, or of what lies below its prefix, or single reports without a manifest.
import { existsSync, statSync } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { InventoryError } from '../../contract/errors.ts';
import { reconFile, scanFile } from '../../contract/names.ts';
import { endsAsArray } from '../duckdb/closed-array.ts';
import type { LocalReport, MissingReport, Results, WantedReport } from './results.ts';

/** A key without its prefix, for directories that begin below it: `2026/11/22/recon_….json`, `latest.json`. */
const belowPrefix = (key: string): string => /(\d{4}\/\d\d\/\d\d\/[^/]*|[^/]*)$/.exec(key)?.[0] ?? key;

/** Keys come from a document, and must not lead out of the directory. */
const within = (directory: string, key: string): string[] => {
  const path = resolve(directory, key);
  const inside = relative(directory, path);
  return inside === '' || inside === '..' || inside.startsWith(`..${sep}`) || isAbsolute(inside) ? [] : [path];
};

/** Where a key may lie: from the top of the bucket, or from below its prefix. Nothing for one that leads out. */
export const pathsOf = (directory: string, key: string): string[] => [
  ...within(directory, key),
  ...within(directory, belowPrefix(key)),
];

const findReport = async (
  directory: string,
  { account, report }: WantedReport,
): Promise<LocalReport | MissingReport> => {
  for (const path of pathsOf(directory, report.key)) {
    const found = await stat(path).catch(() => undefined);
    if (!found?.isFile()) continue;
    if (found.size === report.bytes) return { account, path };
    const reason = `${path} has ${found.size} bytes, the manifest says ${report.bytes}: it is torn, or another run's`;
    return { account, reason };
  }
  return { account, reason: `${report.key} is not there` };
};

/** Throws usage when it is no directory. Reports are checked by their size alone. */
export const openDirectoryResults = (path: string): Results => {
  const directory = resolve(path);
  if (!existsSync(directory) || !statSync(directory).isDirectory()) {
    throw new InventoryError('usage', `${path} is not a directory`, {
      remedy: 'Let --directory name a copy of the bucket, or a directory that holds recon_*.json or output.json.',
    });
  }
  return {
    place: path,
    readText: async key => {
      const found = pathsOf(directory, key).find(candidate => existsSync(candidate));
      return found === undefined ? undefined : await readFile(found, 'utf8');
    },
    listKeys: async prefix => {
      const folder = prefix.replace(/[^/]*$/, '');
      const found = pathsOf(directory, `${folder}.`).find(candidate => existsSync(candidate));
      const names = found === undefined ? [] : await readdir(found);
      return names.map(name => `${folder}${name}`).filter(key => key.startsWith(prefix));
    },
    findReports: async wanted => {
      const reports: LocalReport[] = [];
      const missing: MissingReport[] = [];
      for (const one of wanted) {
        const found = await findReport(directory, one);
        if ('path' in found) reports.push(found);
        else missing.push(found);
      }
      return { reports, missing, fetched: { reports: 0, bytes: 0 } };
    },
    close: () => undefined,
  };
};

export interface LooseAccount {
  readonly account: string;
  readonly recon: string;
  readonly scan: string | null;
  /** Its array is not closed: cut off, or of no bytes, as a full disk leaves it. */
  readonly isTorn: boolean;
}

/** The account of a report that carries no id in its name: of its first record. */
const accountWithin = async (path: string): Promise<string> =>
  /"account":\s*"(\d{12})"/.exec(await readFile(path, 'utf8'))?.[1] ?? 'unknown';

/**
 * Reports of a directory that has no manifest: the newest of each account, by the date that the path has; and output.json,
 * as a scan leaves it. `date` narrows to the folder of a day.
 */
export const findLooseReports = async (path: string, date: string | undefined): Promise<LooseAccount[]> => {
  const directory = resolve(path);
  const day = date === undefined ? undefined : `${sep}${date.replaceAll('-', sep)}${sep}`;
  const files = (await readdir(directory, { recursive: true }))
    .map(name => join(directory, name))
    .filter(file => day === undefined || file.includes(day))
    .sort();
  const present = new Set(files);
  const newest = new Map<string, LooseAccount>();
  for (const recon of files) {
    const name = basename(recon);
    const named = /^recon_(\d{12})\.json$/.exec(name)?.[1];
    const account = named ?? (name === reconFile ? await accountWithin(recon) : undefined);
    if (account === undefined) continue;
    const scan = join(recon, '..', named === undefined ? scanFile : `scan_${account}.json`);
    newest.set(account, { account, recon, scan: present.has(scan) ? scan : null, isTorn: !endsAsArray(recon) });
  }
  return [...newest.values()];
};
