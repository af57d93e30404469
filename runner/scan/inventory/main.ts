// The inventory, a scan tool: lists an account's resources into output.json, and says in its result what it could not see.
import * as z from 'zod';
import { readAwsConnection } from '../../../clients/aws/connection.ts';
import { startStopwatch } from '../../../clients/clock.ts';
import { type ContainerContext, type ContainerEnd, runContainerProgram } from '../../../clients/container-program.ts';
import { parentGone } from '../../../clients/parent.ts';
import { foldCells } from '../../../contract/scan-report.ts';
import { readTargetCredentials, rereadCredentials } from '../credentials.ts';
import { toolOrderSchema, toolOrderVariable } from '../tool-order.ts';
import { writeToolResult } from '../tool-result.ts';
import { runInventory } from './inventory.ts';

const schema = z.object({
  [toolOrderVariable]: z.string().transform(text => toolOrderSchema.parse(JSON.parse(text))),
});

const body = async ({
  facts,
  environment,
  signal,
}: ContainerContext<z.output<typeof schema>>): Promise<ContainerEnd> => {
  const stopwatch = startStopwatch();
  const order = facts[toolOrderVariable];
  const read = () => readTargetCredentials(order.credentialsFile);
  const credentials = order.keptFresh ? rereadCredentials(read) : await read();
  const connection = { ...readAwsConnection(environment, order.region), credentials };
  const deadline = AbortSignal.timeout(Math.ceil(order.seconds * 1000));
  const { verdict, cells, resources, requests } = await runInventory({
    order,
    connection,
    signal: AbortSignal.any([signal, deadline, parentGone(process.stdin)]),
    reportsDirectory: order.reportsDirectory,
  });
  await writeToolResult(order.resultFile, {
    tool: 'inventory',
    verdict,
    resources,
    seconds: stopwatch(),
    cells: foldCells(cells),
    requests,
  });
  return { message: verdict, exitCode: 0 };
};

process.exitCode = await runContainerProgram({ name: 'inventory', environment: process.env, schema, body });
