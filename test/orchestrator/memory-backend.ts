// A backend in memory whose Jobs end when a test says so: for the window and for adoption, where processes would only be slow.
import { setTimeout } from 'node:timers/promises';
import type { ObservedJob } from '../../contract/observed-job.ts';
import { renderContainerMessage } from '../../contract/outcome.ts';
import type { JobBackend } from '../../orchestrator/backend.ts';
import { container, job, template } from './fixtures.ts';

export interface MemoryBackend extends JobBackend {
  readonly jobs: Map<string, ObservedJob>;
  /** Names in the order of their creation, again for one that was created again. */
  readonly created: string[];
  readonly calls: { create: number; read: number; list: number; delete: number };
  readonly left: string[];
  readonly finish: (name: string) => void;
  mostUnfinished: number;
}

const succeeded = renderContainerMessage({
  outcome: 'succeeded',
  reports: [{ kind: 'recon', versionId: 'v1', sha256: 'a'.repeat(64), bytes: 2 }],
});

/** `whenWaiting` runs at every wait of the orchestrator: it lets time pass, by finishing or deleting Jobs. */
export const memoryBackend = (whenWaiting: (backend: MemoryBackend) => void): MemoryBackend => {
  const jobs = new Map<string, ObservedJob>();
  const unfinished = () => [...jobs.values()].filter(each => each.phase === 'running').length;
  const backend: MemoryBackend = {
    jobs,
    created: [],
    left: [],
    calls: { create: 0, read: 0, list: 0, delete: 0 },
    mostUnfinished: 0,
    finish: name => {
      const known = jobs.get(name);
      if (known !== undefined)
        jobs.set(name, { ...known, phase: 'succeeded', containers: [container('upload', { message: succeeded })] });
    },
    readTemplate: async () => template(),
    beginRun: async () => ({
      startedAt: '2026-11-22T00:00:00.000Z',
      date: '2026-11-22',
      deadlineFrom: new Date().toISOString(),
      endsBefore: null,
    }),
    isCancelled: async () => false,
    createJob: async made => {
      backend.calls.create += 1;
      const name = made.metadata?.name ?? '';
      if (jobs.has(name)) return 'exists';
      backend.created.push(name);
      jobs.set(
        name,
        job({
          name,
          labels: made.metadata?.labels ?? {},
          annotations: made.metadata?.annotations ?? {},
          phase: 'running',
        }),
      );
      backend.mostUnfinished = Math.max(backend.mostUnfinished, unfinished());
      return 'created';
    },
    readJob: async name => {
      backend.calls.read += 1;
      return jobs.get(name);
    },
    listJobs: async () => {
      backend.calls.list += 1;
      return [...jobs.values()];
    },
    deleteJob: async name => {
      backend.calls.delete += 1;
      jobs.delete(name);
    },
    waitForChange: async signal => {
      signal.throwIfAborted();
      whenWaiting(backend);
      // As every backend's wait does, it lets some time pass.
      await setTimeout(1);
    },
    leave: async names => void backend.left.push(...names),
  };
  return backend;
};
