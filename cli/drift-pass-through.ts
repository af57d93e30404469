// The real driftctl as its users have set it up: its variables, its region, its document, to which only keys are added.
import { tmpdir } from 'node:os';
import type { CallerIdentity } from '../clients/aws/sts.ts';
import { findDriftctl } from '../clients/driftctl/find-driftctl.ts';
import type { DriftReport } from '../contract/drift/drift-report.ts';
import { InventoryError } from '../contract/errors.ts';
import { enrichDocument, type PassThroughResult, passThrough } from '../runner/scan/drift/driftctl/pass-through.ts';
import { reportOfDriftctl } from '../runner/scan/drift/report/merge-engines.ts';
import type { DriftFlags } from './drift-flags.ts';

type Environment = Readonly<Record<string, string | undefined>>;

export interface DriftctlDrift {
  readonly flags: DriftFlags;
  readonly environment: Environment;
  readonly identity: CallerIdentity;
  readonly region: string;
  readonly signal: AbortSignal;
}

export interface DriftctlAnswer {
  /** driftctl's own document, with ours beside it. */
  readonly document: Readonly<Record<string, unknown>>;
  readonly report: DriftReport;
  /** What it could not see: with any, a result without drift is none. */
  readonly lacks: string | undefined;
}

/** An hour is what a session has; a scan takes seconds. */
const longestSeconds = 3600;

const run = async ({ flags, environment, region, signal }: DriftctlDrift): Promise<PassThroughResult> => {
  const found = await findDriftctl(environment, signal);
  if ('absent' in found) {
    throw new InventoryError('driftctl-absent', `DCTL_FROM or RESULT_PATH ask for driftctl: ${found.absent}`);
  }
  return passThrough({
    found,
    environment: { ...environment, ...(flags.regions === undefined ? {} : { AWS_REGION: region }) },
    from: flags.from ?? [],
    driftignoreFile: flags.ignoreFile,
    directory: process.cwd(),
    temporaryDirectory: tmpdir(),
    seconds: longestSeconds,
    signal,
  });
};

/** Throws driftctl-absent and driftctl-failed. */
export const askDriftctl = async (drift: DriftctlDrift): Promise<DriftctlAnswer> => {
  const { engine, document, verbatim } = await run(drift);
  drift.signal.throwIfAborted();
  if (document === undefined || verbatim === undefined) {
    throw new InventoryError('driftctl-failed', `driftctl left no document: ${engine.message ?? engine.outcome}`);
  }
  // What everything denied looks like: its exit code is 0 then.
  if (engine.outcome === 'failed')
    throw new InventoryError('driftctl-failed', engine.message ?? 'driftctl saw nothing');
  const report = reportOfDriftctl({
    document,
    ours: undefined,
    account: drift.identity.accountId,
    regions: [drift.region],
    engines: [engine],
    sources: [],
    ignored: [],
    disagreements: [],
  });
  return {
    document: enrichDocument(verbatim, { ...report }),
    report,
    lacks: engine.outcome === 'partial' ? (engine.message ?? engine.outcome) : undefined,
  };
};
