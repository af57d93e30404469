import { describe, expect, it } from 'vitest';
import { readMatrixConfig } from '../../../contract/tags/matrix-config.ts';

const read = (text: string) => readMatrixConfig({ name: 'config.yaml', text });
const problemsOf = (text: string): string => {
  try {
    read(text);
  } catch (thrown) {
    return (thrown as Error).message;
  }
  throw new Error('no problem was found');
};

const whole = `
aws_account_matrix:
  - account_id: "123456789012"
    account_name: "production"
    regions: ["us-east-1", "eu-west-1"]
  - account_id: "210987654321"
    account_name: "staging"
    regions: ["us-east-1"]
assume_role_name_template: "terraform"
REQUIRED_TAGS:
  - environment
  - owner
aws_account_overrides:
  "123456789012":
    role_arn: "arn:aws:iam::123456789012:role/CustomAuditRole"
excluded_resource_types:
  - "pod"
  - "ecs:task"
  - "eks:*"
refresh_interval: 600
`;

/** A matrix of one account, with more lines. */
const matrix = (lines: string, account = 'account_id: "123456789012"'): string =>
  `aws_account_matrix: [{${account}}]\nREQUIRED_TAGS: [owner]\n${lines}`;

describe('the config of a matrix', () => {
  it('gives accounts in their order, with the role of the override or of the template', () => {
    expect(read(whole)).toEqual({
      accounts: [
        {
          id: '123456789012',
          name: 'production',
          regions: ['us-east-1', 'eu-west-1'],
          roleArn: 'arn:aws:iam::123456789012:role/CustomAuditRole',
        },
        {
          id: '210987654321',
          name: 'staging',
          regions: ['us-east-1'],
          roleArn: 'arn:aws:iam::210987654321:role/terraform',
        },
      ],
      required: ['environment', 'owner'],
      excluded: ['pod', 'ecs:task', 'eks:*'],
      refreshInterval: 600,
      source: undefined,
    });
  });

  it.each([
    ['the id as the name, and us-east-1 as the region', '', { name: '123456789012', regions: ['us-east-1'] }],
    ['us-east-1 for an empty list', 'regions: []', { regions: ['us-east-1'] }],
    ['each region once', 'regions: [eu-west-1, eu-west-1]', { regions: ['eu-west-1'] }],
    ['no role where none is named', '', { roleArn: undefined }],
  ])('takes %s', (_name, more, account) => {
    const text = matrix('', `account_id: "123456789012"${more === '' ? '' : `, ${more}`}`);
    expect(read(text)?.accounts[0]).toMatchObject(account);
  });

  it.each([
    ['a path', 'audit/reader', 'arn:aws:iam::123456789012:role/audit/reader'],
    ['the id in the name', 'audit-{account_id}', 'arn:aws:iam::123456789012:role/audit-123456789012'],
    ['a whole ARN', 'arn:aws-us-gov:iam::{account_id}:role/audit', 'arn:aws-us-gov:iam::123456789012:role/audit'],
  ])('fills a template with %s', (_name, template, roleArn) => {
    expect(read(matrix(`assume_role_name_template: "${template}"`))?.accounts[0]?.roleArn).toBe(roleArn);
  });

  it('takes the partition of a role from the regions', () => {
    const text = matrix('assume_role_name_template: audit', 'account_id: "123456789012", regions: [cn-north-1]');
    expect(read(text)?.accounts[0]?.roleArn).toBe('arn:aws-cn:iam::123456789012:role/audit');
  });

  it('takes twelve digits without quotes, which have lost nothing', () => {
    expect(read(matrix('', 'account_id: 123456789012'))?.accounts[0]?.id).toBe('123456789012');
  });

  it('is not that of a file that has none of its keys', () => {
    expect(read('accounts: {include: []}')).toBeUndefined();
    expect(read('')).toBeUndefined();
  });

  it.each([
    [
      'an id that has lost its zeros',
      matrix('', 'account_id: 012345678901'),
      /:1 .*account_id: write account ids in quotes.*12345678901/,
    ],
    ['an id that is none', matrix('', 'account_id: "12345"'), /exactly 12 digits \(it is "12345"\)/],
    [
      'no id at all',
      matrix('', 'account_name: x'),
      /aws_account_matrix\[0\]\.account_id: an account id has exactly 12 digits/,
    ],
    [
      'a brace that is left open',
      matrix('assume_role_name_template: "audit-{account_id"'),
      /:3 assume_role_name_template: braces .*"audit-\{account_id"/,
    ],
    [
      'another placeholder',
      matrix('assume_role_name_template: "audit-{name}"'),
      /braces may stand around account_id alone/,
    ],
    [
      'a name that no role has',
      matrix('assume_role_name_template: "a role"'),
      /not the name of an IAM role \(it is "a role"\)/,
    ],
    ['no required tag', 'aws_account_matrix: [{account_id: "123456789012"}]\nREQUIRED_TAGS: []', /it names no tag/],
    [
      'a misspelt key',
      matrix('excluded_resource_type: [pod]'),
      /:3 excluded_resource_type: unknown key; did you mean excluded_resource_types\?/,
    ],
    [
      'a misspelt key of an account',
      matrix('', 'account_id: "123456789012", region: [us-east-1]'),
      /unknown key; did you mean regions\?/,
    ],
    [
      'a region that is none',
      matrix('', 'account_id: "123456789012", regions: [virginia]'),
      /not the name of an AWS region.*"virginia"/,
    ],
    [
      'a pattern that leaves everything out',
      matrix('excluded_resource_types: ["*"]'),
      /it would leave out every resource \(it is "\*"\)/,
    ],
    ['an interval of nothing', matrix('refresh_interval: 0'), /refresh_interval/],
    [
      'a role of another account',
      matrix('aws_account_overrides: {"123456789012": {role_arn: "arn:aws:iam::999999999999:role/x"}}'),
      /lives in the account 999999999999/,
    ],
    [
      'an override of an id that has lost its zeros',
      matrix('aws_account_overrides: {12345678901: {}}'),
      /exactly 12 digits; in quotes/,
    ],
    [
      'an account that is listed twice',
      'aws_account_matrix: [{account_id: "123456789012"}, {account_id: "123456789012"}]\nREQUIRED_TAGS: [owner]',
      /\[1\]\.account_id: this account is listed twice/,
    ],
    ['no YAML', 'aws_account_matrix: [', /is not YAML/],
  ])('refuses %s, and quotes it', (_name, text, message) => {
    expect(problemsOf(text)).toMatch(message);
  });

  it('names every problem at once, in the order of the file', () => {
    const text =
      'aws_account_matrix: [{account_id: 1, regions: [x]}]\nREQUIRED_TAGS: [1]\nsource: elsewhere\nowner: x\n';
    const lines = problemsOf(text).split('\n');
    expect(lines[0]).toBe('The settings have 5 problems:');
    expect(lines.slice(1).map(line => /:(\d) (\S+):/.exec(line)?.slice(1))).toEqual([
      ['1', 'aws_account_matrix[0].account_id'],
      ['1', 'aws_account_matrix[0].regions[0]'],
      ['2', 'REQUIRED_TAGS[0]'],
      ['3', 'source'],
      ['4', 'owner'],
    ]);
  });
});
