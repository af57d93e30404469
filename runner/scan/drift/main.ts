// The drift, a scan tool: compares what the inventory found with the account's states, and leaves drift.json and its counts.
import * as z from 'zod';
import { readAwsConnection } from '../../../clients/aws/connection.ts';
import { startStopwatch } from '../../../clients/clock.ts';
import { type ContainerContext, type ContainerEnd, runContainerProgram } from '../../../clients/container-program.ts';
import { parentGone } from '../../../clients/parent.ts';
import { InventoryError, toInventoryError } from '../../../contract/errors.ts';
import { reconFile } from '../../../contract/names.ts';
import { readStateCredentials, readTargetCredentials, rereadCredentials, secretValues } from '../credentials.ts';
import { readCells } from '../read-cells.ts';
import { shareTime } from '../time-shares.ts';
import { toolOrderVariable } from '../tool-order.ts';
import { writeToolResult } from '../tool-result.ts';
import type { Verdict } from '../verdict.ts';
import { type DriftResult, runDrift } from './drift.ts';
import { type DriftToolOrder, driftToolOrderSchema, regionsOf } from './order.ts';
import { readTokens, tokenValues } from './state-tokens.ts';
import { countDrift, countDriftTypes } from './verdict.ts';

const schema = z.object({
  [toolOrderVariable]: z.string().transform(text => driftToolOrderSchema.parse(JSON.parse(text))),
});

type Context = ContainerContext<z.output<typeof schema>>;

const connectionsOf = async (order: DriftToolOrder, environment: Context['environment']) => {
  const { stateRoleArn, stateRegion } = order.drift;
  const own = await readTargetCredentials(order.credentialsFile);
  const forStates = stateRoleArn === undefined ? own : await readStateCredentials(order.credentialsFile);
  const { keptFresh, credentialsFile } = order;
  const fresh = rereadCredentials(() => readTargetCredentials(credentialsFile));
  const freshStates = rereadCredentials(() => readStateCredentials(credentialsFile));
  const stateCredentials = stateRoleArn === undefined ? fresh : freshStates;
  return {
    connection: { ...readAwsConnection(environment, order.region), credentials: keptFresh ? fresh : own },
    stateConnection: {
      ...readAwsConnection(environment, stateRegion ?? order.region),
      credentials: keptFresh ? stateCredentials : forStates,
    },
    secrets: [...secretValues(own), ...secretValues(forStates)],
  };
};

const compare = async ({ facts, environment }: Context, signal: AbortSignal): Promise<DriftResult> => {
  const order = facts[toolOrderVariable];
  const { engine, from, problem, ignore, tokensDirectory } = order.drift;
  if (problem !== undefined) throw new InventoryError('states-unreadable', problem);
  const { secrets, ...connections } = await connectionsOf(order, environment);
  const tokens = await readTokens(tokensDirectory);
  const cells = await readCells(order.cellsFile);
  return runDrift(
    {
      account: order.account,
      regions: regionsOf(cells),
      engine,
      from,
      stateHeaders: tokens.headers,
      ignore,
      driftignore: undefined,
      reportFile: `${order.reportsDirectory}/${reconFile}`,
      cells,
      reportsDirectory: order.reportsDirectory,
      credentialsFile: order.credentialsFile,
    },
    {
      ...connections,
      environment: { ...environment, ...tokens.environment },
      signal,
      // What is still to be done at the deadline is done by nobody: the report needs its share of the time.
      seconds: shareTime(order.seconds).tool,
      secrets: [...secrets, ...tokenValues(tokens)],
      // Without a limit Node tells a number that no machine has.
      memory: process.constrainedMemory(),
    },
  );
};

/** What stops the comparison before it begins is a result too: the inventory has to reach the bucket all the same. */
const failedWith = (thrown: unknown): Verdict => {
  const error = toInventoryError(thrown);
  const known = error.code === 'unexpected' ? new InventoryError('drift-failed', error.message) : error;
  return { outcome: 'failed', code: known.code, message: known.message, remedy: known.remedy };
};

const body = async (context: Context): Promise<ContainerEnd> => {
  const stopwatch = startStopwatch();
  const { seconds, resultFile } = context.facts[toolOrderVariable];
  const deadline = AbortSignal.timeout(Math.ceil(seconds * 1000));
  const signal = AbortSignal.any([context.signal, deadline, parentGone(process.stdin)]);
  const { verdict, report } = await compare(context, signal).catch((thrown: unknown) => {
    if (context.signal.aborted) throw thrown;
    const late = new InventoryError(
      'scan-deadline',
      `the comparison was not done within its ${Math.round(seconds)} seconds`,
    );
    return { verdict: failedWith(deadline.aborted ? late : thrown), report: undefined };
  });
  await writeToolResult(resultFile, {
    tool: 'drift',
    verdict,
    resources: 0,
    seconds: stopwatch(),
    cells: [],
    // Counts of a comparison that is worth nothing would be taken for some.
    ...(report === undefined || verdict.outcome === 'failed'
      ? {}
      : { drift: countDrift(report), driftTypes: countDriftTypes(report) }),
  });
  return { message: verdict, exitCode: 0 };
};

process.exitCode = await runContainerProgram({ name: 'drift', environment: process.env, schema, body });
