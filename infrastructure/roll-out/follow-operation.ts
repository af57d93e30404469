// An operation of a StackSet goes on in AWS by itself: watched to its end, with how many accounts it has reached.
import { listStackInstances, readOperation, type StackSetEdge } from '../../clients/aws/infrastructure/stack-sets.ts';
import { sleep } from '../../clients/clock.ts';
import { InventoryError } from '../../contract/errors.ts';

/** Milliseconds between two questions: a stack of one role takes some twenty seconds. */
const pause = 3_000;

const unfinished = new Set(['RUNNING', 'QUEUED', 'STOPPING']);

export interface Following {
  readonly edge: StackSetEdge;
  readonly signal: AbortSignal;
  readonly say: (text: string) => void;
}

/** Throws infrastructure-refused when somebody stops it; accounts in which it failed are the caller's to find. */
export const followOperation = async ({ edge, signal, say }: Following, id: string): Promise<void> => {
  let told = '';
  for (;;) {
    const status = await readOperation(edge, id);
    if (status === 'STOPPED') {
      throw new InventoryError(
        'infrastructure-refused',
        `Somebody stopped the operation ${id} of the StackSet ${edge.name}`,
        {
          remedy: 'Start the same command again when nobody minds.',
        },
      );
    }
    if (!unfinished.has(status)) return;
    const instances = await listStackInstances(edge);
    const ready = instances.filter(({ detail }) => detail === 'SUCCEEDED').length;
    const text = `${ready} of ${instances.length} accounts`;
    if (text !== told) say(text);
    told = text;
    await sleep(pause, signal);
  }
};
