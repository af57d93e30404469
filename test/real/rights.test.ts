// The orchestrator as its own service account: what it may do is what it needs, and what it lacks it says.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { renderRight } from '../../clients/kubernetes/own-rights.ts';
import { ownRights } from '../../orchestrator/kubernetes-backend.ts';
import { auditPosition, readCalls } from './cluster/audit-log.ts';
import {
  type ClusterFleet,
  namespace,
  orchestratorUser,
  patiently,
  quickSettings,
  startClusterFleet,
} from './cluster/cluster-fleet.ts';
import {
  createOwner,
  type OrchestratorPlace,
  prepareOrchestrator,
  startOrchestrator,
} from './cluster/orchestrator-process.ts';

interface Role {
  readonly rules: readonly {
    readonly apiGroups: string[];
    readonly resources: string[];
    readonly verbs: string[];
    readonly resourceNames?: string[];
  }[];
}

let fleet: ClusterFleet;
let place: OrchestratorPlace;
let role: Role;

beforeAll(async () => {
  fleet = await startClusterFleet({ members: 3 });
  place = await prepareOrchestrator(fleet);
  role = await fleet.json<Role>(['get', 'role', 'inventory-orchestrator']);
});
afterAll(() => fleet?.stop());

const replaceRules = (rules: Role['rules']) =>
  fleet.kubectl(['patch', 'role', 'inventory-orchestrator', '--type=merge', '-p', JSON.stringify({ rules })]);
const mayDo = async (right: (typeof ownRights)[number]): Promise<boolean> => {
  const asked = fleet.kubectl(['auth', 'can-i', ...renderRight(right).split(' '), '--as', orchestratorUser]);
  return (await asked.catch(() => 'no')).trim() === 'yes';
};

describe('the rights of the orchestrator', () => {
  it('are those that it asks for and no others', () => {
    const granted = role.rules.flatMap(({ apiGroups, resources, verbs, resourceNames = [undefined] }) =>
      apiGroups.flatMap(group =>
        resources.flatMap(resource =>
          verbs.flatMap(verb =>
            resourceNames.map(name => renderRight({ verb, group, resource, ...(name === undefined ? {} : { name }) })),
          ),
        ),
      ),
    );
    expect(granted.sort()).toEqual(ownRights.map(renderRight).sort());
  });

  it('let a whole run through, and each of its calls', async () => {
    const from = await auditPosition(fleet.cluster.auditLog);
    const { exitCode, stderr } = await startOrchestrator(place, await createOwner(fleet, 'allowed'));
    expect(exitCode, stderr).toBe(0);
    const calls = (await readCalls(fleet.cluster.auditLog, from)).filter(({ user }) => user === orchestratorUser);
    expect(calls.filter(({ status }) => status === 403)).toEqual([]);
    expect(calls.filter(call => call.namespace !== null && call.namespace !== namespace)).toEqual([]);
  });

  it.each(ownRights.map(right => [renderRight(right), right] as const))(
    'are missed at the start when %s is taken away: the run ends with 2 before it begins, and names it',
    async (name, right) => {
      const without = role.rules.map(rule =>
        rule.apiGroups.includes(right.group) && rule.resources.includes(right.resource)
          ? { ...rule, verbs: rule.verbs.filter(verb => verb !== right.verb) }
          : rule,
      );
      await replaceRules(without.filter(({ verbs }) => verbs.length > 0));
      await expect.poll(() => mayDo(right)).toBe(false);
      const owner = await createOwner(fleet, `without-${right.verb}-${right.resource}`);
      const { exitCode, stderr } = await startOrchestrator(place, owner);
      await replaceRules(role.rules);
      await expect.poll(() => mayDo(right)).toBe(true);
      expect(exitCode).toBe(2);
      expect(stderr).toContain(`may not: ${name}"`);
      expect(stderr).toContain('cluster administrator');
      expect(await fleet.kubectl(['get', 'jobs', '-l', `aws-inventory/run=${owner.run}`, '-o', 'name'])).toBe('');
    },
  );
});

describe('a right that is taken away in the middle of a run', () => {
  it('to create Jobs fails the accounts that have none yet, and the run is closed with those that do', async () => {
    const owner = await createOwner(fleet, 'revoked');
    const release = fleet.node.hold({ match: ({ metadata }) => metadata?.labels?.['aws-inventory/run'] === owner.run });
    const settings = join(fleet.cluster.directory, 'one-at-a-time.yaml');
    writeFileSync(settings, `${quickSettings}run: {maxRunning: 1}\n`);
    const run = startOrchestrator(place, owner, { INVENTORY_CONFIG: settings });
    const jobs = () => fleet.kubectl(['get', 'jobs', '-l', `aws-inventory/run=${owner.run}`, '-o', 'name']);
    await vi.waitUntil(async () => (await jobs()) !== '', patiently);
    const create = { verb: 'create', group: 'batch', resource: 'jobs' };
    await replaceRules(role.rules.map(rule => ({ ...rule, verbs: rule.verbs.filter(verb => verb !== 'create') })));
    await expect.poll(() => mayDo(create)).toBe(false);
    release();
    const { exitCode, stderr } = await run;
    await replaceRules(role.rules);
    await expect.poll(() => mayDo(create)).toBe(true);
    expect(exitCode, stderr).toBe(3);
    const manifest = await fleet.aws.manifest(owner.run);
    expect(manifest.totals).toMatchObject({ accounts: 4, succeeded: 1, failed: 2, skipped: 1 });
    expect(manifest.accounts.filter(({ code }) => code === 'cluster-denied')).toHaveLength(2);
  });
});

describe('the rights of the runner', () => {
  it('are none at all', async () => {
    const user = `system:serviceaccount:${namespace}:aws-inventory-runner-sa`;
    const listed = await fleet.kubectl([
      'auth',
      'can-i',
      '--list',
      '--as',
      user,
      '--as-group',
      'system:serviceaccounts',
      '--as-group',
      'system:authenticated',
    ]);
    const rows = listed
      .split('\n')
      .slice(1)
      .filter(row => row.trim() !== '' && !/selfsubject|^\s+\[\/|^\s+\[\]/.test(row));
    expect(rows).toEqual([]);
  });
});
