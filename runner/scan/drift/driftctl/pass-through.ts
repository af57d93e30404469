// driftctl as its users have it: their DCTL_ variables, their states, one region; its document is kept and only added to.

import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { FoundDriftctl } from '../../../../clients/driftctl/find-driftctl.ts';
import { type DriftctlEnd, scanWithDriftctl } from '../../../../clients/driftctl/scan.ts';
import type { EngineOutcome } from '../../../../contract/drift/drift-report.ts';
import { parseDriftctlDocument } from '../../../../contract/drift/driftctl-document.ts';
import { isMembers, type Members } from '../members.ts';
import { passedEnvironment } from './environment.ts';
import { judgeRuns } from './judge-runs.ts';
import type { DriftctlResult } from './run-driftctl.ts';

type Environment = Readonly<Record<string, string | undefined>>;
export interface PassThroughOrder {
  readonly found: FoundDriftctl;
  /** The caller's whole environment: driftctl gets its own variables of it, AWS's, and those of its other clouds. */
  readonly environment: Environment;
  /** States of the command line, which go before DCTL_FROM; empty leaves it to that. */
  readonly from: readonly string[];
  /** A .driftignore of the command line. */
  readonly driftignoreFile?: string | undefined;
  /** The caller's working directory: states, `.driftignore` and `.env` are found from there, as driftctl's users expect. */
  readonly directory: string;
  /** Writable; what is made in it is removed. */
  readonly temporaryDirectory: string;
  readonly seconds: number;
  readonly signal: AbortSignal;
}

export interface PassThroughResult extends DriftctlResult {
  /** driftctl's own exit code. */
  readonly exit: number | null;
  /** Its document as it wrote it, parsed and unchanged; undefined when it left none. */
  readonly verbatim: Members | undefined;
}

const secretForm = /(SECRET|TOKEN|PASSWORD|ACCESS_KEY|SAS|HEADERS|CREDENTIALS)/;

/** Values that must not stand in what is told of driftctl's output. */
const secretsOf = (environment: Environment): string[] =>
  Object.entries(environment).flatMap(([name, value]) => (value && secretForm.test(name) ? [value] : []));

/** A flag that takes comma-separated values, quoted as CSV is. */
const listFlag = (name: string, values: readonly string[]): string[] =>
  values.flatMap(value => [name, /[",\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value]);

/** Files that the user's DCTL_OUTPUT wants besides ours; what would go to a terminal is ours to print. */
const otherOutputs = (environment: Environment): string[] =>
  (environment['DCTL_OUTPUT'] ?? '')
    .split(',')
    .filter(output => output !== '' && !output.startsWith('console') && !output.endsWith('://stdout'));

const flagsOf = (order: PassThroughOrder): string[] => [
  ...listFlag('--from', order.from),
  ...(order.driftignoreFile === undefined ? [] : ['--driftignore', order.driftignoreFile]),
  ...listFlag('-o', otherOutputs(order.environment)),
];

const parseWhole = (text: string): Members | undefined => {
  try {
    const value: unknown = JSON.parse(text);
    return isMembers(value) ? value : undefined;
  } catch {
    return undefined;
  }
};

const resultOf = (order: PassThroughOrder, version: string, end: DriftctlEnd): PassThroughResult => {
  const verbatim = end.text === undefined ? undefined : parseWhole(end.text);
  const parsed = verbatim === undefined ? 'its document is no JSON' : parseDriftctlDocument(verbatim, version);
  const document = typeof parsed === 'string' ? undefined : parsed;
  const region = order.environment['AWS_REGION'] || order.environment['AWS_DEFAULT_REGION'] || '';
  const failure = typeof parsed === 'string' ? (end.failure ?? parsed) : undefined;
  const runs = [{ region, exit: end.exit, ...(failure === undefined ? {} : { message: failure }) }];
  const alerts = document?.alerts ?? {};
  const engine: EngineOutcome = {
    ...{ engine: 'driftctl', version, seconds: end.seconds, runs },
    ...judgeRuns({ runs, document, alerts }),
  };
  return { engine, document, alerts, exit: end.exit, verbatim: document === undefined ? undefined : verbatim };
};

/** Runs driftctl once as its user would; never throws for what it does. Absent, it has failed: it was asked for. */
export const passThrough = async (order: PassThroughOrder): Promise<PassThroughResult> => {
  if ('absent' in order.found) {
    const engine: EngineOutcome = { engine: 'driftctl', outcome: 'absent', message: order.found.absent };
    return { engine, document: undefined, alerts: {}, exit: null, verbatim: undefined };
  }
  const temporaryDirectory = await mkdtemp(join(order.temporaryDirectory, 'driftctl-'));
  try {
    const end = await scanWithDriftctl({
      program: order.found.program,
      flags: flagsOf(order),
      directory: order.directory,
      temporaryDirectory,
      environment: passedEnvironment(order.environment),
      ...{ seconds: order.seconds, graceSeconds: 5, signal: order.signal },
      secrets: secretsOf(order.environment),
    });
    return resultOf(order, order.found.program.version, end);
  } finally {
    await rm(temporaryDirectory, { recursive: true, force: true });
  }
};

const lists = ['managed', 'unmanaged', 'missing', 'differences'];

/**
 * driftctl's document with what it does not have: each of its own keys stays with its value, members of `summary` included;
 * only what Go writes as null for "none" is written as an empty list or object.
 */
export const enrichDocument = (verbatim: Members, added: Members): Members => {
  const present = Object.entries(verbatim).map(([name, value]) => {
    if (value === null && lists.includes(name)) return [name, []];
    if (value === null && name === 'alerts') return [name, {}];
    const more = added[name];
    return [name, isMembers(value) && isMembers(more) && name === 'summary' ? { ...more, ...value } : value];
  });
  return { ...added, ...Object.fromEntries(present) };
};
