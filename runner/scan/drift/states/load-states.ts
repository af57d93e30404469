// The first step of drift: every state that the settings name, read, judged by its account, and reduced to what is joined.
import { readStates, type StateAccess } from '../../../../clients/states/read-states.ts';
import type { StateRead } from '../../../../contract/drift/drift-report.ts';
import type { StateLocation } from '../../../../contract/drift/state-location.ts';
import type { DeclaredResource } from '../resources.ts';
import { type ReducedState, reduceState } from './reduce-state.ts';
import { parseState, type StateDocument } from './state-document.ts';

export interface StateOrder {
  readonly locations: readonly StateLocation[];
  readonly access: StateAccess;
  /** The account that is scanned: what belongs to another one is left out, and said. */
  readonly account: string;
  /** Attributes of a type that the engine needs: those that identify, and those that are compared. */
  readonly keep: (type: string) => ReadonlySet<string>;
  /** Those of them of which null means something. */
  readonly keepUnset?: (type: string) => ReadonlySet<string>;
  /** Sees each state that declares something here, decrypted, with those instances alone; the next one waits for it. */
  readonly tap?: (location: string, document: StateDocument) => Promise<void>;
}

export interface LoadedStates {
  /** One for each state, in the order of the locations. */
  readonly reads: readonly StateRead[];
  readonly resources: readonly DeclaredResource[];
}

const listed = (foreign: ReadonlyMap<string, number>): string =>
  [...foreign].map(([account, count]) => `${count} to account ${account}`).join(', ');

/** What became of a state that could be parsed. */
const judge = (reduced: ReducedState, account: string): Pick<StateRead, 'outcome' | 'message'> => {
  const { resources, skipped, foreign, namesOthers, elsewhere } = reduced;
  if (namesOthers && resources.every(resource => resource.account === undefined)) {
    const silent = resources.length === 0 ? '' : ` (${resources.length} name no account)`;
    const message = `It belongs elsewhere: ${listed(foreign)}, nothing to account ${account}${silent}; correct drift.from of this account.`;
    return { outcome: 'other-account', message };
  }
  if (resources.length === 0 && skipped.length > 0) {
    return { outcome: 'invalid', message: 'None of its instances is whole: restore an older version of it.' };
  }
  if (resources.length === 0) {
    const beside = elsewhere === 0 ? 'no resource' : `${elsewhere} resources, none of AWS`;
    return {
      outcome: 'empty',
      message: `It declares ${beside}: if it should, correct drift.from (workspaces lie below env:/).`,
    };
  }
  if (foreign.size === 0) return { outcome: 'read' };
  return {
    outcome: 'read',
    message: `Left out, because they belong elsewhere: ${listed(foreign)}. Give them a drift.from of their own.`,
  };
};

interface Taken {
  readonly read: StateRead;
  readonly resources: readonly DeclaredResource[];
}

const takeText = async (location: string, text: string, order: StateOrder): Promise<Taken> => {
  const parsed = parseState(text);
  if ('outcome' in parsed) return { read: { location, resources: 0, skipped: [], ...parsed }, resources: [] };
  const reduced = reduceState(parsed, {
    location,
    account: order.account,
    keep: order.keep,
    keepUnset: order.keepUnset,
  });
  const verdict = judge(reduced, order.account);
  const resources = verdict.outcome === 'read' ? reduced.resources : [];
  // They go with the rest of another account's state, which nobody has said of them.
  const silent = verdict.outcome === 'other-account' ? reduced.resources : [];
  const foreign = [...reduced.foreign.values()].reduce((sum, count) => sum + count, 0);
  if (resources.length > 0) await order.tap?.(location, reduced.document);
  const { terraform_version: terraformVersion, serial, lineage } = parsed.document;
  const read: StateRead = {
    location,
    ...verdict,
    resources: resources.length,
    skipped: [...reduced.skipped, ...silent.map(({ source }) => source.address ?? source.internal_name)],
    ...(foreign === 0 ? {} : { foreign }),
    ...(terraformVersion === undefined ? {} : { terraformVersion }),
    ...(serial === undefined ? {} : { serial }),
    ...(lineage === undefined ? {} : { lineage }),
  };
  return { read, resources };
};

/** The names of a type are asked for once, whatever it costs to make them. */
const remembered = (keep: StateOrder['keep']): StateOrder['keep'] => {
  const known = new Map<string, ReadonlySet<string>>();
  return type => {
    const names = known.get(type) ?? keep(type);
    known.set(type, names);
    return names;
  };
};

/** Reads all states. Throws nothing because of a state: a look at `reads` tells whether a comparison is worth anything. */
export const loadStates = async (order: StateOrder): Promise<LoadedStates> => {
  const remembering = { ...order, keep: remembered(order.keep) };
  const reads: StateRead[] = [];
  const resources: DeclaredResource[] = [];
  for await (const raw of readStates(order.locations, order.access)) {
    if ('outcome' in raw) reads.push({ resources: 0, skipped: [], ...raw });
    else {
      const taken = await takeText(raw.location, raw.text, remembering);
      reads.push(taken.read);
      // One by one: a spread of a huge state would not fit onto the stack.
      for (const resource of taken.resources) resources.push(resource);
    }
  }
  return { reads, resources };
};
