// A plan → calls, one resource after the other: one that is refused keeps none of the others from being made.
import type { InventoryError } from '../contract/errors.ts';
import { explainFailure } from './explain.ts';
import type { Step } from './resource-kind.ts';

/** A resource with what is to be done about it: of a plan, or of a removal. */
export interface Work {
  readonly name: string;
  readonly account: string;
  readonly accountId: string;
  readonly steps: readonly Step[];
}

export interface WorkProgress {
  readonly began: (work: Work, step: Step) => void;
  readonly told: (work: Work, text: string) => void;
  readonly done: (work: Work) => void;
  readonly failed: (work: Work, error: InventoryError) => void;
}

export interface WorkEnd {
  readonly done: number;
  readonly failures: readonly { readonly work: Work; readonly error: InventoryError }[];
}

const runSteps = async (work: Work, progress: WorkProgress, signal: AbortSignal): Promise<InventoryError | null> => {
  for (const step of work.steps) {
    signal.throwIfAborted();
    progress.began(work, step);
    try {
      await step.run(signal, text => progress.told(work, text));
    } catch (thrown) {
      signal.throwIfAborted();
      return explainFailure(thrown, `${work.name}: ${step.says}`, `${work.account} ${work.accountId}`);
    }
  }
  return null;
};

/** In their order, because later ones need earlier ones. Rejects only when the signal aborts. */
export const doWork = async (works: readonly Work[], progress: WorkProgress, signal: AbortSignal): Promise<WorkEnd> => {
  const failures: { work: Work; error: InventoryError }[] = [];
  let done = 0;
  for (const work of works) {
    const error = await runSteps(work, progress, signal);
    if (error === null) {
      done += 1;
      progress.done(work);
    } else {
      failures.push({ work, error });
      progress.failed(work, error);
    }
  }
  return { done, failures };
};
