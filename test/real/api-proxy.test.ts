// The proxy before the API server does what its rules say: every fault that a run has to survive is made by it.
import { readFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type ApiProxy, startApiProxy } from './cluster/api-proxy.ts';
import { type ControlPlane, startControlPlane } from './cluster/control-plane.ts';

const firstBuild = 900_000;
const maps = '/api/v1/namespaces/default/configmaps';

let cluster: ControlPlane;
let proxy: ApiProxy;
beforeAll(async () => {
  cluster = await startControlPlane({ controllerManager: false });
  proxy = await startApiProxy({ before: cluster, tokens: { [cluster.adminToken]: 'admin' } });
}, firstBuild);
beforeEach(() => proxy.setRules([]));
afterAll(async () => {
  await proxy?.stop();
  await cluster?.stop();
});

const open = (method: string, path: string, body?: object): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${cluster.adminToken}`, 'user-agent': 'the-test' };
    const json = body === undefined ? {} : { 'content-type': 'application/json' };
    const asked = request(new URL(path, proxy.url), {
      method,
      ca: readFileSync(cluster.caFile),
      headers: { ...headers, ...json },
    });
    asked.once('response', resolve).once('error', reject);
    asked.end(body === undefined ? undefined : JSON.stringify(body));
  });
const ask = async (method: string, path: string, body?: object) => {
  const answer = await open(method, path, body);
  return { status: answer.statusCode, headers: answer.headers, body: JSON.parse(await text(answer)) };
};
const create = (name: string) => ask('POST', maps, { metadata: { name } });
const statusOf = async (name: string) => (await ask('GET', `${maps}/${name}`)).status;
const codeOf = (asking: Promise<unknown>): Promise<string> =>
  asking.then(
    () => 'answered',
    error => error.code,
  );

test('a client that trusts the API server trusts the proxy, and kubectl works through it', async () => {
  const kubeconfig = await cluster.kubeconfigFor(cluster.adminToken, { server: proxy.url });
  await cluster.kubectl(['create', 'configmap', 'through'], { kubeconfig });
  expect(await cluster.kubectl(['get', 'configmaps', '-o', 'name'], { kubeconfig })).toContain('configmap/through');
});

test('the history tells user, verb, resource and name, and holds no token', async () => {
  await create('told');
  await ask('DELETE', `${maps}/told`);
  expect(proxy.history.slice(-2)).toMatchObject([
    { user: 'admin', userAgent: 'the-test', verb: 'create', resource: 'configmaps', name: 'told', status: 201 },
    { user: 'admin', verb: 'delete', resource: 'configmaps', namespace: 'default', name: 'told', status: 200 },
  ]);
  expect(JSON.stringify(proxy.history)).not.toContain(cluster.adminToken);
});

test('a service account is known by its token', async () => {
  await cluster.kubectl(['create', 'serviceaccount', 'known']);
  const token = await cluster.kubectl(['create', 'token', 'known']);
  const kubeconfig = await cluster.kubeconfigFor(token, { server: proxy.url });
  await expect(cluster.kubectl(['get', 'secrets'], { kubeconfig })).rejects.toThrow(/cannot list/);
  expect(proxy.history.at(-1)).toMatchObject({
    user: 'system:serviceaccount:default:known',
    verb: 'list',
    status: 403,
  });
});

test('a rule refuses the requests of its window with a Status and Retry-After', async () => {
  const answer = { do: 'refuse', status: 429, reason: 'TooManyRequests', retryAfter: 3 } as const;
  proxy.setRules([{ match: { verb: 'create', resource: 'configmaps' }, after: 1, times: 1, answer }]);
  expect((await create('window-1')).status).toBe(201);
  const refused = await create('window-2');
  expect(refused).toMatchObject({ status: 429, headers: { 'retry-after': '3' } });
  expect(refused.body).toMatchObject({ kind: 'Status', reason: 'TooManyRequests', code: 429 });
  expect(await statusOf('window-2')).toBe(404);
  expect((await create('window-3')).status).toBe(201);
});

test('a reset before the request is forwarded leaves nothing behind, one after it leaves the object', async () => {
  proxy.setRules([
    { match: { name: 'lost', verb: 'create' }, answer: { do: 'reset-before-forward' } },
    { match: { name: 'unknown', verb: 'create' }, answer: { do: 'forward-then-reset' } },
  ]);
  expect(await codeOf(create('lost'))).toBe('ECONNRESET');
  expect(await codeOf(create('unknown'))).toBe('ECONNRESET');
  expect(await statusOf('lost')).toBe(404);
  expect(await statusOf('unknown')).toBe(200);
});

test('a request that hangs is not answered, and has not happened', async () => {
  proxy.setRules([{ match: { name: 'hangs', verb: 'create' }, answer: { do: 'hang' } }]);
  const hanging = open('POST', maps, { metadata: { name: 'hangs' } });
  await expect.poll(() => proxy.history.at(-1)).toMatchObject({ name: 'hangs', answer: 'hang', status: null });
  expect(await statusOf('hangs')).toBe(404);
  await Promise.all([expect(hanging).rejects.toThrow(), proxy.stop()]);
  proxy = await startApiProxy({ before: cluster, tokens: { [cluster.adminToken]: 'admin' } });
});

test('a delayed request is answered later', async () => {
  proxy.setRules([{ match: { verb: 'list' }, answer: { do: 'delay', milliseconds: 300 } }]);
  const begin = performance.now();
  expect((await ask('GET', maps)).status).toBe(200);
  expect(performance.now() - begin).toBeGreaterThanOrEqual(299);
});

test('an old list stays as it was when it was first asked for', async () => {
  proxy.setRules([{ match: { verb: 'list', resource: 'configmaps' }, answer: { do: 'first-answer' } }]);
  const before = await ask('GET', maps);
  await create('newer-than-the-list');
  expect((await ask('GET', maps)).body).toEqual(before.body);
  proxy.setRules([]);
  expect((await ask('GET', maps)).body.items).toHaveLength(before.body.items.length + 1);
});

describe('a watch', () => {
  const openWatch = async () => {
    const { body } = await ask('GET', maps);
    const answer = await open('GET', `${maps}?watch=true&resourceVersion=${body.metadata.resourceVersion}`);
    const lines: { type: string; object: { metadata: { name?: string }; code?: number } }[] = [];
    const end = (async () => {
      for await (const line of createInterface({ input: answer })) lines.push(JSON.parse(line));
    })();
    end.catch(() => undefined);
    return { answer, lines, names: () => lines.map(({ object }) => object.metadata.name), end };
  };

  test('passes its events on', async () => {
    const { answer, names } = await openWatch();
    await create('seen');
    await expect.poll(names).toEqual(['seen']);
    expect(proxy.openWatches()).toMatchObject([{ user: 'admin', verb: 'watch', resource: 'configmaps' }]);
    answer.destroy();
    await expect.poll(proxy.openWatches).toEqual([]);
  });

  test('that stalls after an event stays open and says nothing more', async () => {
    const answer = { do: 'disturb-watch', by: 'stall', afterEvents: 1 } as const;
    proxy.setRules([{ match: { verb: 'watch' }, answer }]);
    const stalled = await openWatch();
    await create('before-the-stall');
    await create('after-the-stall');
    proxy.setRules([]);
    // The second watch shows that the event has been sent out.
    const other = await openWatch();
    await create('last');
    await expect.poll(other.names).toEqual(['last']);
    expect(stalled.names()).toEqual(['before-the-stall']);
    expect(stalled.answer.complete).toBe(false);
    stalled.answer.destroy();
    other.answer.destroy();
  });

  test.each([
    ['ends in order', 'end', true],
    ['breaks', 'reset', false],
    ['is gone', 'gone', true],
  ] as const)('that is open %s when the test says so', async (_, by, complete) => {
    const watch = await openWatch();
    expect(proxy.disturbWatches({ verb: 'watch', resource: 'configmaps' }, by)).toBe(1);
    await new Promise(resolve => watch.answer.once('close', resolve));
    expect(watch.answer.complete).toBe(complete);
    await watch.end.catch(() => undefined);
    const ends = watch.lines.map(({ type, object }) => [type, object.code]);
    expect(ends).toEqual(by === 'gone' ? [['ERROR', 410]] : []);
  });

  test('is refused with 410 as its answer', async () => {
    const answer = { do: 'refuse', status: 410, reason: 'Expired' } as const;
    proxy.setRules([{ match: { verb: 'watch' }, times: 1, answer }]);
    expect((await ask('GET', `${maps}?watch=true&resourceVersion=1`)).status).toBe(410);
  });
});

describe('a test steps in', () => {
  const nth = (name: RegExp, when: 'before' | 'after') => ({ match: { verb: 'create', name }, nth: 2, when }) as const;

  test('before the nth request has happened', async () => {
    const hooked = proxy.onRequest({ ...nth(/^early-/, 'before'), act: () => 'break' });
    expect((await create('early-1')).status).toBe(201);
    expect(await codeOf(create('early-2'))).toBe('ECONNRESET');
    expect(await hooked).toMatchObject({ name: 'early-2' });
    expect(await statusOf('early-2')).toBe(404);
    expect((await create('early-3')).status).toBe(201);
  });

  test('after it has happened and before the client knows', async () => {
    const seen: (number | undefined)[] = [];
    const act = async () => {
      seen.push(await statusOf('late-2'));
      return 'break' as const;
    };
    const hooked = proxy.onRequest({ ...nth(/^late-/, 'after'), act });
    await create('late-1');
    expect(await codeOf(create('late-2'))).toBe('ECONNRESET');
    await hooked;
    expect(seen).toEqual([200]);
  });

  test('and lets the request go on', async () => {
    const hooked = proxy.onRequest({ ...nth(/^on-/, 'before'), act: () => 'go-on' });
    await create('on-1');
    expect((await create('on-2')).status).toBe(201);
    await hooked;
  });
});
