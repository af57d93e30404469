// What IAM refuses, limits and does not know yet: overcome where that can be, and otherwise told with what to do.
import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  CreatePolicyVersionCommand,
  type IAMClient,
  ListPolicyVersionsCommand,
  PutRolePermissionsBoundaryCommand,
} from '@aws-sdk/client-iam';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { refuseLongDocuments } from '../../infrastructure/check-sizes.ts';
import { apply, plan } from './apply-in-process.ts';
import { iamOf } from './clients.ts';
import { startEstate, type TestEstate } from './estate.ts';

let estate: TestEstate;
let iam: IAMClient;

beforeEach(async () => {
  estate = await startEstate(inject('simulator'), ['security']);
  iam = iamOf(estate, 'security');
});
afterEach(async () => {
  iam.destroy();
  await estate.stop();
});

describe('a role', () => {
  const kinds = ['managed-policy', 'oidc-provider', 'role'] as const;

  it('that IAM does not know everywhere yet is waited for', async () => {
    const notYet = { do: 'fail', status: 404, code: 'NoSuchEntity', message: 'The role cannot be found.' } as const;
    estate.proxy.setRules([{ match: { service: 'iam', action: 'PutRolePolicy' }, times: 1, answer: notYet }]);
    expect(await apply(estate, { kinds })).toMatchObject({ unread: [], failures: [] });
    expect(await apply(estate, { kinds })).toMatchObject({ due: [], failures: [] });
  });

  it('whose document IAM cannot read is not waited for when nothing is new', async () => {
    await apply(estate, { kinds });
    const malformed = {
      do: 'fail',
      status: 400,
      code: 'MalformedPolicyDocument',
      message: 'Invalid principal',
    } as const;
    estate.proxy.setRules([
      { match: { service: 'iam', action: 'UpdateAssumeRolePolicy' }, answer: malformed },
      { match: { service: 'iam', action: 'PutRolePolicy' }, answer: malformed },
    ]);
    const from = estate.proxy.history.length;
    const { failures } = await apply(estate, { kinds, infrastructure: { namespace: 'elsewhere' } });
    const said = failures.map(({ error }) => error.message);
    expect(said).toContainEqual(expect.stringContaining('MalformedPolicyDocument: Invalid principal'));
    const asked = estate.proxy.history.slice(from).filter(({ action }) => action === 'UpdateAssumeRolePolicy');
    expect(asked).toHaveLength(failures.length);
  });

  it('keeps the permissions boundary that somebody has put on it, and says so', async () => {
    await apply(estate, { kinds });
    const PermissionsBoundary = 'arn:aws:iam::aws:policy/ViewOnlyAccess';
    await iam.send(new PutRolePermissionsBoundaryCommand({ RoleName: 'Inventory-Runner', PermissionsBoundary }));
    const runner = (await plan(estate, { kinds })).find(({ name }) => name === 'role Inventory-Runner');
    expect(runner?.assessment).toMatchObject({
      differences: [],
      remarks: [`its permissions boundary ${PermissionsBoundary} stays`],
    });
  });

  it('is told with what to do when the session that asks has ended', async () => {
    estate.proxy.setRules([{ match: { service: 'iam' }, answer: { do: 'refuse', as: 'expired-token' } }]);
    const planned = await plan(estate, { kinds });
    for (const { error, account } of planned) {
      expect(error?.code).toBe('no-credentials');
      expect(error?.remedy).toContain(`Sign in again with the profile for ${account}`);
    }
    expect(planned.length).toBeGreaterThan(5);
  });
});

describe('a managed policy', () => {
  it('that has all its versions loses its oldest one for a new one', async () => {
    const kinds = ['managed-policy'] as const;
    await apply(estate, { kinds });
    const [planned] = await plan(estate, { kinds });
    const PolicyArn = `arn:aws:iam::${planned?.accountId}:policy/managed/${planned?.name.replace('policy ', '')}`;
    const billing = iamOf(estate, 'billing');
    const Statement = [{ Sid: 'Old', Effect: 'Allow', Action: 's3:ListAllMyBuckets', Resource: '*' }];
    const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement });
    for (let at = 0; at < 4; at += 1)
      await billing.send(new CreatePolicyVersionCommand({ PolicyArn, PolicyDocument, SetAsDefault: true }));
    expect(await apply(estate, { kinds })).toMatchObject({ unread: [], failures: [] });
    expect(await apply(estate, { kinds })).toMatchObject({ due: [], failures: [] });
    const { Versions = [] } = await billing.send(new ListPolicyVersionsCommand({ PolicyArn }));
    expect(Versions).toHaveLength(5);
    expect(Versions.find(({ IsDefaultVersion }) => IsDefaultVersion)?.VersionId).toBe('v6');
    expect(Versions.map(({ VersionId }) => VersionId)).not.toContain('v1');
    billing.destroy();
  });
});

describe('the command', () => {
  it('says how to sign in again when the session of a profile has ended', async () => {
    const sso = [
      '[profile of-sso]',
      'sso_session = corp',
      `sso_account_id = ${estate.billing}`,
      'sso_role_name = Admin',
      '[sso-session corp]',
      'sso_start_url = https://corp.awsapps.com/start',
      'sso_region = eu-west-1',
      '',
    ];
    await appendFile(join(estate.directory, '.aws', 'config'), sso.join('\n'));
    const { exitCode, stderr } = await estate.infrastructure('plan', '--billing-aws-profile', 'of-sso');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('of-sso');
    expect(stderr).toMatch(/aws sso login/);
  });

  it('names every document that AWS would refuse for its length, before it asks AWS anything that writes', async () => {
    const issuers = Array.from({ length: 30 }, (_, at) => [
      '--oidc-provider-prod',
      `oidc.eks.eu-west-1.amazonaws.com/id/${at}`,
    ]);
    const { exitCode, stderr } = await estate.infrastructure('apply', ...issuers.flat());
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/role Inventory-Runner: its trust would take \d{4,} characters of 2048/);
    expect(stderr).toMatch(/role Inventory-Orchestrator: its trust/);
    expect(stderr).toContain('Name fewer issuers');
    expect(
      estate.proxy.history.filter(({ action }) => /^(Create|Put)/.test(action) && action !== 'CreateAccount'),
    ).toEqual([expect.objectContaining({ action: 'CreateOrganization' })]);
  });
});

it('a document as long as AWS takes it is not refused', () => {
  const policy = { Version: '2012-10-17', Statement: [] } as const;
  const bare = JSON.stringify(policy).length;
  const resource = (length: number) => ({
    kind: 'managed-policy' as const,
    account: 'billing' as const,
    name: 'wide',
    path: '/',
    description: '',
    document: { ...policy, Id: 'x'.repeat(length - bare - ',"Id":""'.length) },
  });
  expect(() => refuseLongDocuments([resource(6_144)])).not.toThrow();
  expect(() => refuseLongDocuments([resource(6_145)])).toThrow(
    'policy wide: its document would take 6145 characters of 6144',
  );
});
