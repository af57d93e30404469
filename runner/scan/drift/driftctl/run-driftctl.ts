// The real driftctl beside our own engine: a run per region over copies of the states, and one document of them all.
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import pLimit from 'p-limit';
import { startStopwatch } from '../../../../clients/clock.ts';
import type { FoundDriftctl } from '../../../../clients/driftctl/find-driftctl.ts';
import type { DriftAlerts, EngineOutcome } from '../../../../contract/drift/drift-report.ts';
import type { DriftctlDocument } from '../../../../contract/drift/driftctl-document.ts';
import { describeFacts, factAlerts } from './copy-facts.ts';
import { judgeRuns } from './judge-runs.ts';
import { mergeDocuments } from './merge-documents.ts';
import { type RegionEnd, scanRegion } from './scan-region.ts';
import type { StateCopies } from './state-copies.ts';
import { isGlobalType } from './supported-types.ts';

export interface DriftctlOrder {
  /** What findDriftctl told. */
  readonly found: FoundDriftctl;
  /** Of copyStates, for these regions and forms. */
  readonly copies: StateCopies;
  /** Those to scan; the first also looks at global types. */
  readonly regions: readonly string[];
  /** Lines of a .driftignore; undefined for none. */
  readonly driftignore?: string | undefined;
  /** JMESPath over Type and Id. */
  readonly filter?: string | undefined;
  readonly strict?: boolean | undefined;
  /** A writable directory; everything that is made in it is removed. */
  readonly directory: string;
  /** Of driftctlEnvironment: nothing else is passed on. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** From now until the last run has ended. */
  readonly seconds: number;
  /** Runs at once, each of 210 MB. */
  readonly atOnce?: number | undefined;
  readonly signal: AbortSignal;
  readonly secrets: readonly string[];
}

export interface DriftctlResult {
  readonly engine: EngineOutcome;
  /** undefined when driftctl is absent, or no run left one. Its alerts are those beside it. */
  readonly document: DriftctlDocument | undefined;
  readonly alerts: DriftAlerts;
}

/** A region that hangs must leave time to the others; the last one may have all. */
const shareOf = (left: number, regions: number): number => (regions <= 1 ? left : Math.max(left / 2, left / regions));

/** Where something is declared comes first: if time runs out, less is lost. The first of the order stays the first. */
const inOrder = ({ regions, copies }: DriftctlOrder): string[] => {
  const declared = (region: string): number => copies.resources.get(region) ?? 0;
  return [...regions.slice(0, 1), ...regions.slice(1).toSorted((a, b) => declared(b) - declared(a))];
};

const notRun = (region: string, signal: AbortSignal): RegionEnd => ({
  run: { region, exit: null, message: signal.aborted ? 'the scan was stopped before' : 'no time was left for it' },
  documents: [],
  leftOut: new Map(),
});

const runRegions = async (order: DriftctlOrder, directory: string): Promise<RegionEnd[]> => {
  if ('absent' in order.found) return [];
  const { program } = order.found;
  const stopwatch = startStopwatch();
  const regions = inOrder(order);
  let waiting = regions.length;
  return pLimit(order.atOnce ?? 1).map(regions, async region => {
    const seconds = shareOf(order.seconds - stopwatch(), waiting);
    waiting -= 1;
    const states = order.copies.directories.get(region);
    if (seconds <= 0 || order.signal.aborted || states === undefined) return notRun(region, order.signal);
    const own = join(directory, region);
    await mkdir(own, { mode: 0o700 });
    return scanRegion({
      ...{ program, region, states, seconds, directory: own },
      withGlobalTypes: region === order.regions[0],
      driftignore: order.driftignore ?? '',
      filter: order.filter,
      strict: order.strict ?? false,
      ...{ environment: order.environment, signal: order.signal, secrets: order.secrets },
    });
  });
};

const leftOutAlerts = (ends: readonly RegionEnd[]): DriftAlerts => {
  const alerts: Record<string, { message: string }[]> = {};
  for (const { run, documents, leftOut } of ends)
    for (const [type, why] of documents.length === 0 ? [] : leftOut) {
      const place = isGlobalType(type) ? 'global' : run.region;
      const message = `${place}: driftctl could not list this service, and was run without it: ${why}`;
      alerts[type] = [...(alerts[type] ?? []), { message }];
    }
  return alerts;
};

const failureAlerts = (ends: readonly RegionEnd[]): DriftAlerts => {
  const messages = ends.flatMap(({ run }) =>
    run.message === undefined ? [] : [{ message: `${run.region}: driftctl left no result: ${run.message}` }],
  );
  return messages.length === 0 ? {} : { '': messages };
};

const joinAlerts = (parts: readonly DriftAlerts[]): DriftAlerts => {
  const types = new Set(parts.flatMap(part => Object.keys(part)));
  return Object.fromEntries([...types].map(type => [type, parts.flatMap(part => part[type] ?? [])]));
};

const resultOf = (order: DriftctlOrder, ends: readonly RegionEnd[]): Omit<DriftctlResult, 'engine'> => {
  const { locations, facts } = order.copies;
  const documents = ends.flatMap(end => end.documents.map(document => ({ region: end.run.region, document })));
  const merged = mergeDocuments({ documents, locations, states: facts.states });
  const own = [factAlerts(facts), failureAlerts(ends), leftOutAlerts(ends)];
  const alerts = joinAlerts([merged?.alerts ?? {}, ...own]);
  return { document: merged === undefined ? undefined : { ...merged, alerts }, alerts };
};

/**
 * Scans the regions one after the other, and never throws for what driftctl does. Alerts say what it could not see, and
 * what of the states it did not get; with one of them the outcome is never `in-sync`.
 */
export const runDriftctl = async (order: DriftctlOrder): Promise<DriftctlResult> => {
  if ('absent' in order.found) {
    return {
      engine: { engine: 'driftctl', outcome: 'absent', message: order.found.absent },
      document: undefined,
      alerts: {},
    };
  }
  const stopwatch = startStopwatch();
  const directory = await mkdtemp(join(order.directory, 'driftctl-'));
  try {
    const ends = await runRegions(order, directory);
    const { document, alerts } = resultOf(order, ends);
    const runs = ends.map(({ run }) => run);
    const judged = judgeRuns({ runs, document, alerts });
    const { version, providerVersion } = order.found.program;
    const said = [judged.message, describeFacts(order.copies.facts, providerVersion)].filter(
      text => text !== undefined,
    );
    const message = said.length === 0 ? {} : { message: said.join('. ') };
    const engine: EngineOutcome = {
      ...{ engine: 'driftctl', version, seconds: stopwatch(), runs },
      outcome: judged.outcome,
      ...message,
    };
    return { engine, document, alerts };
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
};
