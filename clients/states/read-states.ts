// From places to texts: finds what globs mean, reads some states at a time, and gives them in the order of their places.
import type { StateLocation } from '../../contract/drift/state-location.ts';
import { azureStates } from './azure-states.ts';
import { openDecryption, type StateDecryption } from './decrypt-state.ts';
import { gsStates } from './gs-states.ts';
import { openHttpGet } from './http-get.ts';
import { httpStates } from './http-states.ts';
import { fileIdentity, localStates } from './local-states.ts';
import { s3States } from './s3-states.ts';
import {
  failedBy,
  isUnread,
  type StateAccess,
  type StateAnswer,
  type StatePlace,
  type UnreadState,
} from './state-answer.ts';
import { tfcloudStates } from './tfcloud-states.ts';

export type { StateAccess } from './state-answer.ts';

/** One state: its text, decrypted where it was encrypted, or why there is none. */
export type RawState = { readonly location: string } & StateAnswer;

/** Enough to hide the way to S3, and few texts in memory. */
const atOnce = 8;

type Places = Readonly<Record<StateLocation['scheme'], StatePlace>>;

const openPlaces = (access: StateAccess): { readonly places: Places; readonly close: () => void } => {
  const http = openHttpGet(access);
  const web = httpStates(access, http);
  const places: Places = {
    tfstate: localStates,
    'tfstate+s3': s3States(access),
    'tfstate+http': web,
    'tfstate+https': web,
    'tfstate+tfcloud': tfcloudStates(access, http),
    'tfstate+gs': gsStates(access, http),
    'tfstate+azurerm': azureStates(access, http),
  };
  const close = () => {
    for (const place of new Set(Object.values(places))) place.close();
    http.close();
  };
  return { places, close };
};

type Wanted = { readonly location: StateLocation; readonly refusal?: UnreadState };

const findStates = async (location: StateLocation, places: Places, signal: AbortSignal): Promise<Wanted[]> => {
  try {
    signal.throwIfAborted();
    const found = await places[location.scheme].find(location);
    return isUnread(found) ? [{ location, refusal: found }] : found.map(one => ({ location: one }));
  } catch (thrown) {
    return [{ location, refusal: failedBy(thrown, signal) }];
  }
};

/** Two locations of one identity are one state, whichever glob or link led to them. */
const identityOf = async ({ scheme, path }: StateLocation): Promise<string> =>
  scheme === 'tfstate' ? await fileIdentity(path) : `${scheme}://${path}`;

const findAll = async (locations: readonly StateLocation[], places: Places, signal: AbortSignal): Promise<Wanted[]> => {
  const wanted = new Map<string, Wanted>();
  for (const location of locations) {
    for (const one of await findStates(location, places, signal)) {
      const identity = await identityOf(one.location);
      if (!wanted.has(identity)) wanted.set(identity, one);
    }
  }
  return [...wanted.values()];
};

interface Reading {
  readonly places: Places;
  readonly decryption: StateDecryption;
  readonly signal: AbortSignal;
}

const readState = async ({ location, refusal }: Wanted, { places, decryption, signal }: Reading): Promise<RawState> => {
  if (refusal !== undefined) return { location: location.text, ...refusal };
  try {
    signal.throwIfAborted();
    const answer = await places[location.scheme].read(location);
    return { location: location.text, ...(isUnread(answer) ? answer : await decryption.decrypt(answer.text)) };
  } catch (thrown) {
    return { location: location.text, ...failedBy(thrown, signal) };
  }
};

/**
 * Every state that the locations mean, each once, in their order and within a glob by name. Never throws because of a
 * state: what could not be read says why. A text is dropped here as soon as the next one is asked for.
 */
export async function* readStates(locations: readonly StateLocation[], access: StateAccess): AsyncGenerator<RawState> {
  const { places, close } = openPlaces(access);
  const decryption = openDecryption(access);
  const reading = { places, decryption, signal: access.signal };
  try {
    const waiting = (await findAll(locations, places, access.signal)).reverse();
    const begun: Promise<RawState>[] = [];
    while (waiting.length > 0 || begun.length > 0) {
      while (begun.length < atOnce && waiting.length > 0) {
        const next = waiting.pop();
        if (next !== undefined) begun.push(readState(next, reading));
      }
      const first = begun.shift();
      if (first !== undefined) yield await first;
    }
  } finally {
    decryption.close();
    close();
  }
}
