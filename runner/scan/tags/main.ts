// The tags, a scan tool: checks what the inventory found against the required tags, and leaves tags.json and its counts.
import * as z from 'zod';
import { startStopwatch, timestamp } from '../../../clients/clock.ts';
import { type ContainerContext, type ContainerEnd, runContainerProgram } from '../../../clients/container-program.ts';
import { parentGone } from '../../../clients/parent.ts';
import { InventoryError, toInventoryError } from '../../../contract/errors.ts';
import { readCells } from '../read-cells.ts';
import { toolOrderVariable } from '../tool-order.ts';
import { writeToolResult } from '../tool-result.ts';
import type { Verdict } from '../verdict.ts';
import { checkTags, type TagCheckResult } from './check-tags.ts';
import { tagToolOrderSchema } from './order.ts';

const schema = z.object({
  [toolOrderVariable]: z.string().transform(text => tagToolOrderSchema.parse(JSON.parse(text))),
});

type Context = ContainerContext<z.output<typeof schema>>;

const failedWith = (thrown: unknown): Verdict => {
  const error = toInventoryError(thrown);
  const known = error.code === 'unexpected' ? new InventoryError('tags-failed', error.message) : error;
  return { outcome: 'failed', code: known.code, message: known.message, remedy: known.remedy };
};

/** A resource without its tags is a finding and no failure; what the inventory did not see it has said itself. */
const verdictOf = (checked: TagCheckResult | Verdict): Verdict =>
  'summary' in checked ? { outcome: 'succeeded' } : checked;

const body = async (context: Context): Promise<ContainerEnd> => {
  const stopwatch = startStopwatch();
  const { account, tags: rules, cellsFile, reportsDirectory, resultFile, seconds } = context.facts[toolOrderVariable];
  const deadline = AbortSignal.timeout(Math.ceil(seconds * 1000));
  const signal = AbortSignal.any([context.signal, deadline, parentGone(process.stdin)]);
  const check = async () =>
    await checkTags({ account, rules, cells: await readCells(cellsFile), reportsDirectory, date: timestamp(), signal });
  const checked = await check().catch((thrown: unknown) => {
    if (context.signal.aborted) throw thrown;
    const late = new InventoryError('scan-deadline', `the tags were not checked within ${Math.round(seconds)} seconds`);
    return failedWith(deadline.aborted ? late : thrown);
  });
  const verdict = verdictOf(checked);
  await writeToolResult(resultFile, {
    ...{ tool: 'tags', verdict, resources: 0, seconds: stopwatch(), cells: [] },
    ...('summary' in checked
      ? {
          tags: {
            checked: checked.summary.checked,
            compliant: checked.summary.compliant,
            untagged: checked.summary.untagged,
          },
          tagRegions: [...checked.regions],
        }
      : {}),
  });
  return { message: verdict, exitCode: 0 };
};

process.exitCode = await runContainerProgram({ name: 'tags', environment: process.env, schema, body });
