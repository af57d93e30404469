// The orchestrator's last words, and what is read from them by who follows it: counts, then the manifest's key.
import type { ContainerMessage } from '../contract/outcome.ts';
import type { RunResult } from './run-organization.ts';

export const closingWords = ({ manifest, manifestKey, exitCode, problems }: RunResult): ContainerMessage => {
  const { accounts, succeeded, partial, failed, skipped } = manifest.totals;
  const counts = `${accounts} accounts: ${succeeded} succeeded, ${partial} partial, ${failed} failed, ${skipped} skipped`;
  const place = manifestKey === null ? 'the manifest could not be written' : manifestKey;
  const [problem] = problems;
  return {
    outcome: exitCode === 0 ? 'succeeded' : failed === accounts - skipped ? 'failed' : 'partial',
    message: `${counts}; ${place}`,
    ...(problem === undefined ? {} : { code: problem.code, remedy: problem.remedy }),
  };
};

/** undefined where the run did not close with one. */
export const manifestKeyIn = (words: ContainerMessage | undefined): string | undefined =>
  /; (\S+\/run_\S+\.json)$/.exec(words?.message ?? '')?.[1];
