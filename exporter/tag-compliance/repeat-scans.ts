// Scans again and again, the next one an interval after the last has ended; what it has found is there until the next has.
import { sleep, timestamp } from '../../clients/clock.ts';
import type { Log } from '../../clients/log.ts';
import { InventoryError, toInventoryError } from '../../contract/errors.ts';
import { type Exposition, renderExposition } from './exposition.ts';
import { complianceGauges } from './gauges.ts';
import { logScan } from './log-scan.ts';
import { hasResults, type ScanTrouble, scanTroubles, type TagScan } from './scan-accounts.ts';
import { type LastSuccesses, noteSuccesses, scanGauges } from './scan-gauges.ts';

export interface RepeatOptions {
  readonly scan: (signal: AbortSignal) => Promise<TagScan>;
  /** Seconds. */
  readonly interval: number;
  readonly log: Log;
  /** Stops it: a scan that runs gets `patience` seconds more. */
  readonly signal: AbortSignal;
  readonly patience: number;
}

export interface ScanState {
  readonly isScanning: boolean;
  /** RFC 3339 of the last scan's end, whatever it found. */
  readonly lastScanAt: string | undefined;
  /** Of the last scan, when nothing at all could be read. */
  readonly failure: InventoryError | undefined;
  /** Of the last scan: what it could not read beside what it could. */
  readonly troubles: readonly ScanTrouble[];
  /** Once something was read it stays so. */
  readonly wasReady: boolean;
  readonly exposition: Exposition;
}

export interface RepeatedScans {
  readonly state: () => ScanState;
  /** Scans until the signal says so; never throws. */
  readonly repeat: () => Promise<void>;
}

interface Repeating {
  readonly options: RepeatOptions;
  successes: LastSuccesses;
  state: ScanState;
}

/** What the scan could not read as one error: that of the first account, and how many there are. */
const totalFailure = (scan: TagScan): InventoryError => {
  const [first] = scanTroubles(scan);
  const message = `nothing could be read of ${scan.accounts.length} accounts; ${first?.account.id ?? 'none'}: ${first?.failure.message ?? 'no region'}`;
  return new InventoryError('tags-incomplete', message, { remedy: first?.failure.remedy });
};

const publish = async (repeating: Repeating, scan: TagScan): Promise<void> => {
  const { options, state } = repeating;
  logScan(options.log, scan);
  const successes = noteSuccesses(repeating.successes, scan);
  const families = [...complianceGauges(scan), ...scanGauges(scan, successes)];
  const exposition = await renderExposition(families);
  const isRead = hasResults(scan);
  repeating.successes = successes;
  repeating.state = {
    isScanning: false,
    lastScanAt: scan.finishedAt,
    failure: isRead ? undefined : totalFailure(scan),
    troubles: scanTroubles(scan),
    wasReady: state.wasReady || isRead,
    exposition,
  };
};

const scanOnce = async (repeating: Repeating, signal: AbortSignal): Promise<void> => {
  const { options } = repeating;
  repeating.state = { ...repeating.state, isScanning: true };
  try {
    await publish(repeating, await options.scan(signal));
  } catch (thrown) {
    const failure = signal.aborted
      ? new InventoryError('interrupted', `the scan was cut off ${options.patience} seconds after the signal`)
      : toInventoryError(thrown);
    options.log.error({ err: failure, code: failure.code }, 'scan failed');
    repeating.state = { ...repeating.state, isScanning: false, lastScanAt: timestamp(), failure };
  }
};

/** A signal that aborts some seconds after the other one does; nothing waits for it any more once it is let go. */
const lateSignal = (signal: AbortSignal, seconds: number) => {
  const late = new AbortController();
  const unneeded = new AbortController();
  const wait = () =>
    sleep(seconds * 1000, unneeded.signal).then(
      () => late.abort(signal.reason),
      () => undefined,
    );
  signal.addEventListener('abort', () => void wait(), { once: true });
  return { signal: late.signal, letGo: () => unneeded.abort() };
};

/** Starts nothing yet. */
export const repeatScans = async (options: RepeatOptions): Promise<RepeatedScans> => {
  const { signal, interval, patience } = options;
  const repeating: Repeating = {
    options,
    successes: new Map(),
    state: {
      ...{ isScanning: false, lastScanAt: undefined, failure: undefined, troubles: [], wasReady: false },
      exposition: await renderExposition(complianceGauges(undefined)),
    },
  };
  return {
    state: () => repeating.state,
    repeat: async () => {
      const cutOff = lateSignal(signal, patience);
      while (!signal.aborted) {
        await scanOnce(repeating, cutOff.signal);
        await sleep(interval * 1000, signal).catch(() => undefined);
      }
      cutOff.letGo();
    },
  };
};
