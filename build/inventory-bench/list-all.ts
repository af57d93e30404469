// aws-list-all, the peer: its own Python environment, and its findings as items with the identifiers that they show.
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { execa } from 'execa';
import { cacheDirectory } from '../../clients/simulator/cache-directory.ts';

const requirements = 'build/list-all-requirements.txt';

/** Its bin directory; fetched once per version. */
export const prepareListAll = async (): Promise<string> => {
  const pins = createHash('sha256')
    .update(await readFile(requirements))
    .digest('hex')
    .slice(0, 12);
  const directory = cacheDirectory(process.env, `list-all-${pins}`);
  const bin = join(directory, 'bin');
  if (existsSync(join(directory, 'complete'))) return bin;
  console.error('Fetching aws-list-all into the cache; this happens once.');
  await rm(directory, { recursive: true, force: true });
  await execa(process.env['PYTHON'] || 'python3', ['-m', 'venv', directory]);
  const how = ['install', '--quiet', '--no-deps', '--only-binary', ':all:', '-r', requirements];
  await execa(join(bin, 'python'), ['-m', 'pip', ...how]);
  await writeFile(join(directory, 'complete'), '');
  return bin;
};

/** Each of its services, with the names under which ARNs and signatures know it. */
export const readNamespaces = async (bin: string): Promise<ReadonlyMap<string, readonly string[]>> => {
  const program = `
import json, botocore.session
session = botocore.session.get_session()
names = {}
for service in session.get_available_services():
    about = session.get_service_model(service).metadata
    names[service] = [service, about["endpointPrefix"], about.get("signingName", service)]
print(json.dumps(names))`;
  const { stdout } = await execa(join(bin, 'python'), ['-c', program]);
  return new Map(Object.entries(JSON.parse(stdout) as Record<string, string[]>));
};

/** One thing of an answer's lists. */
export interface ListedThing {
  readonly service: string;
  readonly operation: string;
  /** null where its file says none: a global service. */
  readonly region: string | null;
  /** The list in the answer: `Subnets`. */
  readonly list: string;
  /** What tells it apart, best first: ARNs, ids, names. */
  readonly identifiers: readonly string[];
}

interface ListingFile {
  readonly service: string;
  readonly region: string | null;
  readonly operation: string;
  readonly response: Readonly<Record<string, unknown>>;
}

const singular = (list: string): string => list.replace(/ies$/, 'y').replace(/(ses|List|s)$/, '');
const plain = (name: string): string => name.replaceAll(/[^A-Za-z0-9]/g, '').toLowerCase();

/** How well a member names the thing that has it; 0 for one that does not. */
const rank = (member: string, list: string): number => {
  const name = plain(member);
  const own = plain(singular(list));
  const last = plain(/[A-Z]?[a-z0-9]+$/.exec(singular(list))?.[0] ?? '');
  if (['arn', `${own}arn`, `${last}arn`].includes(name)) return 6;
  if (['id', `${own}id`, `${last}id`, `${own}identifier`, `${last}identifier`].includes(name)) return 5;
  if (['name', `${own}name`, `${last}name`].includes(name)) return 4;
  if (name.endsWith('arn') && !name.includes('role') && !name.includes('kms')) return 3;
  if (name.endsWith('id') || name.endsWith('identifier')) return 2;
  return name.endsWith('name') || name.endsWith('url') ? 1 : 0;
};

const identifiersOf = (item: unknown, list: string): string[] => {
  if (typeof item === 'string') return [item];
  if (typeof item !== 'object' || item === null) return [];
  const ranked = Object.entries(item).flatMap(([member, value]) =>
    typeof value === 'string' && value !== '' ? [{ rank: rank(member, list), value }] : [],
  );
  // A wrapper around the thing: CloudFront's key groups.
  const [inner] = Object.values(item).filter(value => typeof value === 'object' && value !== null);
  if (ranked.length === 0) return inner === undefined || Array.isArray(inner) ? [] : identifiersOf(inner, list);
  const best = Math.max(...ranked.map(each => each.rank));
  // Beside an own name the others are references; only where there is none they have to do.
  const floor = best >= 4 ? 4 : 1;
  return ranked
    .filter(each => each.rank >= floor)
    .sort((a, b) => b.rank - a.rank)
    .map(({ value }) => value);
};

/** CloudFront wraps its lists once more. */
const listsOf = ({ response }: ListingFile): [string, unknown[]][] =>
  Object.entries(response).flatMap(([name, value]): [string, unknown[]][] => {
    if (Array.isArray(value)) return [[name, value]];
    const items = (value as { Items?: unknown } | null)?.Items;
    return Array.isArray(items) ? [[name, items]] : [];
  });

/** Reservations hold instances; nothing else that it lists has its things a level deeper. */
const unfold = (list: string, items: unknown[]): [string, unknown[]] =>
  list === 'Reservations'
    ? ['Instances', items.flatMap(item => (item as { Instances?: unknown[] }).Instances ?? [])]
    : [list, items];

export interface ListAllFindings {
  readonly things: readonly ListedThing[];
  /** Every text in its answers, by service and region. */
  readonly texts: ReadonlyMap<string, ReadonlySet<string>>;
}

const collectTexts = (value: unknown, into: Set<string>): void => {
  if (typeof value === 'string') into.add(value);
  else if (Array.isArray(value)) for (const each of value) collectTexts(each, into);
  else if (typeof value === 'object' && value !== null)
    for (const each of Object.values(value)) collectTexts(each, into);
};

/** undefined where it could not write what it was answered, bytes say, and left half a file. */
const readListing = async (path: string): Promise<ListingFile | undefined> => {
  const text = await readFile(path, 'utf8');
  try {
    return JSON.parse(text) as ListingFile;
  } catch {
    console.error(`${basename(path)} of aws-list-all is torn`);
    return undefined;
  }
};

/** Reads the files that it left: one for each operation that found something. */
export const readFindings = async (directory: string): Promise<ListAllFindings> => {
  const things: ListedThing[] = [];
  const texts = new Map<string, Set<string>>();
  for (const name of (await readdir(directory)).filter(file => file.endsWith('.json'))) {
    const file = await readListing(join(directory, name));
    if (file === undefined) continue;
    const { service, region, operation } = file;
    const key = `${service} ${region ?? ''}`;
    const seen = texts.get(key) ?? new Set();
    texts.set(key, seen);
    for (const [at, found] of listsOf(file)) {
      const [list, items] = unfold(at, found);
      collectTexts(items, seen);
      for (const item of items)
        things.push({ service, operation, region, list, identifiers: identifiersOf(item, list) });
    }
  }
  return { things, texts };
};
