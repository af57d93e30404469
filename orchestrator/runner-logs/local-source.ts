// The logs that a run of this machine leaves in its Jobs' directories.
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { listLogFiles } from '../../clients/pods/job-leavings.ts';
import { sightJob } from '../../clients/pods/observe-job.ts';
import { refreshContainer } from '../../contract/long-scans.ts';
import { containerNames, runnerJobName } from '../../contract/names.ts';
import { hasFinished } from '../../contract/observed-job.ts';
import { jobsDirectory } from '../wire-local.ts';
import type { LogPart, LogSource, RunnerAsked } from './log-source.ts';

const first: readonly string[] = [containerNames.assume, refreshContainer];

/** Scanners of others stand beside ours, between the credentials and the upload. */
const rankOf = (container: string): number => {
  if (container === containerNames.upload) return first.length + 1;
  return first.includes(container) ? first.indexOf(container) : first.length;
};

const readRest = async (path: string, skip: number, hear: (bytes: Uint8Array) => void): Promise<number | undefined> => {
  const file = await open(path).catch(() => undefined);
  if (file === undefined) return undefined;
  let told = 0;
  try {
    for await (const chunk of file.createReadStream({ start: skip, autoClose: false })) {
      hear(chunk as Uint8Array);
      told += (chunk as Uint8Array).length;
    }
    return told;
  } finally {
    await file.close();
  }
};

/** Its Job may be gone, and its directory still there. */
export const openLocalLogs = (
  environment: Readonly<Record<string, string | undefined>>,
  { run, account }: RunnerAsked,
): LogSource => {
  const directory = join(jobsDirectory(environment, run), runnerJobName(run, account));
  const paths = new Map<string, string>();
  const keyOf = ({ attempt, container }: Pick<LogPart, 'attempt' | 'container'>) => `${attempt}/${container}`;
  return {
    look: async () => {
      // Before the files: what a Job wrote before its end is there then.
      const job = sightJob(directory)?.observed;
      const files = listLogFiles(directory).sort(
        (a, b) => a.attempt - b.attempt || rankOf(a.container) - rankOf(b.container),
      );
      for (const file of files) paths.set(keyOf(file), file.path);
      const isOver = job === undefined || hasFinished(job);
      const hasEnded = ({ attempt, container }: { readonly attempt: number; readonly container: string }): boolean =>
        isOver ||
        attempt < job.attempts ||
        job.containers.some(({ name, exitCode }) => name === container && exitCode !== null);
      const parts = files.map(
        ({ attempt, container }): LogPart => ({
          attempt,
          pod: null,
          container,
          state: hasEnded({ attempt, container }) ? 'ended' : 'running',
          isSidecar: container === refreshContainer,
        }),
      );
      return { parts, isOver };
    },
    tell: (part, skip, hear) => readRest(paths.get(keyOf(part)) ?? '', skip, hear),
    close: async () => undefined,
  };
};
