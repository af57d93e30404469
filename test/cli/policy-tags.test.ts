// `aws-inventory policy --for tags`: the rights of the exporter that `tags` stands in for, and no others.
import { tmpdir } from 'node:os';
import { describe, expect, it } from 'vitest';
import { runCli } from './run-cli.ts';

const policy = (...args: readonly string[]) => runCli(tmpdir(), ['policy', '--for', ...args]);

describe('aws-inventory policy --for tags', () => {
  it.each([
    ['tags', ['tag:GetResources', 'tag:GetTagKeys', 'tag:GetTagValues'], /in every account/],
    ['tags-caller', ['sts:AssumeRole', 'tag:GetResources'], /whoever starts the scan/],
  ])('prints the document of %s and says whose it is', async (purpose, actions, said) => {
    const { exitCode, stdout, stderr } = await policy(purpose);
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ Statement: [{ Effect: 'Allow', Action: actions, Resource: '*' }] });
    expect(stderr).toMatch(said);
  });

  it('refuses a selection of types, which would change nothing', async () => {
    const { exitCode, stderr } = await policy('tags', '--services', 'ec2');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('--services is about an inventory');
  });
});
