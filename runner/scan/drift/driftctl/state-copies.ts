// The states as files for driftctl: written one after the other while they are read, a directory per region, gone after its runs.
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { formsFor } from './attribute-forms.ts';
import { type SplitFacts, splitState } from './split-state.ts';

/** Facts of all states together. */
export interface CopyFacts extends SplitFacts {
  readonly states: number;
}

export interface StateCopies {
  /** A directory of state files; every region that is scanned has one, with an empty state at least. */
  readonly directories: ReadonlyMap<string, string>;
  /** By region: how many resources are declared there. */
  readonly resources: ReadonlyMap<string, number>;
  /** By path of a file: the state that it is a part of. */
  readonly locations: ReadonlyMap<string, string>;
  readonly facts: CopyFacts;
}

export interface CopyOrder {
  /** Empty, and of nobody else; what is written there may be removed with it. */
  readonly directory: string;
  readonly account: string;
  readonly regions: readonly string[];
  /** Of the provider that driftctl will load; undefined for its default. */
  readonly providerVersion?: string | undefined;
}

export interface StateCopying {
  /** Takes a parsed state (of loadStates' tap), after which it may be dropped. Several may be under way. */
  readonly add: (location: string, document: object) => Promise<void>;
  readonly finish: () => Promise<StateCopies>;
  readonly remove: () => Promise<void>;
}

const emptyState = { version: 4, terraform_version: '1.5.7', serial: 1, lineage: '', outputs: {}, resources: [] };

const write = (path: string, document: object): Promise<void> =>
  writeFile(path, JSON.stringify(document), { mode: 0o600, flag: 'wx' });

interface Gathered {
  repeated: number;
  foreign: number;
  states: number;
  readonly unplaced: string[];
  readonly elsewhere: Map<string, number>;
  readonly completed: Map<string, Set<string>>;
}

const gather = (gathered: Gathered, facts: SplitFacts): void => {
  gathered.states += 1;
  gathered.repeated += facts.repeated;
  gathered.foreign += facts.foreign;
  gathered.unplaced.push(...facts.unplaced);
  for (const [region, those] of facts.elsewhere)
    gathered.elsewhere.set(region, (gathered.elsewhere.get(region) ?? 0) + those);
  for (const [type, names] of facts.completed)
    gathered.completed.set(type, new Set([...(gathered.completed.get(type) ?? []), ...names]));
};

/** Copies states for the regions of the order. Throws the system's errors alone. */
export const copyStates = (order: CopyOrder): StateCopying => {
  const root = join(order.directory, 'states');
  const directories = new Map(order.regions.map(region => [region, join(root, region)]));
  const made = Promise.all([...directories.values()].map(path => mkdir(path, { recursive: true, mode: 0o700 })));
  // Whoever waits for it hears of a failure; nobody may have come yet.
  made.catch(() => undefined);
  const locations = new Map<string, string>();
  const resources = new Map<string, number>();
  const forms = formsFor(order.providerVersion);
  const declared = new Set<string>();
  const gathered: Gathered = {
    ...{ repeated: 0, foreign: 0, states: 0 },
    ...{ unplaced: [], elsewhere: new Map(), completed: new Map() },
  };
  return {
    add: async (location, document) => {
      await made;
      const { documents, facts } = splitState(document, { ...order, forms, declared });
      gather(gathered, facts);
      for (const [region, part] of documents) {
        // In the order of arrival: the same for every region, and the name tells nothing of the state.
        const path = join(root, region, `${String(locations.size).padStart(5, '0')}.tfstate`);
        locations.set(path, location);
        resources.set(region, (resources.get(region) ?? 0) + (part as { resources: unknown[] }).resources.length);
        await write(path, part);
      }
    },
    finish: async () => {
      await made;
      const bare = [...directories].filter(([region]) => !resources.has(region));
      for (const [, directory] of bare) await write(join(directory, 'empty.tfstate'), emptyState);
      return { directories, resources, locations, facts: gathered };
    },
    remove: () => rm(root, { recursive: true, force: true }),
  };
};
