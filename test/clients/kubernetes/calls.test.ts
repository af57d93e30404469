import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { openKubernetes } from '../../../clients/kubernetes/connection.ts';
import { describeApiError, explainApiError } from '../../../clients/kubernetes/errors.ts';
import { openClusterJobs } from '../../../clients/kubernetes/jobs.ts';
import { findMissingRights, renderRight } from '../../../clients/kubernetes/own-rights.ts';
import { answer, refusal, startScriptedApi } from '../../setup/scripted-api.ts';

const patience = { signal: new AbortController().signal };
const job = { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'one', uid: 'u1' } };
const thrownBy = async (work: Promise<unknown>): Promise<unknown> => {
  try {
    await work;
  } catch (thrown) {
    return thrown;
  }
  return undefined;
};

describe('a call to the API server', () => {
  it.each([
    [429, 'TooManyRequests'],
    [500, 'InternalError'],
    [409, 'Conflict'],
    [401, 'Unauthorized'],
    [503, 'ServiceUnavailable'],
    [504, 'Timeout'],
  ])('is tried again after %i, and never before Retry-After', async (status, reason) => {
    const api = await startScriptedApi((_request, response, nth) => {
      if (nth === 1) answer(response, status, refusal(status, reason, 'not now'), { 'retry-after': '1' });
      else answer(response, 200, job);
    });
    const started = Date.now();
    expect(await openClusterJobs(api.connection, patience).read('one')).toEqual(job);
    expect(Date.now() - started).toBeGreaterThanOrEqual(990);
  });

  it('that creates and is cut off is tried again, and learns that the Job exists', async () => {
    const api = await startScriptedApi((_request, response, nth) => {
      if (nth === 1) response.destroy();
      else answer(response, 409, refusal(409, 'AlreadyExists', 'jobs.batch "one" already exists'));
    });
    expect(await openClusterJobs(api.connection, patience).create(job)).toBe('exists');
    expect(api.requests).toHaveLength(2);
  });

  it('that is answered with half a body is tried again', async () => {
    const api = await startScriptedApi((_request, response, nth) => {
      if (nth > 1) return answer(response, 200, job);
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' }).write('{"kind":');
      response.destroy();
    });
    expect(await openClusterJobs(api.connection, patience).read('one')).toEqual(job);
  });

  it('that is not answered is given up, and the next one goes over a new connection', async () => {
    const api = await startScriptedApi((_request, response, nth) => {
      if (nth > 1) answer(response, 200, job);
    });
    const jobs = openClusterJobs(api.connection, { ...patience, timeout: 200 });
    expect(await jobs.read('one')).toEqual(job);
    expect(api.connections()).toBe(2);
  });

  it('that is never answered ends with what was wrong', async () => {
    const api = await startScriptedApi((_request, response) => void response.destroy());
    const jobs = openClusterJobs(api.connection, { ...patience, attempts: 3 });
    const error = explainApiError(await thrownBy(jobs.read('one')), 'reading the Job one');
    expect(error).toMatchObject({ code: 'cluster-unavailable' });
    expect(error.message).toMatch(/^reading the Job one: .*(other side closed|ECONNRESET|socket hang up)/);
    expect(api.requests).toHaveLength(3);
  });

  it('ends at once when the run is stopped, also while it waits to be tried again', async () => {
    const stop = new AbortController();
    const api = await startScriptedApi((_request, response) => {
      answer(response, 429, refusal(429, 'TooManyRequests', 'not now'), { 'retry-after': '30' });
      setTimeout(() => stop.abort(new Error('stopped')), 50);
    });
    const started = Date.now();
    const thrown = await thrownBy(openClusterJobs(api.connection, { signal: stop.signal }).read('one'));
    expect(thrown).toBeDefined();
    expect(Date.now() - started).toBeLessThan(5_000);
  });

  it.each([
    [403, 'Forbidden', 'jobs.batch is forbidden: exceeded quota: jobs', 'forbidden', 'cluster-denied'],
    [404, 'NotFound', 'jobs.batch "one" not found', 'not-found', 'job-refused'],
    [410, 'Expired', 'too old resource version', 'gone', 'job-refused'],
    [422, 'Invalid', 'Job "one" is invalid: spec', 'refused', 'job-refused'],
  ])(
    'that is refused with %i %s is not tried again, and its sentence is kept',
    async (status, reason, message, kind, code) => {
      const api = await startScriptedApi((_request, response) =>
        answer(response, status, refusal(status, reason, message)),
      );
      const thrown = await thrownBy(openClusterJobs(api.connection, patience).create(job));
      expect(describeApiError(thrown)).toEqual({ kind, message, retryAfterSeconds: null });
      expect(explainApiError(thrown, 'creating it')).toMatchObject({ code, message: `creating it: ${message}` });
      expect(api.requests).toHaveLength(1);
    },
  );

  it('takes a connection that is there already', async () => {
    const api = await startScriptedApi((_request, response) => answer(response, 200, job));
    const jobs = openClusterJobs(api.connection, patience);
    for (let round = 0; round < 5; round += 1)
      await Promise.all([jobs.read('one'), jobs.read('one'), jobs.read('one')]);
    expect(api.requests).toHaveLength(15);
    expect(api.connections()).toBeLessThan(10);
  });
});

describe('an identity for the cluster', () => {
  it('that a sign-in program does not give is asked for once, and its owner is told', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'inventory-sign-in-'));
    const config = join(directory, 'config');
    const count = join(directory, 'count');
    const exec = {
      apiVersion: 'client.authentication.k8s.io/v1',
      command: 'sh',
      args: ['-c', `echo >>${count}; echo expired >&2; exit 1`],
    };
    const kubeconfig = {
      ...{
        apiVersion: 'v1',
        kind: 'Config',
        'current-context': 'x',
        contexts: [{ name: 'x', context: { cluster: 'x', user: 'x' } }],
      },
      ...{
        clusters: [{ name: 'x', cluster: { server: 'https://127.0.0.1:9' } }],
        users: [{ name: 'x', user: { exec } }],
      },
    };
    writeFileSync(config, JSON.stringify(kubeconfig));
    vi.stubEnv('KUBECONFIG', config);
    const connection = openKubernetes({});
    const error = explainApiError(await thrownBy(openClusterJobs(connection, patience).read('one')), 'reading');
    vi.unstubAllEnvs();
    expect(error).toMatchObject({ code: 'cluster-unauthorized', message: expect.stringContaining('expired') });
    expect(readFileSync(count, 'utf8')).toBe('\n');
    rmSync(directory, { recursive: true });
  });
});

describe('a list of Jobs', () => {
  it('is read page by page, and answers where to watch from', async () => {
    const api = await startScriptedApi(({ url }, response) => {
      const token = url.searchParams.get('continue');
      const metadata = token === null ? { continue: 'next', resourceVersion: '7' } : { resourceVersion: '7' };
      answer(response, 200, { items: [{ metadata: { name: token === null ? 'a' : 'b' } }], metadata });
    });
    const names: (string | undefined)[] = [];
    const version = await openClusterJobs(api.connection, patience).list('x=y', each =>
      names.push(each.metadata?.name),
    );
    expect([names, version]).toEqual([['a', 'b'], '7']);
    expect(api.requests.map(({ url }) => url.searchParams.get('labelSelector'))).toEqual(['x=y', 'x=y']);
  });
});

describe('own rights', () => {
  it('are asked one by one, and those that are missing are named', async () => {
    const rights = [
      { verb: 'create', group: 'batch', resource: 'jobs' },
      { verb: 'get', group: 'batch', resource: 'cronjobs', name: 'template' },
      { verb: 'list', group: '', resource: 'pods' },
    ];
    const api = await startScriptedApi((_request, response, nth) =>
      answer(response, 201, { spec: {}, status: { allowed: nth === 1 } }),
    );
    const missing = await findMissingRights(api.connection, rights, patience.signal);
    expect(missing).toHaveLength(2);
    expect(rights.map(renderRight)).toEqual(['create jobs.batch', 'get cronjobs.batch/template', 'list pods']);
  });
});
