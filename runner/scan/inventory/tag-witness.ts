// Between the Tagging API and the services: tags wait here, on disk, for whoever lists their resource.
import { DatabaseSync } from 'node:sqlite';
import { arnIdentity, parseArn } from '../../../contract/catalogue/arn.ts';
import { identifierOf, typeOfArn } from '../../../contract/catalogue/arn-types.ts';
import { catalogueType } from '../../../contract/catalogue/catalogue.ts';
import { registryType } from '../../../contract/catalogue/registry.ts';
import { globalRegion } from '../../../contract/catalogue/services.ts';
import type { ResourceKey, TaggedArn, TakeTags } from './record.ts';

/** An account's tags by resource: taken once by what lists it; what remains nobody else has seen. */
export interface TagWitness {
  /** Keeps what the scan's types may still list, and gives back the rest: nobody will take it. */
  readonly hold: (tagged: readonly TaggedArn[]) => TaggedArn[];
  readonly take: TakeTags;
  /** Some of what remains of a region, or with `global` of what belongs to none, forgotten on the way; none at its end. */
  readonly release: (region: string) => TaggedArn[];
  readonly close: () => void;
}

/** What a page of the release holds. */
const releasedAtOnce = 500;

interface Row {
  readonly identity: string;
  readonly region: string;
  readonly arn: string;
  readonly tags: string;
}

/**
 * A million resources' tags would not fit into the memory of a scan: SQLite keeps what it can in 16 MB and the rest in
 * the file. Nothing has to survive a crash, so it neither journals nor waits for the disk.
 */
const openStore = (file: string): DatabaseSync => {
  const store = new DatabaseSync(file);
  store.exec(`PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE;
    PRAGMA cache_size = -16000;
    CREATE TABLE held (store TEXT, identity TEXT, resource TEXT, region TEXT, arn TEXT, tags TEXT,
      PRIMARY KEY (store, identity)) WITHOUT ROWID;
    CREATE INDEX by_resource ON held (store, resource)`);
  // One transaction to the end, which nobody commits: else each tag that is taken would be a write to the file.
  store.exec('BEGIN');
  return store;
};

/** What no table knows: the ARNs of many types are told by their own listing alone, and so may be this one. */
const isGuess = (type: string): boolean => catalogueType(type) === undefined && registryType(type) === undefined;

/** Opens the witness over a new file, which is the caller's to remove; `listed` are the types that the scan lists. */
export const createTagWitness = (file: string, listed: ReadonlySet<string>): TagWitness => {
  const store = openStore(file);
  const insert = store.prepare('INSERT OR REPLACE INTO held VALUES (?, ?, ?, ?, ?, ?)');
  const takeByArn = store.prepare('DELETE FROM held WHERE store = ? AND identity = ? RETURNING tags');
  const takeByResource = store.prepare('DELETE FROM held WHERE store = ? AND resource = ? RETURNING tags');
  const page = store.prepare(`SELECT identity, region, arn, tags FROM held WHERE store = ? LIMIT ${releasedAtOnce}`);
  const forget = store.prepare('DELETE FROM held WHERE store = ? AND identity = ?');
  const holdOne = (tagged: TaggedArn): boolean => {
    const arn = parseArn(tagged.arn);
    const type = arn === undefined ? undefined : typeOfArn(arn).cloudFormationType;
    if (type === undefined || !(listed.has(type) || isGuess(type))) return false;
    // A resource of no region, or of another, may be shown by several regions, and is still one.
    const where = arn?.region === tagged.region ? tagged.region : globalRegion;
    const resource = `${type} ${identifierOf(tagged.arn)}`;
    insert.run(where, arnIdentity(tagged.arn), resource, tagged.region, tagged.arn, JSON.stringify(tagged.tags));
    return true;
  };
  const takeFrom = (where: string, { arn, type, id }: ResourceKey): Record<string, unknown> | undefined =>
    arn === '' ? takeByResource.get(where, `${type} ${id}`) : takeByArn.get(where, arnIdentity(arn));
  return {
    hold: tagged => tagged.filter(each => !holdOne(each)),
    take: (key, region) => {
      const own = parseArn(key.arn)?.region || region;
      const found = takeFrom(own, key) ?? takeFrom(globalRegion, key);
      return found === undefined ? undefined : (JSON.parse(String(found['tags'])) as TaggedArn['tags']);
    },
    release: region => {
      const rows = page.all(region) as unknown as Row[];
      for (const { identity } of rows) forget.run(region, identity);
      return rows.map(row => ({ region: row.region, arn: row.arn, tags: JSON.parse(row.tags) as TaggedArn['tags'] }));
    },
    close: () => store.close(),
  };
};
