// What a run tells while it works, for whoever shows it: a log, a progress bar, plain lines.
import type { ManifestAccount } from '../contract/manifest.ts';
import type { RunPlan } from './plan.ts';

export interface RunProgress {
  readonly planned: (plan: RunPlan) => void;
  /** `adopted` was made by an earlier start of the same run, or by another orchestrator. */
  readonly submitted: (accountId: string, how: 'created' | 'adopted') => void;
  readonly counted: (counts: { readonly waiting: number; readonly running: number; readonly finished: number }) => void;
  readonly finished: (account: ManifestAccount) => void;
  /** Something that somebody should know and that stops nothing. */
  readonly warned: (message: string, facts: Readonly<Record<string, unknown>>) => void;
}
