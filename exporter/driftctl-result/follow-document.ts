// The result as it was last read: one conditional read for whoever asks, the last good one when that fails.
import { sleep, startStopwatch, timestamp } from '../../clients/clock.ts';
import type { DocumentReader } from '../../clients/results/document-reader.ts';
import { InventoryError, toInventoryError } from '../../contract/errors.ts';
import { type DriftctlResult, readDriftctlResult } from './read-document.ts';

export interface ResultState {
  /** The last good one; undefined before there was any. */
  readonly result: DriftctlResult | undefined;
  /** Of the last read; undefined when it succeeded, or there was none. */
  readonly failure: InventoryError | undefined;
  readonly lastAttemptAt: string | undefined;
  /** When it was last made sure that `result` is the newest. */
  readonly lastSuccessAt: string | undefined;
  readonly seconds: number | undefined;
  readonly reads: { readonly read: number; readonly unchanged: number; readonly failed: number };
}

export interface DocumentFollower {
  readonly state: () => ResultState;
  /** Resolves with what is known after a read, or after two seconds without one. Never rejects. */
  readonly look: () => Promise<ResultState>;
}

/** Below the ten seconds of a scrape: who scrapes gets the last good result, and not a time-out. */
const longest = 2_000;
/** The list of a million resources. */
const maxBytes = 256 * 1024 * 1024;

const absent = (place: string): InventoryError =>
  new InventoryError('results-not-found', `${place}: there is no result`, {
    remedy: 'Run `aws-inventory drift` with the same RESULT_PATH, or let driftctl write its JSON there.',
  });

const unusable = (place: string, why: string): InventoryError =>
  new InventoryError('results-unavailable', `${place}: ${why}`, {
    remedy: 'Run `aws-inventory drift` again, or let driftctl write its JSON there.',
  });

const overdue = (place: string): InventoryError =>
  new InventoryError('results-unavailable', `${place}: it was not read within ${longest / 1000} seconds`);

interface Known {
  readonly result: DriftctlResult;
  readonly tag: string;
}

const readOnce = async (
  reader: DocumentReader,
  place: string,
  known: Known | undefined,
): Promise<Known | 'unchanged'> => {
  const answer = await reader.read({ unlessTag: known?.tag, maxBytes, milliseconds: longest });
  if (answer.kind === 'unchanged') return 'unchanged';
  if (answer.kind === 'absent') throw absent(place);
  if (answer.kind === 'too-large') throw unusable(place, `it has ${answer.bytes} bytes, more than ${maxBytes}`);
  const result = readDriftctlResult(answer.bytes);
  if (typeof result === 'string') throw unusable(place, result);
  return { result, tag: answer.tag };
};

export const followDocument = (reader: DocumentReader, place: string): DocumentFollower => {
  let known: Known | undefined;
  let running: Promise<void> | undefined;
  let state: ResultState = {
    ...{
      result: undefined,
      failure: undefined,
      lastAttemptAt: undefined,
      lastSuccessAt: undefined,
      seconds: undefined,
    },
    reads: { read: 0, unchanged: 0, failed: 0 },
  };
  const count = (kind: keyof ResultState['reads']) => ({ ...state.reads, [kind]: state.reads[kind] + 1 });
  const read = async (): Promise<void> => {
    const elapsed = startStopwatch();
    const lastAttemptAt = timestamp();
    try {
      const found = await readOnce(reader, place, known);
      if (found !== 'unchanged') known = found;
      const reads = count(found === 'unchanged' ? 'unchanged' : 'read');
      const facts = { result: known?.result, failure: undefined, lastAttemptAt, lastSuccessAt: lastAttemptAt };
      state = { ...facts, seconds: elapsed(), reads };
    } catch (thrown) {
      const facts = { failure: toInventoryError(thrown), lastAttemptAt, seconds: elapsed() };
      state = { ...state, ...facts, reads: count('failed') };
    }
  };
  /** Who asks while one is read waits for that one: a hundred scrapes are one read. */
  const readShared = (): Promise<void> => {
    running ??= read().finally(() => {
      running = undefined;
    });
    return running;
  };
  const look = async (): Promise<ResultState> => {
    const stop = new AbortController();
    const limit = sleep(longest, stop.signal).then(
      () => 'overdue' as const,
      () => undefined,
    );
    const first = await Promise.race([readShared(), limit]);
    stop.abort();
    // Credentials that do not come are not ended by the time limit of the read.
    return first === 'overdue' ? { ...state, failure: overdue(place) } : state;
  };
  return { state: () => state, look };
};
