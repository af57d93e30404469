// The real driftctl over the same states: where it is, with which identity, and over which copies.

import type { AwsConnection } from '../../../clients/aws/connection.ts';
import { resolveCredentials } from '../../../clients/aws/sts.ts';
import { findDriftctl } from '../../../clients/driftctl/find-driftctl.ts';
import type { EngineOutcome } from '../../../contract/drift/drift-report.ts';
import { secretValues } from '../credentials.ts';
import { driftctlEnvironment } from './driftctl/environment.ts';
import { type DriftctlResult, runDriftctl } from './driftctl/run-driftctl.ts';
import { copyStates, type StateCopying } from './driftctl/state-copies.ts';

export interface DriftctlAsk {
  readonly account: string;
  readonly regions: readonly string[];
  readonly driftignore: string | undefined;
  /** Keys of its section [default], which are kept fresh; undefined leaves it to the connection's credentials. */
  readonly credentialsFile: string | undefined;
  readonly connection: AwsConnection;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Of ours, and empty: what is made in it goes with it. */
  readonly directory: string;
  readonly signal: AbortSignal;
  /** Bytes that the container may have, where driftctl runs only because it is there; undefined where it was asked for. */
  readonly memory?: number | undefined;
  /** Values that must not stand in what is told of its output. */
  readonly secrets: readonly string[];
}

/** Beside the scan's own: a kernel that ends a container for its memory takes the inventory along. */
const leastMemory = 768 * 1024 * 1024;

/** Found, and not to be run; undefined when it may. 0 is no limit. */
const tooSmall = (memory = 0): string | undefined =>
  memory === 0 || memory >= leastMemory
    ? undefined
    : `the container has ${Math.floor(memory / 1024 / 1024)} MiB of memory, and driftctl wants ${leastMemory / 1024 / 1024} MiB beside the scan: take k8s/components/driftctl, or ask for drift.engine ours`;

export interface DriftctlBeside {
  /** Takes each state as it is read; undefined where driftctl is absent. */
  readonly tap: StateCopying['add'] | undefined;
  /** Runs it over all that was taken, in so many seconds. */
  readonly run: (seconds: number) => Promise<DriftctlResult>;
}

/** Looks for driftctl. It has AWS's one session at a time: the states it gets as files, so it needs no other identity. */
export const openDriftctl = async (ask: DriftctlAsk): Promise<DriftctlBeside> => {
  const found = await findDriftctl(ask.environment, ask.signal);
  const absent = 'absent' in found ? found.absent : tooSmall(ask.memory);
  if ('absent' in found || absent !== undefined) {
    const engine: EngineOutcome = { engine: 'driftctl', outcome: 'absent', message: absent };
    return { tap: undefined, run: () => Promise.resolve({ engine, document: undefined, alerts: {} }) };
  }
  const { directory, account, regions } = ask;
  const copying = copyStates({ directory, account, regions, providerVersion: found.program.providerVersion });
  const identityOf = async () => {
    if (ask.credentialsFile !== undefined) return { credentialsFile: ask.credentialsFile };
    return { keys: await resolveCredentials(ask.connection, ask.signal) };
  };
  const runOver = async (seconds: number): Promise<DriftctlResult> => {
    const identity = await identityOf();
    const keys = 'keys' in identity ? identity.keys : undefined;
    return runDriftctl({
      ...{ found, regions: ask.regions, driftignore: ask.driftignore, directory: ask.directory },
      // As its users set them: what a filter leaves out it has not seen.
      filter: ask.environment['DCTL_FILTER'] || undefined,
      strict: /^(1|t|true)$/i.test(ask.environment['DCTL_STRICT'] ?? ''),
      copies: await copying.finish(),
      environment: driftctlEnvironment(ask.environment, identity),
      ...{ seconds, signal: ask.signal },
      secrets: [...ask.secrets, ...(keys === undefined ? [] : secretValues(keys))],
    });
  };
  // Whatever happens around driftctl is its failure: the other engine's report must not be lost with it.
  let broken: unknown;
  const failed = (thrown: unknown): DriftctlResult => {
    const message = `it could not be run: ${thrown instanceof Error ? thrown.message : String(thrown)}`;
    return { engine: { engine: 'driftctl', outcome: 'failed', message }, document: undefined, alerts: {} };
  };
  return {
    tap: async (location, document) => {
      if (broken !== undefined) return;
      await copying.add(location, document).catch((thrown: unknown) => {
        broken = thrown ?? new Error('a state could not be copied');
      });
    },
    run: async seconds => (broken === undefined ? await runOver(seconds).catch(failed) : failed(broken)),
  };
};
