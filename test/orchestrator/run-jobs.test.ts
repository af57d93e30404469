import { describe, expect, it } from 'vitest';
import { InventoryError } from '../../contract/errors.ts';
import { annotationNames } from '../../contract/names.ts';
import { stampRunnerJob } from '../../contract/runner-job.ts';
import type { JobBackend } from '../../orchestrator/backend.ts';
import { failedVerdict } from '../../orchestrator/decide-outcome.ts';
import type { FinishedAccount } from '../../orchestrator/followed-run.ts';
import type { RunProgress } from '../../orchestrator/progress.ts';
import { runJobs } from '../../orchestrator/run-jobs.ts';
import { account, job, plan, template } from './fixtures.ts';
import { type MemoryBackend, memoryBackend } from './memory-backend.ts';

const silent: RunProgress = {
  planned: () => {},
  submitted: () => {},
  counted: () => {},
  finished: () => {},
  warned: () => {},
};
const ids = (count: number) => Array.from({ length: count }, (_, index) => String(100_000_000_000 + index));
const running = (backend: MemoryBackend) => [...backend.jobs.values()].filter(each => each.phase === 'running');
const finishOne = (backend: MemoryBackend) => {
  const next = running(backend)[0];
  if (next !== undefined) backend.finish(next.name);
};

const follow = async (backend: JobBackend, count: number, options: Partial<Parameters<typeof runJobs>[0]> = {}) => {
  const results: FinishedAccount[] = [];
  await runJobs({
    backend,
    template: template(),
    limits: {},
    plan: plan(ids(count).map(id => account(id))),
    maxRunning: 5,
    signal: new AbortController().signal,
    deadline: new AbortController().signal,
    progress: silent,
    mayHaveExpired: false,
    findLeftVerdict: async () => undefined,
    finished: async result => void results.push(result),
    ...options,
  });
  return results;
};

const outcomes = (results: readonly FinishedAccount[]) => results.map(({ verdict }) => verdict.code ?? verdict.outcome);

describe('following the Jobs of a run', () => {
  it('gives every account one outcome and never has more unfinished Jobs than the window', async () => {
    const backend = memoryBackend(finishOne);
    const results = await follow(backend, 40);
    expect(new Set(results.map(({ planned }) => planned.account.id)).size).toBe(40);
    expect(results).toHaveLength(40);
    expect(backend.mostUnfinished).toBe(5);
    expect(backend.created).toHaveLength(40);
  });

  it('creates each Job once and reads none of them in a run that nothing disturbs', async () => {
    const backend = memoryBackend(finishOne);
    await follow(backend, 40);
    expect(backend.calls).toMatchObject({ create: 40, read: 0, delete: 0 });
  });

  it('adopts finished and running Jobs of an earlier start, and makes only those that are missing', async () => {
    const killed = memoryBackend(backend => {
      finishOne(backend);
      if (backend.created.length >= 10) throw new Error('kill -9');
    });
    await expect(follow(killed, 30)).rejects.toThrow('kill -9');
    const before = [...killed.created];
    const restarted = memoryBackend(finishOne);
    for (const [name, known] of killed.jobs) restarted.jobs.set(name, known);
    const results = await follow(restarted, 30);
    expect(results).toHaveLength(30);
    expect([...before, ...restarted.created]).toHaveLength(30);
    expect(new Set([...before, ...restarted.created]).size).toBe(30);
  });

  it('shares the accounts with a second orchestrator of the same run', async () => {
    const backend = memoryBackend(finishOne);
    const [first, second] = await Promise.all([follow(backend, 20), follow(backend, 20)]);
    expect(first).toHaveLength(20);
    expect(second).toHaveLength(20);
    expect(backend.created).toHaveLength(20);
  });

  it('fails the account whose Job has the right name and other facts, and scans the rest', async () => {
    const backend = memoryBackend(finishOne);
    const planned = plan([account('100000000001')]).planned[0];
    if (planned === undefined) throw new Error('nothing planned');
    const stamped = stampRunnerJob(template(), planned.facts);
    const labels = stamped.metadata?.labels ?? {};
    backend.jobs.set(
      planned.job,
      job({ name: planned.job, labels, annotations: { [annotationNames.facts]: 'other' }, phase: 'running' }),
    );
    const results = await follow(backend, 3);
    expect(outcomes(results).sort()).toEqual(['job-conflict', 'succeeded', 'succeeded']);
    expect(backend.created).not.toContain(planned.job);
    expect(backend.calls.delete).toBe(0);
  });

  it('makes a Job that somebody deleted once more, and then fails its account', async () => {
    const backend = memoryBackend(each => {
      for (const { name } of running(each)) {
        if (name.endsWith('1')) each.jobs.delete(name);
        else each.finish(name);
      }
    });
    const results = await follow(backend, 3);
    expect(outcomes(results).sort()).toEqual(['job-vanished', 'succeeded', 'succeeded']);
    expect(backend.created.filter(name => name.endsWith('1'))).toHaveLength(2);
  });

  it('takes what a Job has left in the bucket when the Job is gone, and makes no other', async () => {
    const backend = memoryBackend(each => {
      for (const { name } of running(each)) each.jobs.delete(name);
    });
    const left = { ...failedVerdict('unexpected', ''), outcome: 'succeeded' as const, code: null };
    const results = await follow(backend, 3, { findLeftVerdict: async () => left });
    expect(outcomes(results)).toEqual(['succeeded', 'succeeded', 'succeeded']);
    expect(backend.created).toHaveLength(3);
  });

  it('asks the bucket before it makes a Job, when an earlier one may have expired', async () => {
    const backend = memoryBackend(finishOne);
    const left = { ...failedVerdict('unexpected', ''), outcome: 'partial' as const, code: 'services-denied' as const };
    const results = await follow(backend, 3, {
      mayHaveExpired: true,
      findLeftVerdict: async ({ job: name }) => (name.endsWith('1') ? left : undefined),
    });
    expect(outcomes(results).sort()).toEqual(['services-denied', 'succeeded', 'succeeded']);
    expect(backend.created).toHaveLength(2);
  });

  it('puts a Job off while the API server is away, and makes it when it is back', async () => {
    const backend = memoryBackend(finishOne);
    let away = 7;
    const results = await follow(
      {
        ...backend,
        createJob: async made => {
          away -= 1;
          if (away >= 0) throw new InventoryError('cluster-unavailable', 'connection refused');
          return backend.createJob(made);
        },
      },
      3,
    );
    expect(outcomes(results)).toEqual(['succeeded', 'succeeded', 'succeeded']);
    expect(backend.created).toHaveLength(3);
  });

  it('goes on after an answer about a Job that is gone did not come', async () => {
    let taken = false;
    let asked = 0;
    const backend = memoryBackend(each => {
      if (!taken) each.jobs.delete(running(each)[0]?.name ?? '');
      else finishOne(each);
      taken = true;
    });
    const results = await follow(
      {
        ...backend,
        readJob: async name => {
          asked += 1;
          if (asked === 1) throw new InventoryError('cluster-unavailable', '503');
          return backend.readJob(name);
        },
      },
      3,
    );
    expect(outcomes(results)).toEqual(['succeeded', 'succeeded', 'succeeded']);
    expect(asked).toBe(2);
  });

  it('ends without an outcome for anybody when the run was cancelled, and makes no Job anew', async () => {
    const backend = memoryBackend(each => {
      for (const { name } of running(each)) each.jobs.delete(name);
    });
    const cancelled = { ...backend, isCancelled: async () => true };
    await expect(follow(cancelled, 3)).rejects.toMatchObject({ code: 'interrupted' });
    expect(backend.created).toHaveLength(3);
  });

  it('tries no other account when the right to create Jobs was taken away, and follows those that run', async () => {
    const backend = memoryBackend(finishOne);
    let tried = 0;
    const denied = {
      ...backend,
      createJob: async (made: Parameters<JobBackend['createJob']>[0]) => {
        tried += 1;
        if (tried > 5) throw new InventoryError('cluster-denied', 'cannot create resource jobs');
        return backend.createJob(made);
      },
    };
    const results = await follow(denied, 40);
    expect(results).toHaveLength(40);
    expect(outcomes(results).filter(outcome => outcome === 'succeeded')).toHaveLength(5);
    expect(outcomes(results).filter(outcome => outcome === 'cluster-denied')).toHaveLength(35);
    expect(tried).toBeLessThanOrEqual(10);
  });

  it('closes with what it knows when the right to read Jobs was taken away', async () => {
    const backend = memoryBackend(finishOne);
    let looks = 0;
    const denied = {
      ...backend,
      listJobs: async (run: string) => {
        looks += 1;
        if (looks > 4) throw new InventoryError('cluster-denied', 'cannot list resource jobs');
        return backend.listJobs(run);
      },
    };
    const results = await follow(denied, 10);
    expect(results).toHaveLength(10);
    expect(outcomes(results).filter(outcome => outcome === 'cluster-denied').length).toBeGreaterThan(5);
  });

  it('says once what holds a Job up', async () => {
    const backend = memoryBackend(each => {
      if (told.length > 0) return finishOne(each);
      for (const held of running(each)) each.jobs.set(held.name, { ...held, hindrance: 'Unschedulable: no room' });
    });
    const told: unknown[] = [];
    await follow(backend, 1, { progress: { ...silent, warned: (_message, facts) => void told.push(facts) } });
    expect(told).toEqual([expect.objectContaining({ reason: 'Unschedulable: no room' })]);
  });

  it('goes on after a Job that was refused', async () => {
    const backend = memoryBackend(finishOne);
    const { createJob } = backend;
    const refusing = {
      ...backend,
      createJob: async (made: Parameters<typeof createJob>[0]) => {
        if (made.metadata?.name?.endsWith('2')) throw new Error('exceeded quota: pods=50');
        return createJob(made);
      },
    };
    const results = await follow(refusing, 4);
    expect(outcomes(results).sort()).toEqual(['job-refused', 'succeeded', 'succeeded', 'succeeded']);
    expect(results.find(({ verdict }) => verdict.code === 'job-refused')?.verdict.message).toContain(
      'exceeded quota: pods=50',
    );
  });

  it('stops what runs at the deadline and leaves no account without an outcome', async () => {
    const deadline = new AbortController();
    const backend = memoryBackend(each => {
      finishOne(each);
      if (each.created.length >= 8) deadline.abort();
    });
    const results = await follow(backend, 12, { deadline: deadline.signal });
    expect(results).toHaveLength(12);
    expect(outcomes(results).filter(code => code === 'run-deadline').length).toBeGreaterThan(6);
    expect(running(backend)).toEqual([]);
  });

  it('counts at the deadline what had finished by then, and names the Job of what had not', async () => {
    const deadline = new AbortController();
    const backend = memoryBackend(each => {
      for (const { name } of running(each).slice(1)) each.finish(name);
      deadline.abort();
    });
    const results = await follow(backend, 5, { deadline: deadline.signal });
    expect(outcomes(results).sort()).toEqual(['run-deadline', 'succeeded', 'succeeded', 'succeeded', 'succeeded']);
    expect(results.every(({ job: each }) => each !== undefined)).toBe(true);
    expect(backend.calls.delete).toBe(1);
  });

  it('closes every account at the deadline, also when a Job cannot be deleted', async () => {
    const deadline = new AbortController();
    const backend = {
      ...memoryBackend(() => deadline.abort()),
      deleteJob: async () => Promise.reject(new Error('etcd is down')),
    };
    const results = await follow(backend, 3, { deadline: deadline.signal });
    expect(results.map(({ verdict }) => verdict.message)).toEqual(
      Array(3).fill('it had not ended when the run reached its deadline; its Job could not be deleted: etcd is down'),
    );
  });

  it('goes on when the backend is away for a while', async () => {
    let looks = 0;
    const backend = memoryBackend(finishOne);
    const { listJobs } = backend;
    const flaky = {
      ...backend,
      listJobs: async (run: string) => (++looks % 3 === 0 ? Promise.reject(new Error('503')) : listJobs(run)),
    };
    expect(outcomes(await follow(flaky, 6))).toEqual(Array(6).fill('succeeded'));
  });

  it.each([1, 2, 5])('makes a Job anew whose deletion took %i looks', async looks => {
    let left = looks;
    const backend = memoryBackend(each => {
      const [next] = running(each);
      if (next === undefined) return;
      if (left < 0) return each.finish(next.name);
      if (left === 0) each.jobs.delete(next.name);
      else each.jobs.set(next.name, { ...next, deleting: true });
      left -= 1;
    });
    expect(outcomes(await follow(backend, 1))).toEqual(['succeeded']);
    expect(backend.created).toHaveLength(2);
  });

  it('waits for the deletion of a Job of an earlier start, and meanwhile submits the others', async () => {
    let waits = 0;
    const backend = memoryBackend(each => {
      waits += 1;
      finishOne(each);
      if (waits === 8) each.jobs.delete(stuck);
    });
    const planned = plan([account('100000000001')]).planned[0];
    const stuck = planned?.job ?? '';
    backend.jobs.set(stuck, job({ name: stuck, phase: 'running', deleting: true }));
    const keep = backend.finish;
    const careful = Object.assign(backend, {
      finish: (name: string) => (backend.jobs.get(name)?.deleting ? undefined : keep(name)),
    });
    expect(outcomes(await follow(careful, 4))).toEqual(Array(4).fill('succeeded'));
  });

  it('adopts a Job after the template’s deadline or the account’s name changed', async () => {
    const backend = memoryBackend(finishOne);
    const before = plan([account('100000000000', { name: 'old name' })], '', { jobSeconds: 600 }).planned[0];
    if (before === undefined) throw new Error('nothing planned');
    await backend.createJob(stampRunnerJob(template(), before.facts));
    expect(outcomes(await follow(backend, 1))).toEqual(['succeeded']);
    expect(backend.created).toHaveLength(1);
  });

  it('leaves what runs to nobody when the backend is gone for good', async () => {
    const backend = memoryBackend(() => {});
    let made = 0;
    const gone = { ...backend, listJobs: async () => (made++ === 0 ? [] : Promise.reject(new Error('gone'))) };
    await expect(follow(gone, 2)).rejects.toThrow('gone');
    expect(backend.left.sort()).toEqual([...backend.created].sort());
  });

  it('creates nothing more after a signal and names what it leaves behind', async () => {
    const stop = new AbortController();
    const backend = memoryBackend(each => {
      finishOne(each);
      if (each.created.length >= 8) stop.abort(new Error('SIGTERM'));
    });
    await expect(follow(backend, 30, { signal: stop.signal })).rejects.toThrow('SIGTERM');
    expect(backend.created).toHaveLength(8);
    // One had finished since the last look: the backend sees that for itself.
    expect(backend.left).toHaveLength(5);
    expect(backend.left).toEqual(expect.arrayContaining(running(backend).map(({ name }) => name)));
  });
});
