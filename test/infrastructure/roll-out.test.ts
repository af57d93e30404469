// The role in every account where it does not come about at once: what the simulator never does is answered by the proxy before it.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CloudFormationClient, CreateStackSetCommand, DescribeStackSetCommand } from '@aws-sdk/client-cloudformation';
import {
  DisableAWSServiceAccessCommand,
  EnableAWSServiceAccessCommand,
  OrganizationsClient,
} from '@aws-sdk/client-organizations';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { ProxyAnswer, ProxyRule } from '../../clients/simulator/proxy-rules.ts';
import { startEstate, type TestEstate } from './estate.ts';

const settings = 'inventory: {types: ["AWS::IAM::*"]}\nrole: {externalId: an-external-id}\n';
const name = 'aws-inventory-role';
const ServicePrincipal = 'member.org.stacksets.cloudformation.amazonaws.com';

const newEstate = async (names: readonly string[], rollOut = ''): Promise<TestEstate> => {
  const estate = await startEstate(inject('simulator'), names);
  await configure(estate, rollOut);
  return estate;
};

const configure = ({ directory }: TestEstate, rollOut: string): Promise<void> =>
  writeFile(
    join(directory, 'config.yaml'),
    rollOut === '' ? settings : `${settings}infrastructure: {rollOut: {${rollOut}}}\n`,
  );

const clientOf = ({ proxy, credentials }: TestEstate) => ({ endpoint: proxy.url, credentials: credentials.billing });

const organizationOf = (estate: TestEstate) => new OrganizationsClient({ ...clientOf(estate), region: 'us-east-1' });

/** The calls of the actions that are asked for, in their order, each with the account that made it. */
const callsOf = (estate: TestEstate, ...wanted: readonly string[]): string[] =>
  estate.proxy.history
    .filter(({ action }) => wanted.includes(action))
    .map(({ action, accountId }) => `${action} by ${accountId === estate.billing ? 'billing' : 'security'}`);

const cloudFormation = (action: string, result: string): ProxyAnswer => ({
  do: 'respond',
  status: 200,
  headers: { 'content-type': 'text/xml' },
  body: `<${action}Response xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><${action}Result>${result}</${action}Result></${action}Response>`,
});

interface Instance {
  readonly account: string | undefined;
  readonly status: 'CURRENT' | 'OUTDATED';
  readonly detail: 'SUCCEEDED' | 'FAILED' | 'RUNNING';
  readonly reason?: string;
}

const instances = (list: readonly Instance[]): ProxyRule => {
  const members = list.map(
    ({ account, status, detail, reason = '' }) =>
      `<member><Account>${account}</Account><Region>eu-west-1</Region><Status>${status}</Status><StatusReason>${reason}</StatusReason><StackInstanceStatus><DetailedStatus>${detail}</DetailedStatus></StackInstanceStatus></member>`,
  );
  const answer = cloudFormation('ListStackInstances', `<Summaries>${members.join('')}</Summaries>`);
  return { match: { action: 'ListStackInstances' }, answer };
};

const operation = (status: string, times?: number): ProxyRule => ({
  match: { action: 'DescribeStackSetOperation' },
  ...(times === undefined ? {} : { times }),
  answer: cloudFormation(
    'DescribeStackSetOperation',
    `<StackSetOperation><Status>${status}</Status></StackSetOperation>`,
  ),
});

const organizations = (action: string, document: object, times?: number): ProxyRule => ({
  match: { service: 'organizations', action },
  ...(times === undefined ? {} : { times }),
  answer: {
    do: 'respond',
    status: 200,
    headers: { 'content-type': 'application/x-amz-json-1.1' },
    body: JSON.stringify(document),
  },
});

describe('the role in every account', () => {
  let estate: TestEstate;
  let organization: OrganizationsClient;

  beforeAll(async () => {
    estate = await newEstate(['security', 'payments', 'shop']);
    organization = organizationOf(estate);
    await organization.send(new DisableAWSServiceAccessCommand({ ServicePrincipal }));
  });
  afterAll(async () => {
    organization.destroy();
    await estate.stop();
  });

  it('is not begun where StackSets may not act in the Organization and nobody may let them', async () => {
    estate.proxy.setRules([
      { match: { action: 'ActivateOrganizationsAccess' }, answer: { do: 'refuse', as: 'access-denied' } },
    ]);
    const { exitCode, stdout, stderr } = await estate.infrastructure('apply');
    expect(exitCode).toBe(3);
    expect(stdout).toContain('trusted access of StackSets  off → on');
    expect(stderr).toContain(`infrastructure-refused: StackSet ${name}: let StackSets act in the Organization`);
    expect(stderr).toContain('Allow cloudformation:ActivateOrganizationsAccess');
    expect(callsOf(estate, 'CreateStackSet')).toEqual([]);
  });

  it('begins with letting StackSets act in the Organization', async () => {
    const before = callsOf(estate, 'ActivateOrganizationsAccess').length;
    const rule = { match: { action: 'ActivateOrganizationsAccess' }, answer: cloudFormation('Activate', '') };
    estate.proxy.setRules([rule]);
    expect((await estate.infrastructure('apply')).exitCode).toBe(0);
    const calls = callsOf(estate, 'ActivateOrganizationsAccess', 'CreateStackSet', 'CreateStackInstances');
    expect(calls.slice(before)).toEqual([
      'ActivateOrganizationsAccess by billing',
      'CreateStackSet by billing',
      'CreateStackInstances by billing',
    ]);
    await organization.send(new EnableAWSServiceAccessCommand({ ServicePrincipal }));
  });

  it('is missed by name where it failed or never came, and is tried there again', async () => {
    const reason = 'ResourceLogicalId:Role, EntityAlreadyExists';
    const { security, members } = estate;
    estate.proxy.setRules([
      instances([
        { account: security, status: 'CURRENT', detail: 'SUCCEEDED' },
        { account: members['payments'], status: 'OUTDATED', detail: 'FAILED', reason },
      ]),
    ]);
    const { exitCode, stdout, stderr } = await estate.infrastructure('apply');
    expect(exitCode).toBe(3);
    expect(stdout).toContain(`not as it is to be in ${members['payments']} payments: outdated (${reason})`);
    expect(stdout).toContain(`without it: ${members['shop']} shop`);
    expect(stderr).toContain('infrastructure-incomplete: 2 of 3 accounts are without the role as it is to be');
    expect(stderr).toContain(`${members['payments']} payments: failed ${reason}`);
    expect(stderr).toContain(`${members['shop']} shop: not reached`);
    const again = estate.formsOf('UpdateStackInstances').map(form => Object.fromEntries(form));
    expect(again).toEqual([
      expect.objectContaining({
        'DeploymentTargets.Accounts.member.1': members['payments'],
        'DeploymentTargets.AccountFilterType': 'INTERSECTION',
        'DeploymentTargets.OrganizationalUnitIds.member.1': expect.stringMatching(/^r-/),
      }),
    ]);
    expect(again[0]).not.toHaveProperty('DeploymentTargets.Accounts.member.2');
    estate.proxy.setRules([]);
    const mended = await estate.infrastructure('plan', '--exit-code');
    expect(mended.stdout).toContain('3 accounts have the role as it is to be');
    expect(mended.exitCode).toBe(0);
  });

  it('tells how far it is, ends where somebody stops it, and goes on with the next apply', async () => {
    const { security, members } = estate;
    const running: readonly Instance[] = [
      { account: security, status: 'CURRENT', detail: 'SUCCEEDED' },
      { account: members['payments'], status: 'OUTDATED', detail: 'RUNNING' },
    ];
    estate.proxy.setRules([instances(running), operation('RUNNING', 1), operation('STOPPED')]);
    const { exitCode, stderr } = await estate.infrastructure('apply');
    expect(exitCode).toBe(3);
    expect(stderr).toContain(`StackSet ${name}: 1 of 2 accounts`);
    expect(stderr).toMatch(/infrastructure-refused: Somebody stopped the operation \S+ of the StackSet/);
    estate.proxy.setRules([]);
    const again = await estate.infrastructure('apply');
    expect(again.stderr).toContain('Done: ');
    expect(again.exitCode).toBe(0);
  });

  it('stays with its StackSet where it cannot be taken back, and says where', async () => {
    const left = {
      account: estate.members['shop'],
      status: 'OUTDATED',
      detail: 'FAILED',
      reason: 'AccessDenied',
    } as const;
    estate.proxy.setRules([instances([left])]);
    const { exitCode, stderr } = await estate.infrastructure('destroy', '--yes');
    estate.proxy.setRules([]);
    expect(exitCode).toBe(3);
    expect(stderr).toContain('an account still has the role, so the StackSet stays');
    expect(stderr).toContain(`${estate.members['shop']}: failed AccessDenied`);
    expect(callsOf(estate, 'DeleteStackSet')).toEqual([]);
  });

  it('is taken back from the units that it has, whatever the settings name by now', async () => {
    await configure(estate, 'organizationalUnits: [ou-abcd-12345678]');
    const { exitCode, stdout } = await estate.infrastructure('destroy', '--yes');
    await configure(estate, '');
    expect(stdout).toContain(`- StackSet ${name}`);
    expect(exitCode).toBe(0);
    expect(callsOf(estate, 'DeleteStackSet')).toEqual(['DeleteStackSet by billing']);
  });
});

describe('a delegated administrator', () => {
  it('who was never one has nothing to destroy', async () => {
    const estate = await newEstate(['security']);
    try {
      await configure(estate, `delegatedAdministrator: "${estate.security}"`);
      const nobody = organizations('ListDelegatedAdministrators', { DelegatedAdministrators: [] });
      const answer = { do: 'fail', status: 400, code: 'ValidationError', message: 'not a delegated admin' } as const;
      estate.proxy.setRules([nobody, { match: { action: 'DescribeStackSet' }, answer }]);
      const { exitCode, stdout } = await estate.infrastructure('destroy', '--yes');
      expect(stdout).toContain('0 to delete');
      expect(exitCode).toBe(0);
    } finally {
      await estate.stop();
    }
  });

  it('is registered before anything is asked of StackSets in its name', async () => {
    const estate = await newEstate(['security', 'payments']);
    const { security, members } = estate;
    try {
      await configure(estate, `delegatedAdministrator: "${security}"`);
      estate.proxy.setRules([
        organizations('ListDelegatedAdministrators', { DelegatedAdministrators: [] }, 1),
        organizations('ListDelegatedAdministrators', { DelegatedAdministrators: [{ Id: security }] }),
        organizations('RegisterDelegatedAdministrator', {}),
        instances(
          [security, members['payments']].map(account => ({ account, status: 'CURRENT', detail: 'SUCCEEDED' })),
        ),
      ]);
      const { exitCode, stdout, stderr } = await estate.infrastructure('apply');
      expect(stdout).toContain(`delegated administrator  ${security}`);
      expect(stderr).toContain(`make ${security} the delegated administrator of StackSets`);
      expect(exitCode).toBe(0);
      // AWS refuses DescribeStackSet to an account that is none.
      expect(callsOf(estate, 'RegisterDelegatedAdministrator', 'DescribeStackSet', 'CreateStackSet')).toEqual([
        'RegisterDelegatedAdministrator by billing',
        'CreateStackSet by security',
        'DescribeStackSet by security',
      ]);
      for (const action of ['CreateStackSet', 'CreateStackInstances', 'DescribeStackSet', 'ListStackInstances'])
        expect(estate.formsOf(action).map(form => form.get('CallAs'))).not.toContain('SELF');
    } finally {
      await estate.stop();
    }
  });
});

describe('a StackSet', () => {
  let estate: TestEstate;

  beforeAll(async () => {
    estate = await newEstate(['security', 'payments']);
  });
  afterAll(() => estate.stop());

  it('cannot be kept by an account whose credentials are not given', async () => {
    await configure(estate, `delegatedAdministrator: "${estate.members['payments']}"`);
    const { exitCode, stdout } = await estate.infrastructure('plan');
    expect(exitCode).toBe(3);
    expect(stdout).toContain(`The delegated administrator ${estate.members['payments']} is neither`);
    expect(stdout).toContain('Name the account of the bucket in infrastructure.rollOut.delegatedAdministrator');
  });

  it('of others stays as it is, whatever its name', async () => {
    await configure(estate, '');
    const client = new CloudFormationClient({ ...clientOf(estate), region: 'eu-west-1' });
    try {
      const TemplateBody = '{"Resources":{"Topic":{"Type":"AWS::SNS::Topic"}}}';
      await client.send(new CreateStackSetCommand({ StackSetName: name, TemplateBody }));
      const planned = await estate.infrastructure('plan');
      expect(planned.exitCode).toBe(3);
      expect(planned.stdout).toContain(`There is a StackSet "${name}" that manages its own permissions`);
      expect(planned.stdout).toContain('Choose another infrastructure.rollOut.name.');
      const destroyed = await estate.infrastructure('destroy', '--yes');
      expect(destroyed.stdout).toContain(`StackSet ${name}  stays: it was not made here`);
      const { StackSet } = await client.send(new DescribeStackSetCommand({ StackSetName: name }));
      expect(StackSet?.TemplateBody).toBe(TemplateBody);
    } finally {
      client.destroy();
    }
  });
});
