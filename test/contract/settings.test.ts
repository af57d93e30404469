import { describe, expect, it } from 'vitest';
import { readSettings } from '../../contract/read-settings.ts';

const read = (text: string, environment: Record<string, string> = {}, name = 'config.yaml') =>
  readSettings({ file: { name, text }, environment });

const problemsOf = (text: string, environment: Record<string, string> = {}): string => {
  try {
    read(text, environment);
  } catch (error) {
    return (error as Error).message;
  }
  return 'no problem';
};

describe('settings', () => {
  it('have a default for everything but the bucket', () => {
    const settings = read('');
    expect(settings.role).toMatchObject({ name: 'managed/inventory', externalId: null, sourceIdentity: null });
    expect(settings.reports).toEqual({ prefix: 'AWSRecon', expectedOwner: null, kmsKey: null });
    expect(settings.run.deadline).toBe(6 * 3600);
    expect(settings.includeAccounts).toBeNull();
  });

  it('read durations as people write them', () => {
    expect(read('run: {deadline: 90m, accountDeadline: 1h}').run).toMatchObject({
      deadline: 5400,
      accountDeadline: 3600,
    });
  });

  it('take what they hold from the environment where they say so', () => {
    expect(read('reports: {bucket: "${NAME}-reports"}', { NAME: 'acme' }).reports.bucket).toBe('acme-reports');
  });

  it('report every problem at once, each with its line, its path, its value and what would be right', () => {
    const problems = problemsOf(
      'acounts: {}\naccounts:\n  from: [{id: 123456789012}]\n  exclude: ["12"]\nrole: {nam: x}\nregions: [mars]\nrun:\n  deadline: soon\n  maxRunning: 0\nreports: {bucket: "${NOPE}"}',
    );
    expect(problems.split('\n')).toEqual([
      'The settings have 8 problems:',
      '  config.yaml:1 acounts: unknown key; did you mean accounts?',
      '  config.yaml:3 accounts.from[0].id: write account ids in quotes: YAML reads digits as a number and drops leading zeros (it is 123456789012)',
      '  config.yaml:4 accounts.exclude[0]: an account id has exactly 12 digits (it is "12")',
      '  config.yaml:5 role.nam: unknown key; did you mean name?',
      '  config.yaml:6 regions[0]: not the name of an AWS region, such as eu-west-1 (it is "mars")',
      '  config.yaml:8 run.deadline: not a duration from 1s to 24d such as 50m or 6h (it is "soon")',
      '  config.yaml:9 run.maxRunning: expected number to be >=1 (it is 0)',
      '  config.yaml:10 reports.bucket: the environment variable NOPE is not set',
    ]);
  });

  it.each([
    ['a list', '- a', /the whole document: expected object/],
    ['no YAML', 'a: [', /config\.yaml is not YAML/],
    [
      'a source that does not exist',
      'accounts: {from: org}',
      /accounts\.from: expected "organization", or expected array/,
    ],
    [
      'an alias bomb',
      `a: &a [1,1,1,1,1,1,1,1,1,1]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c,*c,*c,*c,*c,*c,*c]`,
      /config\.yaml/,
    ],
  ])('refuse %s', (_name, text, message) => {
    expect(problemsOf(text)).toMatch(message);
  });

  it('name the layer that a wrong value came from', () => {
    const file = { name: 'config.yaml', text: 'reports: {bucket: fine}' };
    const read = (environment: Record<string, string>, overrides: object) => () =>
      readSettings({ file, environment, overrides: { ...overrides } });
    expect(read({}, { accounts: { include: ['12'] } })).toThrow(
      'flags accounts.include[0]: an account id has exactly 12 digits (it is "12")',
    );
    expect(read({ BUCKET_NAME: 'No Bucket' }, {})).toThrow('environment reports.bucket: not the name of an S3 bucket');
  });

  it.each([
    [
      'an account that is listed twice',
      'accounts: {from: [{id: "111111111111"}, {id: "111111111111"}]}',
      'accounts.from[1].id: this account is listed twice',
    ],
    ['an empty duration', 'run: {deadline: ""}', 'run.deadline: not a duration from 1s to 24d'],
    ['a duration without a unit', 'run: {deadline: "3600"}', 'run.deadline: not a duration from 1s to 24d'],
    ['a duration that no timer can keep', 'run: {deadline: 30d}', 'run.deadline: not a duration from 1s to 24d'],
    [
      'a service that nobody lists',
      'inventory: {services: [ec22]}',
      'inventory.services[0]: not a service of the catalogue',
    ],
    ['a session name that STS refuses', 'role: {sessionName: x}', 'role.sessionName: a session name has 2 to 64'],
    ['a blank ExternalId', 'accounts: {from: [{id: "111111111111", externalId: ""}]}', 'accounts.from[0].externalId'],
  ])('refuse %s', (_name, text, message) => {
    expect(problemsOf(text)).toContain(message);
  });

  it('know regions of every partition', () => {
    expect(read('regions: [eu-west-1, us-gov-west-1, cn-north-1, eusc-de-east-1]').regions).toHaveLength(4);
  });

  it('take the region of vars.env below the environment’s', () => {
    expect(read('AWS_REGION=us-west-2', {}, 'vars.env').region).toBe('us-west-2');
    expect(read('AWS_REGION=us-west-2', { AWS_REGION: 'eu-west-3' }, 'vars.env').region).toBeUndefined();
  });

  it('know the variables of the pipeline, from the environment and from vars.env', () => {
    const variables =
      'BILLING_ACCOUNT_ID=111111111111\nSECURITY_ACCOUNT_ID=222222222222\nBUCKET_NAME=reports\nINCLUDE_ACCOUNTS=333333333333, 444444444444,,333333333333\nCRON_SCHEDULE=0 0 * * 0\n';
    const expected = {
      reports: { bucket: 'reports', expectedOwner: '222222222222' },
      includeAccounts: ['333333333333', '444444444444'],
    };
    expect(read(variables, {}, 'k8s/vars.env')).toMatchObject(expected);
    expect(
      read('', {
        BUCKET_NAME: 'reports',
        SECURITY_ACCOUNT_ID: '222222222222',
        INCLUDE_ACCOUNTS: '333333333333,444444444444',
      }),
    ).toMatchObject(expected);
  });

  it('take an empty INCLUDE_ACCOUNTS for all accounts, and one that names nobody for a mistake', () => {
    expect(read('', { INCLUDE_ACCOUNTS: '' }).includeAccounts).toBeNull();
    expect(problemsOf('', { INCLUDE_ACCOUNTS: ' , ' })).toMatch(/INCLUDE_ACCOUNTS is " , ": it names no account/);
  });

  it('let flags stand above the environment, and the environment above the file', () => {
    const file = { name: 'config.yaml', text: 'reports: {bucket: from-file, prefix: Kept}' };
    expect(readSettings({ file, environment: { BUCKET_NAME: 'from-env' } }).reports.bucket).toBe('from-env');
    const overrides = { reports: { bucket: 'from-flag' } };
    expect(readSettings({ file, environment: { BUCKET_NAME: 'from-env' }, overrides }).reports).toMatchObject({
      bucket: 'from-flag',
      prefix: 'Kept',
    });
  });
});
