import type { ServerResponse } from 'node:http';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { watchJobs } from '../../../clients/kubernetes/job-watch.ts';
import { openClusterJobs } from '../../../clients/kubernetes/jobs.ts';
import { type ApiScript, answer, refusal, startScriptedApi, tell } from '../../setup/scripted-api.ts';

const job = (name: string, version: string, condition?: string) => ({
  metadata: { name, uid: `uid-${name}`, resourceVersion: version, labels: {}, annotations: {} },
  status:
    condition === undefined
      ? { active: 1, startTime: '2026-11-22T00:00:00Z' }
      : { conditions: [{ type: condition, status: 'True', lastTransitionTime: '2026-11-22T00:00:05Z' }] },
});

const list = (response: ServerResponse, version: string, ...items: unknown[]): void =>
  answer(response, 200, { items, metadata: { resourceVersion: version } });

const open = (response: ServerResponse): ServerResponse => {
  response.writeHead(200, { 'content-type': 'application/json' }).flushHeaders();
  return response;
};

const start = async (script: ApiScript, patience: { silence?: number; blind?: number } = {}) => {
  const api = await startScriptedApi(script);
  const stop = new AbortController();
  const jobs = openClusterJobs(api.connection, { signal: stop.signal, attempts: 1 });
  const watch = watchJobs({
    connection: api.connection,
    jobs,
    run: 'r1',
    signal: stop.signal,
    ...(patience.silence === undefined ? {} : { silenceMilliseconds: patience.silence }),
    ...(patience.blind === undefined ? {} : { blindMilliseconds: patience.blind }),
  });
  onTestFinished(() => {
    watch.stop();
    stop.abort();
  });
  const phases = async () => Object.fromEntries([...(await watch.read())].map(([name, { phase }]) => [name, phase]));
  const watches = () => api.requests.filter(({ isWatch }) => isWatch);
  return { api, watch, phases, watches, lists: () => api.requests.filter(({ isWatch }) => !isWatch) };
};

describe('the Jobs of a run', () => {
  it('are listed once and then told by the watch, from where the list ended', async () => {
    const { phases, watches, lists } = await start(({ isWatch }, response) => {
      if (!isWatch) return list(response, '10', job('a', '9'));
      tell(open(response), 'MODIFIED', job('a', '11', 'Complete'));
      tell(response, 'ADDED', job('b', '12'));
    });
    expect(await phases()).toEqual({ a: 'running' });
    await expect.poll(phases).toEqual({ a: 'succeeded', b: 'running' });
    expect(lists()).toHaveLength(1);
    expect(
      watches().map(({ url }) => [url.searchParams.get('resourceVersion'), url.searchParams.get('labelSelector')]),
    ).toEqual([['10', 'aws-inventory/run=r1']]);
  });

  it('go on where the watch ended, without another list', async () => {
    const { phases, watches, lists } = await start(({ isWatch }, response, nth) => {
      if (!isWatch) return list(response, '10', job('a', '9'));
      open(response);
      if (nth > 1) return tell(response, 'MODIFIED', job('a', '31', 'Failed'));
      tell(response, 'BOOKMARK', job('a', '30'));
      response.end();
    });
    await expect.poll(phases).toEqual({ a: 'failed' });
    expect(watches().map(({ url }) => url.searchParams.get('resourceVersion'))).toEqual(['10', '30']);
    expect(lists()).toHaveLength(1);
  });

  it.each(['as an event', 'as an answer'])(
    'are listed again when the watch is told that its version is too old, %s',
    async how => {
      const { phases, lists } = await start(({ isWatch }, response, nth) => {
        if (!isWatch) return nth === 1 ? list(response, '10', job('a', '9')) : list(response, '50', job('b', '49'));
        if (nth > 1) return void open(response);
        const gone = refusal(410, 'Expired', 'too old resource version');
        if (how === 'as an answer') return answer(response, 410, gone);
        tell(open(response), 'ERROR', gone);
        response.end();
      });
      await expect.poll(phases).toEqual({ b: 'running' });
      expect(lists()).toHaveLength(2);
    },
  );

  it('are watched anew when the watch says nothing any more, though its connection stands', async () => {
    const { phases, watches } = await start(
      ({ isWatch }, response, nth) => {
        if (!isWatch) return list(response, '10', job('a', '9'));
        open(response);
        if (nth > 1) tell(response, 'MODIFIED', job('a', '11', 'Complete'));
      },
      { silence: 300 },
    );
    await expect.poll(phases, { timeout: 5_000 }).toEqual({ a: 'succeeded' });
    expect(watches().length).toBeGreaterThanOrEqual(2);
  });

  it('that had ended keep their outcome when their TTL takes them away; those that were deleted before are gone', async () => {
    const { phases } = await start(({ isWatch }, response) => {
      if (!isWatch) return list(response, '10', job('ended', '8', 'Complete'), job('running', '9'));
      tell(open(response), 'DELETED', job('ended', '11', 'Complete'));
      tell(response, 'DELETED', job('running', '12'));
    });
    await expect.poll(phases).toEqual({ ended: 'succeeded' });
  });

  it('lose no event to a list that was asked for before it', async () => {
    let listing: ServerResponse | undefined;
    let blind = true;
    const { phases, lists, watches } = await start(
      ({ isWatch }, response, nth) => {
        if (isWatch) {
          if (blind) return answer(response, 503, refusal(503, 'ServiceUnavailable', 'away'));
          return tell(open(response), 'MODIFIED', job('a', '60', 'Complete'));
        }
        if (nth === 1) return list(response, '10', job('a', '9'));
        listing = response;
      },
      { blind: 200 },
    );
    expect(await phases()).toEqual({ a: 'running' });
    await expect.poll(() => watches().length).toBeGreaterThan(1);
    const reading = vi.waitUntil(async () => (await phases())['a'] === 'succeeded', { timeout: 10_000 });
    await vi.waitUntil(() => listing !== undefined, { timeout: 10_000 });
    const before = watches().length;
    blind = false;
    // The watch is made when the list is there, and not beside it.
    await expect.poll(() => watches().length, { timeout: 300 }).toBe(before);
    if (listing !== undefined) list(listing, '50', job('a', '49'));
    await reading;
    expect(lists()).toHaveLength(2);
  });

  it('are listed again when watch after watch ends with an error', async () => {
    const { phases, lists } = await start(({ isWatch }, response, nth) => {
      if (!isWatch)
        return nth === 1 ? list(response, '10', job('a', '9')) : list(response, '50', job('a', '49', 'Complete'));
      if (nth > 5) return void open(response);
      tell(open(response), 'ERROR', refusal(500, 'InternalError', 'etcd: too many requests'));
      response.end();
    });
    await expect.poll(phases, { timeout: 20_000 }).toEqual({ a: 'succeeded' });
    expect(lists()).toHaveLength(2);
  });

  it('cannot be read while nobody answers, and are read again when somebody does', async () => {
    let away = true;
    const { phases } = await start(({ isWatch }, response) => {
      if (away) return answer(response, 503, refusal(503, 'ServiceUnavailable', 'etcd is away'));
      if (!isWatch) list(response, '10', job('a', '9'));
      else open(response);
    });
    await expect(phases()).rejects.toThrow();
    away = false;
    expect(await phases()).toEqual({ a: 'running' });
  });

  it('wake whoever waits for them', async () => {
    const watching = Promise.withResolvers<ServerResponse>();
    const { watch, phases } = await start(({ isWatch }, response) => {
      if (!isWatch) return list(response, '10', job('a', '9'));
      watching.resolve(open(response));
    });
    await phases();
    const response = await watching.promise;
    const started = Date.now();
    const waiting = watch.wait(new AbortController().signal);
    tell(response, 'MODIFIED', job('a', '11', 'Complete'));
    await waiting;
    expect(Date.now() - started).toBeLessThan(2_000);
    expect(await phases()).toEqual({ a: 'succeeded' });
  });

  it('leave no watch behind when they are let go', async () => {
    const closed = vi.fn();
    const { watch, phases, watches } = await start(({ isWatch }, response) => {
      if (!isWatch) return list(response, '10', job('a', '9'));
      open(response).on('close', closed);
    });
    await phases();
    await expect.poll(() => watches().length).toBe(1);
    watch.stop();
    await expect.poll(() => closed.mock.calls.length).toBe(1);
  });
});
