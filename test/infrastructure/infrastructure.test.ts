// `aws-inventory infrastructure` as somebody runs it, against the simulator; what that does not enforce is read from the requests.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  GetRoleCommand,
  GetRolePolicyCommand,
  type IAMClient,
  PutRolePolicyCommand,
  UpdateAssumeRolePolicyCommand,
  UpdateRoleCommand,
} from '@aws-sdk/client-iam';
import {
  CreateBucketCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketPolicyCommand,
  GetObjectCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { iamOf, s3Of } from './clients.ts';
import { startEstate, type TestEstate } from './estate.ts';

const issuer = 'oidc.eks.eu-west-1.amazonaws.com/id/ABCDEF';
const prod = ['--oidc-provider-prod', `https://${issuer}/`];
/** One managed policy, not nine: what they are made of is told by the tests of contract/access. */
const settings = 'inventory: {types: ["AWS::IAM::*"]}\nrole: {externalId: an-external-id}\n';

const newEstate = async (names?: readonly string[]): Promise<TestEstate> => {
  const estate = await startEstate(inject('simulator'), names);
  await writeFile(join(estate.directory, 'config.yaml'), settings);
  return estate;
};

const trustOf = async (iam: IAMClient, RoleName: string) => {
  const { Role } = await iam.send(new GetRoleCommand({ RoleName }));
  return JSON.parse(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? '{}'));
};

const actions = (estate: TestEstate, from = 0): string[] =>
  estate.proxy.history.slice(from).map(({ service, action }) => `${service}:${action}`);

describe('an estate', () => {
  let estate: TestEstate;
  let billing: IAMClient;
  let security: IAMClient;
  let s3: S3Client;

  beforeAll(async () => {
    estate = await newEstate(['security', 'payments', 'shop', 'closed subsidiary']);
    [billing, security, s3] = [iamOf(estate, 'billing'), iamOf(estate, 'security'), s3Of(estate)];
  });
  afterAll(async () => {
    for (const client of [billing, security, s3]) client.destroy();
    await estate.stop();
  });

  it('is planned without one call that writes, with what it would make', async () => {
    const from = estate.proxy.history.length;
    const { exitCode, stdout, stderr } = await estate.infrastructure('plan', ...prod);
    expect(stderr).toBe('');
    expect(exitCode).toBe(0);
    expect(stdout).toContain(`+ bucket ${estate.bucket}`);
    expect(stdout).toContain('+ role Inventory-Orchestrator ');
    expect(stdout).toContain('without it: ');
    expect(stdout).toMatch(/closed subsidiary/);
    expect(stdout).toMatch(/\d+ to create, 0 to change, 0 as they are to be/);
    const writes = actions(estate, from).filter(name => !/:(Get|List|Head|Describe)/.test(name));
    expect(writes).toEqual([]);
  });

  it('is made by apply, which finds nothing more to do afterwards', async () => {
    const applied = await estate.infrastructure('apply', ...prod);
    expect(applied.stderr).toContain('Done: ');
    expect(applied.exitCode).toBe(0);
    const planned = await estate.infrastructure('plan', ...prod, '--exit-code');
    expect(planned.stdout).toContain('0 to create, 0 to change');
    expect(planned.exitCode).toBe(0);
  });

  it('lets in the service accounts of the cluster, and nobody into the twins', async () => {
    const trust = await trustOf(security, 'Inventory-Runner');
    expect(trust.Statement).toEqual([
      expect.objectContaining({
        Action: 'sts:AssumeRoleWithWebIdentity',
        Principal: { Federated: `arn:aws:iam::${estate.security}:oidc-provider/${issuer}` },
        Condition: {
          StringEquals: {
            [`${issuer}:aud`]: 'sts.amazonaws.com',
            [`${issuer}:sub`]: 'system:serviceaccount:inventory:aws-inventory-runner-sa',
          },
        },
      }),
    ]);
    const twin = await trustOf(billing, 'Inventory-Orchestrator-Test');
    expect(twin.Statement).toEqual([expect.objectContaining({ Effect: 'Deny', Principal: { AWS: '*' } })]);
  });

  it('has the role in every active account by the StackSet, and in the management account directly', async () => {
    const [made, ...others] = estate.formsOf('CreateStackSet').map(form => Object.fromEntries(form));
    expect(others).toEqual([]);
    expect(made).toMatchObject({
      PermissionModel: 'SERVICE_MANAGED',
      'AutoDeployment.Enabled': 'true',
      'AutoDeployment.RetainStacksOnAccountRemoval': 'false',
      'Capabilities.member.1': 'CAPABILITY_NAMED_IAM',
      CallAs: 'SELF',
    });
    const asked = estate.formsOf('CreateStackInstances').map(form => Object.fromEntries(form));
    expect(asked).toEqual([
      expect.objectContaining({
        'DeploymentTargets.OrganizationalUnitIds.member.1': expect.stringMatching(/^r-/),
        'Regions.member.1': 'eu-west-1',
        'OperationPreferences.FailureTolerancePercentage': '100',
      }),
    ]);
    expect(Object.keys(asked[0] ?? {}).some(name => name.includes('Accounts'))).toBe(false);
    const trust = await trustOf(billing, 'inventory');
    expect(trust.Statement).toMatchObject([
      {
        Principal: { AWS: `arn:aws:iam::${estate.security}:root` },
        Condition: { StringEquals: { 'sts:ExternalId': 'an-external-id' } },
      },
    ]);
    const planned = await estate.infrastructure('plan', ...prod, '--output', 'json');
    const { resources } = JSON.parse(planned.stdout);
    const stackSet = resources.find((each: { name: string }) => each.name.startsWith('StackSet'));
    expect(stackSet.remarks).toEqual([
      '3 accounts have the role as it is to be',
      expect.stringContaining('closed subsidiary'),
    ]);
  });

  it('keeps what others have put there, says so, and takes it away when asked to', async () => {
    const theirs = { Sid: 'Theirs', Effect: 'Allow', Action: 's3:ListAllMyBuckets', Resource: '*' };
    const { PolicyDocument = '' } = await security.send(
      new GetRolePolicyCommand({ RoleName: 'Inventory-Runner', PolicyName: 'Inventory-Runner' }),
    );
    const document = JSON.parse(decodeURIComponent(PolicyDocument));
    document.Statement.push(theirs);
    await security.send(
      new PutRolePolicyCommand({
        RoleName: 'Inventory-Runner',
        PolicyName: 'Inventory-Runner',
        PolicyDocument: JSON.stringify(document),
      }),
    );
    const planned = await estate.infrastructure('plan', ...prod, '--exit-code');
    expect(planned.exitCode).toBe(0);
    expect(planned.stdout).toContain('policy Inventory-Runner: Theirs  of others, left: ');
    expect(planned.stdout).toContain('1 thing of others left: --replace takes them away');
    const replaced = await estate.infrastructure('apply', ...prod, '--replace');
    expect(replaced.exitCode).toBe(0);
    const after = await security.send(
      new GetRolePolicyCommand({ RoleName: 'Inventory-Runner', PolicyName: 'Inventory-Runner' }),
    );
    expect(decodeURIComponent(after.PolicyDocument ?? '')).not.toContain('Theirs');
  });

  it('is mended where somebody changed it, attribute by attribute', async () => {
    await security.send(new UpdateRoleCommand({ RoleName: 'Inventory-Exporter', MaxSessionDuration: 7200 }));
    await s3.send(
      new PutBucketVersioningCommand({
        Bucket: estate.bucket,
        VersioningConfiguration: { Status: 'Suspended' },
      }),
    );
    const theirs = { ID: 'theirs', Status: 'Enabled' as const, Filter: { Prefix: 'x/' }, Expiration: { Days: 3 } };
    await s3.send(
      new PutBucketLifecycleConfigurationCommand({
        Bucket: estate.bucket,
        LifecycleConfiguration: { Rules: [theirs] },
      }),
    );
    const planned = await estate.infrastructure('plan', ...prod, '--exit-code');
    expect(planned.exitCode).toBe(3);
    expect(planned.stdout).toMatch(/maxSessionSeconds {2}7200 → 3600/);
    expect(planned.stdout).toMatch(/versioning {2}Suspended → Enabled/);
    expect((await estate.infrastructure('apply', ...prod)).exitCode).toBe(0);
    const { Rules = [] } = await s3.send(new GetBucketLifecycleConfigurationCommand({ Bucket: estate.bucket }));
    expect(Rules.map(({ ID }) => ID).sort()).toEqual(['aws-inventory', 'theirs']);
    expect((await estate.infrastructure('plan', ...prod, '--exit-code')).exitCode).toBe(0);
  });

  it('warns of a trust that lets anybody in', async () => {
    const statement = { Sid: 'Oops', Effect: 'Allow', Principal: { AWS: '*' }, Action: 'sts:AssumeRole' };
    const before = await trustOf(billing, 'Inventory-Orchestrator');
    await billing.send(
      new UpdateAssumeRolePolicyCommand({
        RoleName: 'Inventory-Orchestrator',
        PolicyDocument: JSON.stringify({ ...before, Statement: [...before.Statement, statement] }),
      }),
    );
    const { stdout } = await estate.infrastructure('plan', ...prod);
    expect(stdout).toContain('its trust lets ANYBODY in (Oops); --replace takes that away');
    await estate.infrastructure('apply', ...prod, '--replace');
    expect((await trustOf(billing, 'Inventory-Orchestrator')).Statement).toEqual(before.Statement);
  });

  it('leaves the trust of a twin as somebody has edited it, until a test cluster is named', async () => {
    const edited = {
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${estate.security}:root` }, Action: 'sts:AssumeRole' },
      ],
    };
    const RoleName = 'Inventory-Runner-Test';
    await security.send(new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument: JSON.stringify(edited) }));
    expect((await estate.infrastructure('apply', ...prod)).exitCode).toBe(0);
    expect((await trustOf(security, RoleName)).Statement).toEqual(edited.Statement);
    const testIssuer = 'oidc.eks.eu-west-1.amazonaws.com/id/TEST01';
    const test = [...prod, '--oidc-provider-test', testIssuer, '--oidc-provider-test', `${testIssuer}2`];
    expect((await estate.infrastructure('apply', ...test)).exitCode).toBe(0);
    const federated = (await trustOf(security, RoleName)).Statement.map(
      ({ Principal }: { Principal: { Federated?: string } }) => Principal.Federated?.split('/').at(-1),
    );
    expect(federated).toEqual([undefined, 'TEST01', 'TEST012']);
    const nobody = (await trustOf(security, 'Inventory-Exporter-Test')).Statement.map(
      ({ Sid }: { Sid: string }) => Sid,
    );
    expect(nobody).not.toContain('Nobody');
  });

  it('is destroyed but for what was not made here, and for data', async () => {
    await s3.send(new PutObjectCommand({ Bucket: estate.bucket, Key: 'AWSRecon/latest.json', Body: '{}' }));
    const destroyed = await estate.infrastructure('destroy', ...prod, '--yes');
    expect(destroyed.exitCode).toBe(0);
    expect(destroyed.stdout).toContain(`= bucket ${estate.bucket}  stays: it holds data`);
    await expect(trustOf(security, 'Inventory-Runner')).rejects.toThrow(/not.*found/i);
    const read = await s3.send(new GetObjectCommand({ Bucket: estate.bucket, Key: 'AWSRecon/latest.json' }));
    expect(await read.Body?.transformToString()).toBe('{}');
    const all = await estate.infrastructure('destroy', ...prod, '--yes', '--delete-bucket-with-data');
    expect(all.exitCode).toBe(0);
    await expect(s3.send(new GetBucketPolicyCommand({ Bucket: estate.bucket }))).rejects.toThrow(/does not exist/);
    const again = await estate.infrastructure('destroy', ...prod, '--yes');
    expect(again.stdout).toContain('0 to delete');
  });

  it('is not destroyed without a terminal unless somebody says so', async () => {
    await estate.infrastructure('apply', ...prod);
    const { exitCode, stderr } = await estate.infrastructure('destroy', ...prod);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('Say --yes.');
    expect(await trustOf(security, 'Inventory-Runner')).toBeDefined();
  });
});

describe('the command line of the earlier tool', () => {
  const folder = join(import.meta.dirname, '..', '..', 'infrastructure');

  it('makes roles and bucket, uploads the three files, asks nothing, rolls nothing out', async () => {
    const estate = await newEstate();
    const s3 = s3Of(estate);
    try {
      const cli = `cli-${estate.security}`;
      const LocationConstraint = 'eu-west-1' as const;
      await s3.send(new CreateBucketCommand({ Bucket: cli, CreateBucketConfiguration: { LocationConstraint } }));
      const line =
        './infrastructure --billing-aws-profile "${BILLING_AWS_PROFILE}" --security-aws-profile "${SECURITY_AWS_PROFILE}" --cli-bucket-name "${CLI_BUCKET_NAME}" --inventory-bucket-name "${INVENTORY_BUCKET_NAME}" --inventory-role "${INVENTORY_ROLE}" --orchestrator-role "${ORCHESTRATOR_ROLE_DEPLOY}" --runner-role "${RUNNER_ROLE_DEPLOY}" --oidc-provider-prod "${OIDC_PROVIDER_PROD}"';
      const { exitCode, stdout } = await execa('bash', ['-c', line], {
        cwd: folder,
        reject: false,
        extendEnv: false,
        env: {
          ...estate.environment,
          HOME: estate.directory,
          BILLING_AWS_PROFILE: 'billing-admin',
          SECURITY_AWS_PROFILE: 'security-admin',
          CLI_BUCKET_NAME: cli,
          INVENTORY_BUCKET_NAME: estate.bucket,
          INVENTORY_ROLE: 'inventory',
          ORCHESTRATOR_ROLE_DEPLOY: 'Inventory-Orchestrator',
          RUNNER_ROLE_DEPLOY: 'Inventory-Runner',
          OIDC_PROVIDER_PROD: issuer,
        },
      });
      expect(exitCode).toBe(0);
      expect(stdout).toContain(`+ object s3://${cli}/aws/iam/inventory-role/trust.json`);
      expect(stdout).not.toContain('StackSet');
      const read = async (name: string) => {
        const answer = await s3.send(new GetObjectCommand({ Bucket: cli, Key: `aws/iam/inventory-role/${name}.json` }));
        return JSON.parse((await answer.Body?.transformToString()) ?? '');
      };
      expect((await read('trust')).Statement[0].Action).toBe('sts:AssumeRole');
      expect((await read('policy')).Statement[0].Resource).toBe('*');
      expect(await read('properties')).toMatchObject({ path: '/managed/', managedPolicies: [] });
    } finally {
      s3.destroy();
      await estate.stop();
    }
  });

  it('names every flag that is missing or empty', async () => {
    const { exitCode, stderr } = await execa(
      './infrastructure',
      ['--billing-aws-profile', 'billing-admin', '--runner-role', '', '--oidc-provider-prod', ''],
      { cwd: folder, reject: false },
    );
    expect(exitCode).toBe(2);
    for (const flag of ['security-aws-profile', 'cli-bucket-name', 'runner-role', 'oidc-provider-prod'])
      expect(stderr).toContain(`Required flag "${flag}" not set or empty.`);
    expect(stderr).not.toContain('"billing-aws-profile"');
  });
});

describe('what cannot be', () => {
  it('is a bucket of another account', async () => {
    const [one, other] = await Promise.all([newEstate(), newEstate()]);
    const s3 = s3Of(other);
    try {
      const LocationConstraint = 'eu-west-1' as const;
      await s3.send(new CreateBucketCommand({ Bucket: one.bucket, CreateBucketConfiguration: { LocationConstraint } }));
      // The simulator lets every account see every bucket.
      one.proxy.setRules([
        {
          match: { service: 's3', action: 'GetBucketLocation' },
          // To others than its owner S3 names no right.
          answer: { do: 'fail', status: 403, code: 'AccessDenied', message: 'Access Denied' },
        },
      ]);
      const { exitCode, stdout } = await one.infrastructure('plan', ...prod);
      expect(exitCode).toBe(3);
      expect(stdout).toContain(`does not belong to ${one.security}`);
      expect(stdout).toContain('Choose another name with reports.bucket');
    } finally {
      s3.destroy();
      await Promise.all([one.stop(), other.stop()]);
    }
  });

  it.each([
    ['a profile that is not there', ['--billing-aws-profile', 'nobody'], 'nobody'],
    ['an issuer that is none', ['--oidc-provider-prod', 'my cluster'], 'not the issuer of a cluster'],
  ])('is %s', async (_what, flags, words) => {
    const estate = await newEstate(['security']);
    try {
      const { exitCode, stderr } = await estate.infrastructure('plan', ...flags);
      expect(exitCode).toBe(2);
      expect(stderr).toContain(words);
    } finally {
      await estate.stop();
    }
  });

  it('is a unit that the Organization does not have', async () => {
    const estate = await newEstate(['security']);
    try {
      await mkdir(estate.directory, { recursive: true });
      const units = 'infrastructure: {rollOut: {organizationalUnits: [ou-abcd-12345678]}}\n';
      await writeFile(join(estate.directory, 'config.yaml'), settings + units);
      const { exitCode, stdout } = await estate.infrastructure('plan', ...prod);
      expect(exitCode).toBe(3);
      expect(stdout).toContain('names what the Organization does not have: ou-abcd-12345678');
    } finally {
      await estate.stop();
    }
  });

  it('is told with everything else, which is made all the same', async () => {
    const estate = await newEstate(['security']);
    try {
      estate.proxy.setRules([
        { match: { service: 'iam', action: 'CreateRole' }, times: 1, answer: { do: 'refuse', as: 'access-denied' } },
      ]);
      const { exitCode, stderr } = await estate.infrastructure('apply', ...prod);
      expect(exitCode).toBe(3);
      expect(stderr).toMatch(/infrastructure-refused: role Inventory-Orchestrator: create the role/);
      expect(stderr).toMatch(/1 not: role Inventory-Orchestrator/);
      estate.proxy.setRules([]);
      expect((await estate.infrastructure('apply', ...prod)).exitCode).toBe(0);
      expect((await estate.infrastructure('plan', ...prod, '--exit-code')).exitCode).toBe(0);
    } finally {
      await estate.stop();
    }
  });
});
