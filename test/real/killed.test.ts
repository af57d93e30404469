// The orchestrator killed with -9 before and after each kind of call: its next start scans no account twice and misses none.
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ApiMatch } from './cluster/api-proxy-rules.ts';
import { patiently } from './cluster/cluster-fleet.ts';
import { type ProxiedFleet, startProxiedFleet } from './cluster/proxied-fleet.ts';

const members = 4;
let fleet: ProxiedFleet;

beforeAll(async () => {
  fleet = await startProxiedFleet({ members });
});
afterAll(() => fleet?.stop());
beforeEach(() => {
  fleet.api.setRules([]);
  fleet.aws.proxy.setRules([]);
});

const kinds: readonly (readonly [string, ApiMatch, number])[] = [
  ['asks for its rights', { verb: 'create', resource: 'selfsubjectaccessreviews' }, 3],
  ['reads the template', { verb: 'get', resource: 'cronjobs' }, 1],
  ['reads its own Job', { verb: 'get', resource: 'jobs' }, 1],
  ['lists the Jobs', { verb: 'list', resource: 'jobs' }, 1],
  ['watches the Jobs', { verb: 'watch', resource: 'jobs' }, 1],
  ['creates its first Job', { verb: 'create', resource: 'jobs' }, 1],
  ['creates its last Job', { verb: 'create', resource: 'jobs' }, members],
  ['reads the first pod', { verb: 'list', resource: 'pods' }, 1],
  ['reads the last pod', { verb: 'list', resource: 'pods' }, members],
];

const expectOnce = async (run: string): Promise<void> => {
  await fleet.expectWhole(run);
  expect(fleet.assumed(run)).toHaveLength(members);
  const jobs = await fleet.kubectl(['get', 'jobs', '-l', `aws-inventory/run=${run}`, '-o', 'name']);
  expect(jobs.trim().split('\n')).toHaveLength(members);
};

describe.each(['before', 'after'] as const)('an orchestrator that is killed %s it', when => {
  it.each(kinds)('%s goes on at its next start', async (what, match, nth) => {
    const owner = await fleet.owner(`${when}-${what.replaceAll(' ', '-').toLowerCase()}`);
    let first: ReturnType<ProxiedFleet['start']> | undefined;
    const killed = fleet.api.onRequest({
      match,
      nth,
      when,
      act: () => {
        first?.kill('SIGKILL');
        return 'break';
      },
    });
    first = fleet.start(owner);
    await killed;
    expect((await first).signal).toBe('SIGKILL');
    const second = await fleet.start(owner);
    expect(second.exitCode, second.stderr).toBe(0);
    await expectOnce(owner.run);
  });
});

describe('an orchestrator that is killed at the end of its run', () => {
  it.each([
    ['before it writes the manifest', { action: 'PutObject', key: /\/run_/ }],
    ['between the manifest and latest.json', { action: 'PutObject', key: /latest\.json$/ }],
  ])('%s closes the run at its next start', async (what, match) => {
    const owner = await fleet.owner(what.replaceAll(/[ .]/g, '-'));
    fleet.aws.proxy.setRules([{ match, answer: { do: 'hang' } }]);
    const mark = fleet.aws.proxy.history.length;
    const first = fleet.start(owner);
    const asked = () => fleet.aws.proxy.history.slice(mark).some(({ answer }) => answer === 'hang');
    await vi.waitUntil(asked, patiently);
    first.kill('SIGKILL');
    await first;
    fleet.aws.proxy.setRules([]);
    expect((await fleet.start(owner)).exitCode).toBe(0);
    await expectOnce(owner.run);
    const latest = await fleet.aws.latest();
    expect(new Set(latest.accounts.filter(({ outcome }) => outcome !== 'skipped').map(({ run }) => run))).toEqual(
      new Set([owner.run]),
    );
  });

  it('changes nothing when it starts again after its end', async () => {
    const owner = await fleet.owner('twice');
    expect((await fleet.start(owner)).exitCode).toBe(0);
    const mark = fleet.api.history.length;
    expect((await fleet.start(owner)).exitCode).toBe(0);
    expect(
      fleet.api.history.slice(mark).filter(({ verb, resource }) => verb === 'create' && resource === 'jobs'),
    ).toEqual([]);
    await expectOnce(owner.run);
  });
});

describe('an orchestrator that is told to stop', () => {
  it('makes no more Jobs, leaves those that run, ends with 143 and goes on at its next start', async () => {
    const owner = await fleet.owner('stopped');
    const release = fleet.node.hold({ match: ({ metadata }) => metadata?.labels?.['aws-inventory/run'] === owner.run });
    const first = fleet.start(owner, { LOG_LEVEL: 'debug' });
    const jobs = () => fleet.kubectl(['get', 'jobs', '-l', `aws-inventory/run=${owner.run}`, '-o', 'name']);
    await vi.waitUntil(async () => (await jobs()).trim().split('\n').length === members, patiently);
    first.kill('SIGTERM');
    const { exitCode, stderr, durationMs } = await first;
    expect(exitCode).toBe(143);
    expect(durationMs).toBeLessThan(30_000);
    expect(stderr).toContain('the run is left before its end');
    expect((await jobs()).trim().split('\n')).toHaveLength(members);
    release();
    expect((await fleet.start(owner)).exitCode).toBe(0);
    await expectOnce(owner.run);
  });
});
