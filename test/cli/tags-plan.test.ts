import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, inject, it, onTestFinished, vi } from 'vitest';
import { type PlanFlags, planTags, type TagsPlan } from '../../cli/tags-plan.ts';
import { connectTo } from '../setup/connection.ts';
import { makeDirectory } from '../setup/run-container.ts';

afterEach(() => void vi.unstubAllEnvs());

const matrix = 'aws_account_matrix: [{account_id: "123456789012"}]\nREQUIRED_TAGS: [owner]\n';

const planOf = async (text: string, flags: PlanFlags = {}, environment: Record<string, string> = {}) => {
  const { directory } = await makeDirectory();
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  const config = join(directory, 'config.yaml');
  await writeFile(config, text);
  return planTags({ config, ...flags }, environment);
};

const accountsOf = ({ listAccounts }: TagsPlan) =>
  listAccounts(connectTo(inject('simulator')), new AbortController().signal);

describe('the plan of tags', () => {
  it('has the accounts, rules and source of the file', async () => {
    const plan = await planOf(`${matrix}excluded_resource_types: [pod]\n`);
    expect(plan.source).toBe('tagging');
    expect(await accountsOf(plan)).toEqual([
      {
        ...{ id: '123456789012', name: '123456789012', regions: ['us-east-1'], role: undefined },
        rules: { required: [{ key: 'owner', values: null, types: null }], exclude: ['pod'] },
      },
    ]);
  });

  it.each([
    ['the flag', { refreshInterval: 1 }, { REFRESH_INTERVAL: '2' }, 'refresh_interval: 3', 1],
    ['the environment', {}, { REFRESH_INTERVAL: '2' }, 'refresh_interval: 3', 2],
    ['the file', {}, { REFRESH_INTERVAL: '' }, 'refresh_interval: 3', 3],
    ['300', {}, {}, '', 300],
  ])('takes the interval first from what stands first: %s', async (_name, flags, environment, lines, interval) => {
    expect((await planOf(matrix + lines, flags, environment)).refreshInterval).toBe(interval);
  });

  it('takes the source of the flag before the file’s', async () => {
    const text = `${matrix}source: inventory\n`;
    expect((await planOf(text)).source).toBe('inventory');
    expect((await planOf(text, { source: 'tagging' })).source).toBe('tagging');
  });

  it('has the accounts of our own settings too, each with its role, regions and rules', async () => {
    const plan = await planOf(`
accounts:
  from:
    - {id: "111111111111", name: one, regions: [eu-west-1]}
    - {id: "222222222222", name: two, role: "arn:aws:iam::222222222222:role/own", externalId: secret}
    - {id: "333333333333"}
  exclude: ["333333333333"]
tags:
  required: [owner, {key: environment, values: [prod, "test-*"], types: ["AWS::RDS::*"]}]
  exclude: ["ecs:task"]
  overrides: {"222222222222": {required: [owner]}}
`);
    expect(plan.source).toBe('inventory');
    const owner = { key: 'owner', values: null, types: null };
    const environment = { key: 'environment', values: ['prod', 'test-*'], types: ['AWS::RDS::*'] };
    expect(await accountsOf(plan)).toEqual([
      {
        ...{ id: '111111111111', name: 'one', regions: ['eu-west-1'] },
        role: { roleArn: 'arn:aws:iam::111111111111:role/managed/inventory', externalId: undefined },
        rules: { required: [owner, environment], exclude: ['ecs:task'] },
      },
      {
        ...{ id: '222222222222', name: 'two', regions: 'enabled' },
        role: { roleArn: 'arn:aws:iam::222222222222:role/own', externalId: 'secret' },
        rules: { required: [owner], exclude: ['ecs:task'] },
      },
    ]);
  });

  it('names accounts that only an override has', async () => {
    const text = 'accounts: {from: [{id: "111111111111"}]}\ntags: {overrides: {"999999999999": {required: [owner]}}}\n';
    await expect(accountsOf(await planOf(text))).rejects.toMatchObject({
      code: 'unknown-account',
      message: expect.stringContaining('"999999999999"'),
    });
  });

  it('names accounts that INCLUDE_ACCOUNTS has and nobody else', async () => {
    const text = 'accounts: {from: [{id: "111111111111"}]}\ntags: {required: [owner]}\n';
    const plan = await planOf(text, {}, { INCLUDE_ACCOUNTS: '111111111111,999999999999' });
    await expect(accountsOf(plan)).rejects.toMatchObject({
      code: 'unknown-account',
      message: expect.stringContaining('"999999999999"'),
    });
  });

  it.each([
    [
      'settings that require no tag',
      'region: eu-west-1',
      {},
      /requires no tag, and everything would count as compliant/,
    ],
    ['settings with problems', 'tags: {require: [owner]}', {}, /tags\.require: unknown key; did you mean required\?/],
    ['an interval of the environment that is none', matrix, { REFRESH_INTERVAL: '5m' }, /REFRESH_INTERVAL is "5m"/],
    ['a file with problems', 'REQUIRED_TAGS: owner\nregion: x', {}, /3 problems:\n/],
  ])('is refused with %s', async (_name, text, environment, message) => {
    await expect(planOf(text, {}, environment)).rejects.toMatchObject({
      code: 'settings-invalid',
      message: expect.stringMatching(message),
    });
  });

  it('is refused with a file that is not there', () => {
    expect(() => planTags({ config: '/nonexistent/config.yaml' }, {})).toThrow(/cannot be read/);
  });
});
