// `aws-inventory infrastructure export` as somebody runs it, against the simulator.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { startEstate, type TestEstate } from '../estate.ts';

const issuer = 'oidc.eks.eu-west-1.amazonaws.com/id/ABCDEF';

describe('infrastructure export', () => {
  let estate: TestEstate;
  beforeAll(async () => {
    estate = await startEstate(inject('simulator'), ['security']);
  });
  afterAll(() => estate.stop());

  it('writes a module for the accounts of the two profiles, and nothing in AWS', async () => {
    const from = estate.proxy.history.length;
    const flags = ['--format', 'terraform', '--oidc-provider-prod', issuer];
    const { exitCode, stderr } = await estate.infrastructure('export', ...flags);
    expect(stderr).toMatch(/^\d+ files in aws-inventory-terraform$/);
    expect(exitCode).toBe(0);
    const folder = join(estate.directory, 'aws-inventory-terraform');
    expect(await readFile(join(folder, 'main.tf'), 'utf8')).toContain(`bucket   = "${estate.bucket}"`);
    const trust = await readFile(join(folder, 'documents/security/roles/Inventory-Runner/trust.json'), 'utf8');
    expect(trust).toContain(`arn:aws:iam::${estate.security}:oidc-provider/${issuer}`);
    const calls = estate.proxy.history.slice(from).map(({ action }) => action);
    expect(new Set(calls)).toEqual(new Set(['GetCallerIdentity', 'DescribeOrganization']));
  });

  it('has a trust of the user’s own in place of the generated one, and says so', async () => {
    const folder = join(estate.directory, 'infrastructure', 'policies');
    await mkdir(folder, { recursive: true });
    const Statement = {
      Effect: 'Allow',
      Principal: { AWS: 'arn:aws:iam::AccountId:role/Mine' },
      Action: 'sts:AssumeRole',
    };
    await writeFile(join(folder, 'inventory_trust.json'), JSON.stringify({ Version: '2012-10-17', Statement }));
    const { stderr } = await estate.infrastructure('export', '--format', 'json', '--directory', 'own');
    expect(stderr).toContain('infrastructure/policies/inventory_trust.json is your own');
    const trust = await readFile(join(estate.directory, 'own/billing/roles/inventory/trust.json'), 'utf8');
    expect(JSON.parse(trust).Statement).toEqual([
      { Sid: 'Own1', ...Statement, Principal: { AWS: `arn:aws:iam::${estate.security}:role/Mine` } },
    ]);
  });

  it('says what is in its way', async () => {
    const { exitCode, stderr } = await estate.infrastructure('export', '--format', 'json', '--directory', '/dev/null');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('/dev/null');
    expect((await estate.infrastructure('export')).stderr).toContain('--format');
  });
});
