// `aws-inventory inventory` as a person runs it, against a simulated account.
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { type AccountServer, startAccountServer } from '../servers/start-account-server.ts';
import { makeDirectory } from '../setup/run-container.ts';
import { runCli } from './run-cli.ts';

let server: AccountServer;
let directory: string;
let remove: () => Promise<void>;

const types = {
  'AWS::Bedrock::Guardrail': {
    resources: [
      { identifier: 'g-1', properties: { GuardrailId: 'g-1', Name: '=cmd()', Tags: [{ Key: 'owner', Value: 'ml' }] } },
    ],
  },
  'AWS::Bedrock::Flow': { denied: { permission: 'bedrock:ListFlows' } },
};

beforeEach(async () => {
  server = await startAccountServer({ upstream: inject('simulator'), model: { everywhere: types } });
  ({ directory, remove } = await makeDirectory());
});
afterEach(async () => {
  await server.stop();
  await remove();
  await rm(directory, { recursive: true, force: true });
});

const inventory = (...args: readonly string[]) =>
  runCli(directory, ['inventory', '--regions', 'eu-west-1', ...args], {
    AWS_ENDPOINT_URL: server.url,
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'AKIATESTRUNNER000001',
    AWS_SECRET_ACCESS_KEY: 'runner-own-secret',
    AWS_MAX_ATTEMPTS: '2',
  });

describe('aws-inventory inventory', () => {
  it('prints what each service has in each region, and how much was seen', async () => {
    const { exitCode, stdout, stderr } = await inventory('--types', 'AWS::Bedrock::Guardrail');
    expect(stdout).toBe('service\tregion\ttype\tresources\nBedrock\teu-west-1\tAWS::Bedrock::Guardrail\t1\n'.trimEnd());
    expect(stderr).toContain('Account 123456789012');
    expect(stderr).toMatch(/1 resource in \d+\.\d s, with \d+ requests/);
    expect(stderr).toContain('Coverage: 100.0 % of what the account could answer; 1 type attempted: 1 listed');
    expect(exitCode).toBe(0);
  });

  it('ends with 3 and names the right when a type is denied', async () => {
    const { exitCode, stderr } = await inventory('--types', 'AWS::Bedrock::Guardrail,AWS::Bedrock::Flow');
    expect(exitCode).toBe(3);
    expect(stderr).toContain('Coverage: 50.0 %');
    expect(stderr).toMatch(/AWS::Bedrock::Flow in 1 region: bedrock:ListFlows/);
    expect(stderr).toContain('services-denied:');
    expect(stderr).toContain('For the account owner:');
  });

  it('writes the report in the format that the file’s name says', async () => {
    const file = join(directory, 'out.csv');
    const { exitCode, stdout } = await inventory('--types', 'AWS::Bedrock::Guardrail', '--output', file);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('AWS::Bedrock::Guardrail');
    const [heading, line] = (await readFile(file, 'utf8')).split('\r\n').join('\n').split('\n');
    expect(heading).toContain('account,service,region,type,id,arn,name');
    // A spreadsheet must not take a name for a formula.
    expect(line).toContain("'=cmd()");
  });

  it('gives stdout the records alone when only a format is named', async () => {
    const { stdout } = await inventory('--types', 'AWS::Bedrock::Guardrail', '--format', 'ndjson');
    const records = stdout.split('\n').map(line => JSON.parse(line) as Record<string, unknown>);
    expect(records).toHaveLength(1);
    expect(records[0]).toMatchObject({
      resourceType: 'AWS::Bedrock::Guardrail',
      name: '=cmd()',
      tags: { owner: 'ml' },
    });
  });

  it('reads what config.yaml says of this account', async () => {
    const accepted = { type: 'AWS::Bedrock::Flow', outcome: 'denied', reason: 'left to the ML team' };
    const config = {
      inventory: { overrides: { '123456789012': { types: ['AWS::Bedrock::*low'], accepted: [accepted] } } },
    };
    const file = join(directory, 'config.yaml');
    await import('node:fs/promises').then(({ writeFile }) => writeFile(file, JSON.stringify(config)));
    const { exitCode, stderr } = await inventory('--config', file);
    expect(stderr).toContain('expected: left to the ML team');
    expect(stderr).toContain('1 accepted');
    expect(exitCode).toBe(0);
  });

  it.each([
    [['--format', 'parquet'], 'needs a file'],
    [['--services', 'ec3'], 'the nearest is ec2'],
    [['--types', 'nonsense::'], 'not a type such as AWS::EC2::VPC'],
    [['--types', 'AWS::EC2::Nothing'], 'No type of the catalogue fits'],
    [['--max-per-type', '0'], 'a whole number above 0'],
    [['--regions', ''], 'It names nothing'],
  ])('refuses %j before anything is asked', async (args, message) => {
    const { exitCode, stderr } = await inventory(...args);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(message);
    expect(server.requests).toEqual([]);
  });

  it('says who can help when there are no credentials', async () => {
    const { exitCode, stderr } = await runCli(directory, ['inventory', '--regions', 'eu-west-1'], {
      AWS_ENDPOINT_URL: server.url,
    });
    expect(exitCode).toBe(2);
    expect(stderr).toContain('no-credentials:');
    expect(stderr).toContain('Sign in to AWS');
  });
});
