// An API server that is busy, away, forgetful or full: no account is scanned twice, none is missing, and no run hangs.
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { annotationNames } from '../../contract/names.ts';
import type { ApiRule } from './cluster/api-proxy-rules.ts';
import { patiently } from './cluster/cluster-fleet.ts';
import { type ProxiedFleet, startProxiedFleet } from './cluster/proxied-fleet.ts';

const members = 4;
let fleet: ProxiedFleet;

beforeAll(async () => {
  fleet = await startProxiedFleet({ members });
});
afterAll(() => fleet?.stop());
beforeEach(() => fleet.api.setRules([]));

const jobName = (run: string, id: string | undefined) => `aws-inventory-runner-${run}-${id}`;
const jobsOf = async (run: string): Promise<string[]> =>
  (await fleet.kubectl(['get', 'jobs', '-l', `aws-inventory/run=${run}`, '-o', 'name'])).split('\n').filter(Boolean);
const refuse = (status: number, reason: string, retryAfter?: number): ApiRule['answer'] => ({
  do: 'refuse',
  status,
  reason,
  ...(retryAfter === undefined ? {} : { retryAfter }),
});
const creations = { verb: 'create', resource: 'jobs' };
/** Ids of scanned accounts: the first member is suspended, the management account is scanned too. */
const scanned = () => fleet.aws.ids.slice(1);

describe('a run goes on and comes to its end', () => {
  it.each<[string, ApiRule[]]>([
    [
      'creates are throttled with Retry-After',
      [{ match: creations, times: 3, answer: refuse(429, 'TooManyRequests', 1) }],
    ],
    ['every call is answered with 503 at first', [{ match: {}, times: 4, answer: refuse(503, 'ServiceUnavailable') }]],
    [
      'a create is cut off before it happened',
      [{ match: creations, times: 1, answer: { do: 'reset-before-forward' } }],
    ],
    ['a create is cut off after it happened', [{ match: creations, times: 2, answer: { do: 'forward-then-reset' } }]],
    [
      'a list of pods is cut off',
      [{ match: { verb: 'list', resource: 'pods' }, times: 2, answer: { do: 'forward-then-reset' } }],
    ],
    ['the watch is refused', [{ match: { verb: 'watch' }, times: 2, answer: refuse(503, 'ServiceUnavailable') }]],
    [
      'the watch ends after every event',
      [{ match: { verb: 'watch' }, answer: { do: 'disturb-watch', by: 'end', afterEvents: 1 } }],
    ],
    [
      'the watch breaks',
      [{ match: { verb: 'watch' }, times: 3, answer: { do: 'disturb-watch', by: 'reset', afterEvents: 1 } }],
    ],
    [
      'the watch is told that its version is gone',
      [{ match: { verb: 'watch' }, times: 2, answer: { do: 'disturb-watch', by: 'gone', afterEvents: 1 } }],
    ],
    ['the watch is answered with 410', [{ match: { verb: 'watch' }, times: 1, answer: refuse(410, 'Expired') }]],
  ])('when %s', async (what, rules) => {
    const owner = await fleet.owner(
      what
        .replaceAll(/[^a-z0-9]+/g, '-')
        .slice(0, 30)
        .replace(/-$/, ''),
    );
    fleet.api.setRules(rules);
    const { exitCode, stderr } = await fleet.start(owner);
    expect(exitCode, stderr).toBe(0);
    expect(fleet.api.history.some(({ answer }) => answer !== 'forward')).toBe(true);
    await fleet.expectWhole(owner.run);
    expect(await jobsOf(owner.run)).toHaveLength(members);
  });

  it('when the watch says nothing any more and its connection stands', async () => {
    const owner = await fleet.owner('stalled');
    fleet.api.setRules([{ match: { verb: 'watch' }, times: 1, answer: { do: 'disturb-watch', by: 'stall' } }]);
    const { exitCode, stderr, durationMs } = await fleet.start(owner);
    expect(exitCode, stderr).toBe(0);
    await fleet.expectWhole(owner.run);
    // The watchdog's ninety seconds, and the work.
    expect(durationMs).toBeLessThan(150_000);
  });

  it('when the API server is killed and started again in the middle', async () => {
    const owner = await fleet.owner('api-restarted');
    const run = fleet.start(owner);
    await vi.waitUntil(() => fleet.assumed(owner.run).length >= 1, patiently);
    await fleet.cluster.restartApiServer();
    const { exitCode, stderr } = await run;
    expect(exitCode, stderr).toBe(0);
    await fleet.expectWhole(owner.run);
  });

  it('when etcd is killed and started again in the middle', async () => {
    const owner = await fleet.owner('etcd-restarted');
    const run = fleet.start(owner);
    await vi.waitUntil(() => fleet.assumed(owner.run).length >= 1, patiently);
    await fleet.cluster.restartEtcd();
    const { exitCode, stderr } = await run;
    expect(exitCode, stderr).toBe(0);
    await fleet.expectWhole(owner.run);
  });

  it('when a second orchestrator of the same run is at work', async () => {
    const owner = await fleet.owner('twins');
    const ends = await Promise.all([fleet.start(owner), fleet.start(owner)]);
    expect(ends.map(({ exitCode }) => exitCode)).toEqual([0, 0]);
    await fleet.expectWhole(owner.run);
    expect(fleet.assumed(owner.run)).toHaveLength(members);
  });

  it('in the folder of the day that it was due, when it began after midnight and was killed', async () => {
    const yesterday = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
    const scheduled = 'batch.kubernetes.io/cronjob-scheduled-timestamp';
    const owner = await fleet.owner('midnight', { [scheduled]: `${yesterday}T23:59:00Z` });
    const killed = fleet.api.onRequest({ match: creations, nth: 2, when: 'after', act: () => 'break' });
    const first = fleet.start(owner);
    await killed;
    first.kill('SIGKILL');
    await first;
    expect((await fleet.start(owner)).exitCode).toBe(0);
    const manifest = await fleet.expectWhole(owner.run);
    expect(manifest.date).toBe(yesterday);
    const folders = manifest.accounts.flatMap(({ reports }) => reports.map(({ key }) => key.slice(0, 20)));
    expect(new Set(folders)).toEqual(new Set([`AWSRecon/${yesterday.replaceAll('-', '/')}/`]));
  });
});

describe('a Job that has the name already', () => {
  const foreign = (run: string, id: string | undefined, change: object = {}) =>
    JSON.stringify({
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: { name: jobName(run, id), ...change },
      spec: { suspend: true, template: { spec: { restartPolicy: 'Never', containers: [{ name: 'x', image: 'x' }] } } },
    });

  it('and is somebody else’s fails its account, is not touched, and the others are scanned', async () => {
    const owner = await fleet.owner('foreign');
    const [, id] = fleet.aws.ids;
    await fleet.kubectl(['create', '-f', '-'], foreign(owner.run, id));
    const { exitCode } = await fleet.start(owner);
    expect(exitCode).toBe(3);
    await fleet.expectWhole(owner.run, { [String(id)]: 'job-conflict' });
    expect(await fleet.kubectl(['get', 'job', jobName(owner.run, id), '-o', 'name'])).toContain(id);
  });

  it('and this run’s label but other facts fails its account too', async () => {
    const owner = await fleet.owner('other-facts');
    const [, id] = fleet.aws.ids;
    const labels = { 'aws-inventory/run': owner.run, 'aws-inventory/account': String(id) };
    await fleet.kubectl(
      ['create', '-f', '-'],
      foreign(owner.run, id, { labels, annotations: { [annotationNames.facts]: 'others' } }),
    );
    expect((await fleet.start(owner)).exitCode).toBe(3);
    await fleet.expectWhole(owner.run, { [String(id)]: 'job-conflict' });
  });

  it('and is being deleted is waited for, and then made anew', async () => {
    const owner = await fleet.owner('deleting');
    const [, id] = fleet.aws.ids;
    const name = jobName(owner.run, id);
    await fleet.kubectl(['create', '-f', '-'], foreign(owner.run, id, { finalizers: ['example.com/held'] }));
    await fleet.kubectl(['delete', 'job', name, '--wait=false']);
    const run = fleet.start(owner);
    const settled = () => fleet.assumed(owner.run).length >= members - 1;
    await vi.waitUntil(settled, patiently);
    await fleet.kubectl(['patch', 'job', name, '--type=merge', '-p', '{"metadata":{"finalizers":null}}']);
    expect((await run).exitCode).toBe(0);
    await fleet.expectWhole(owner.run);
    expect(fleet.assumed(owner.run)).toHaveLength(members);
  });
});

describe('Jobs that somebody takes away', () => {
  it('before their end are made once more', async () => {
    const owner = await fleet.owner('removed');
    const [, id] = fleet.aws.ids;
    const release = fleet.node.hold({ match: ({ metadata }) => metadata?.labels?.['aws-inventory/account'] === id });
    const run = fleet.start(owner);
    await vi.waitUntil(async () => (await jobsOf(owner.run)).some(name => name.endsWith(String(id))), patiently);
    await fleet.kubectl(['delete', 'job', jobName(owner.run, id)]);
    release();
    expect((await run).exitCode).toBe(0);
    await fleet.expectWhole(owner.run);
  });

  it('as soon as they end, by a TTL of nothing, have their outcome all the same', async () => {
    const runner = { kind: 'CronJob', name: 'aws-inventory-runner' };
    const patch = JSON.stringify([{ op: 'replace', path: '/spec/jobTemplate/spec/ttlSecondsAfterFinished', value: 0 }]);
    await fleet.apply({ patches: [{ target: runner, patch }] });
    const owner = await fleet.owner('ttl');
    const { exitCode, stderr } = await fleet.start(owner);
    await fleet.apply({ patches: [] });
    expect(exitCode, stderr).toBe(0);
    await fleet.expectWhole(owner.run);
    expect(fleet.assumed(owner.run)).toHaveLength(members);
    expect(await jobsOf(owner.run)).toEqual([]);
  });

  it('while the orchestrator was away and the TTL was over, are not scanned again', async () => {
    const runner = { kind: 'CronJob', name: 'aws-inventory-runner' };
    const patch = JSON.stringify([{ op: 'replace', path: '/spec/jobTemplate/spec/ttlSecondsAfterFinished', value: 0 }]);
    await fleet.apply({ patches: [{ target: runner, patch }] });
    const owner = await fleet.owner('ttl-away');
    const first = fleet.start(owner);
    await vi.waitUntil(async () => (await jobsOf(owner.run)).length === members, patiently);
    first.kill('SIGKILL');
    await first;
    await vi.waitUntil(async () => (await jobsOf(owner.run)).length === 0, patiently);
    const { exitCode, stderr } = await fleet.start(owner);
    await fleet.apply({ patches: [] });
    expect(exitCode, stderr).toBe(0);
    await fleet.expectWhole(owner.run);
    expect(fleet.assumed(owner.run)).toHaveLength(members);
  });
});

describe('the runner template', () => {
  it('that is not there ends the run with 2, before it begins', async () => {
    await fleet.kubectl(['delete', 'cronjob', 'aws-inventory-runner']);
    const { exitCode, stderr } = await fleet.start(await fleet.owner('no-template'));
    await fleet.apply();
    expect(exitCode).toBe(2);
    expect(stderr).toContain('The CronJob inventory/aws-inventory-runner does not exist');
  });

  it('that changes in the middle of a run is that of the Jobs to come, and those that are there are adopted', async () => {
    const owner = await fleet.owner('changed-template');
    const killed = fleet.api.onRequest({ match: creations, nth: 2, when: 'after', act: () => 'break' });
    const first = fleet.start(owner, {});
    await killed;
    first.kill('SIGKILL');
    await first;
    const patch = JSON.stringify([{ op: 'replace', path: '/spec/jobTemplate/spec/backoffLimit', value: 1 }]);
    await fleet.apply({ patches: [{ target: { kind: 'CronJob', name: 'aws-inventory-runner' }, patch }] });
    expect((await fleet.start(owner)).exitCode).toBe(0);
    await fleet.apply({ patches: [] });
    await fleet.expectWhole(owner.run);
    expect(fleet.assumed(owner.run)).toHaveLength(members);
  });
});

describe('a namespace that is full', () => {
  const quota = (name: string, hard: object) =>
    JSON.stringify({ apiVersion: 'v1', kind: 'ResourceQuota', metadata: { name }, spec: { hard } });

  it('refuses Jobs by their number, and each refused account says so', async () => {
    const owner = await fleet.owner('job-quota');
    const count = Number((await fleet.kubectl(['get', 'jobs', '-o', 'name'])).trim().split('\n').length);
    await fleet.kubectl(['create', '-f', '-'], quota('jobs', { 'count/jobs.batch': String(count + 2) }));
    await vi.waitUntil(
      async () => (await fleet.kubectl(['get', 'resourcequota', 'jobs', '-o', 'jsonpath={.status.used}'])) !== '',
      patiently,
    );
    const { exitCode } = await fleet.start(owner);
    await fleet.kubectl(['delete', 'resourcequota', 'jobs']);
    expect(exitCode).toBe(3);
    const manifest = await fleet.aws.manifest(owner.run);
    const refused = manifest.accounts.filter(({ code }) => code === 'job-refused');
    expect(refused).toHaveLength(members - 2);
    expect(refused.every(({ message }) => message?.includes('exceeded quota: jobs'))).toBe(true);
    expect(manifest.totals).toMatchObject({ accounts: members + 1, succeeded: 2 });
  });

  it('makes no pods, and says why when the Job’s deadline is over', async () => {
    await fleet.kubectl(['create', '-f', '-'], quota('pods', { pods: '0' }));
    const settings = await fleet.settingsFile('run: {accountDeadline: 30s}\n');
    const { exitCode, stderr } = await fleet.start(await fleet.owner('pod-quota'), {
      INVENTORY_CONFIG: settings,
      INCLUDE_ACCOUNTS: String(scanned()[0]),
    });
    await fleet.kubectl(['delete', 'resourcequota', 'pods']);
    expect(exitCode).toBe(3);
    expect(stderr).toContain('exceeded quota: pods');
    expect(stderr).toContain('"code":"pod-not-run"');
  });
});
