// `aws-inventory catalogue` and `policy`: what can be listed, and the least rights for it.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { catalogue } from '../../contract/catalogue/catalogue.ts';
import { inventoryActions, managedPolicyCharacters, splitPolicy } from '../../contract/catalogue/policy.ts';
import { makeDirectory } from '../setup/run-container.ts';
import { runCli } from './run-cli.ts';

let directory: string;
let remove: () => Promise<void>;
beforeAll(async () => {
  ({ directory, remove } = await makeDirectory());
});
afterAll(() => remove());

describe('aws-inventory catalogue', () => {
  it('says tier, scope, tags and rights of the chosen types', async () => {
    const { exitCode, stdout, stderr } = await runCli(directory, ['catalogue', '--types', 'AWS::SQS::Queue']);
    expect(stdout.split('\n')).toEqual([
      'type\tservice\ttier\tscope\ttags\tactions',
      'AWS::SQS::Queue\tSQS\tnative\tregional\tyes\tsqs:ListQueues sqs:GetQueueAttributes',
    ]);
    expect(stderr).toContain('1 type of 1 service: 1 by calls of their own, 0 through Cloud Control');
    expect(exitCode).toBe(0);
  });

  it('has all of them as JSON, those below others with their parent', async () => {
    const { stdout } = await runCli(directory, ['catalogue', '--output', 'json']);
    const types = JSON.parse(stdout) as { type: string; below?: string }[];
    expect(types.map(({ type }) => type)).toEqual(catalogue.map(({ type }) => type));
    expect(types.find(({ type }) => type === 'AWS::Amplify::Domain')?.below ?? null).toBeNull();
    expect(types.filter(({ below }) => below !== undefined).length).toBeGreaterThan(150);
  });

  it('also says what nothing can list', async () => {
    const { stdout } = await runCli(directory, ['catalogue', '--unlisted']);
    expect(stdout.split('\n')).toContain('AWS::CloudFormation::WaitCondition');
  });
});

describe('aws-inventory policy', () => {
  it('prints no more than the chosen services need, by flags or by settings', async () => {
    const config = join(directory, 'chosen.yaml');
    await writeFile(config, 'inventory: {types: ["AWS::SQS::Queue"]}\n');
    for (const args of [
      ['--types', 'AWS::SQS::Queue'],
      ['--config', config],
    ]) {
      const { stdout, exitCode } = await runCli(directory, ['policy', '--for', 'inventory', ...args]);
      expect(exitCode).toBe(0);
      const { Statement: statements } = JSON.parse(stdout) as { Statement: { Action: string[]; Resource: string }[] };
      expect(statements.flatMap(({ Action }) => Action)).toEqual([
        'config:GetDiscoveredResourceCounts',
        'ec2:DescribeRegions',
        'resource-explorer-2:ListResources',
        'sqs:GetQueueAttributes',
        'sqs:ListQueues',
        'tag:GetResources',
      ]);
    }
  });

  it('says that all rights are too many for one managed policy, and splits them into some that fit', async () => {
    const whole = await runCli(directory, ['policy', '--for', 'inventory']);
    expect(whole.stderr).toContain('--split');
    const { stdout } = await runCli(directory, ['policy', '--for', 'inventory', '--split']);
    const parts = JSON.parse(stdout) as { Statement: { Action: string[] }[] }[];
    expect(parts).toEqual(splitPolicy(inventoryActions(catalogue)));
    for (const part of parts) expect(JSON.stringify(part).length).toBeLessThanOrEqual(managedPolicyCharacters);
    expect(parts.flatMap(({ Statement }) => Statement.flatMap(({ Action }) => Action))).toEqual(
      inventoryActions(catalogue),
    );
    // What IAM lets a role have, with an increased quota.
    expect(parts.length).toBeLessThanOrEqual(10);
  });
});
