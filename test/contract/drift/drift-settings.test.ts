// The section `drift` of the settings: what it takes, what it refuses, and what holds for one account.
import { describe, expect, it } from 'vitest';
import { chooseDrift, driftNeedsTags, driftNeedsTree } from '../../../contract/drift/drift-settings.ts';
import { readSettings } from '../../../contract/read-settings.ts';

const read = (text: string) => readSettings({ file: { name: 'config.yaml', text }, environment: {} });
const driftOf = (text: string) => read(text).drift;
const problemsOf = (text: string): string => {
  try {
    read(text);
  } catch (error) {
    return (error as Error).message;
  }
  return 'no problem';
};

const rule = { type: 'aws_iam_role', owner: 'identity', reason: 'theirs' };
const account = '111111111111';

describe('the settings of drift', () => {
  it('name nothing by default, and then nothing is compared', () => {
    expect(driftOf('')).toEqual({ from: [], state: {}, ignore: [], overrides: {} });
    expect(chooseDrift(driftOf(''), account)).toBeUndefined();
  });

  it.each([
    'tfstate+s3://states/{account_id}/**/*.tfstate',
    'tfstate+s3://states-{account_name}/{ou}/{ou_path}/{tag:team}.tfstate',
    'tfstate+https://gitlab.example.com/api/v4/projects/1/terraform/state/{account_id}',
    'tfstate+tfcloud://organization/{account_name}',
    'tfstate+gs://bucket/{account_id}.tfstate',
    'tfstate+azurerm://container/{a,b}/{account_id}.tfstate',
  ])('take %s', location => {
    expect(driftOf(JSON.stringify({ drift: { from: [location] } })).from).toEqual([location]);
  });

  it.each([
    ['a location without a scheme', { from: ['states/x.tfstate'] }, 'drift.from[0]: "states/x.tfstate" is no place'],
    ['a scheme that nobody knows', { from: ['s3://states/x'] }, 'is no known scheme'],
    [
      'a place that nobody knows',
      { from: ['tfstate+s3://states/{account}/x'] },
      'drift.from[0]: {account} is no place',
    ],
    ['an engine that nobody has', { engine: 'terraform' }, 'drift.engine'],
    ['a role that is none', { state: { role: 'reader' } }, 'drift.state.role: not the ARN of an IAM role'],
    ['a region that is none', { state: { region: 'mars' } }, 'drift.state.region: not the name of an AWS region'],
    ['a key that is none', { state: { kmsKeys: ['alias/x'] } }, 'drift.state.kmsKeys[0]: not the ARN of a KMS key'],
    ['a rule without an owner', { ignore: [{ type: 'aws_vpc', reason: 'x' }] }, 'drift.ignore[0].owner'],
    ['a misspelt key', { form: [] }, 'drift.form: unknown key; did you mean from?'],
    ['an override of no account', { overrides: { '12': { from: [] } } }, 'drift.overrides'],
    [
      'rules that do not fit a container',
      { ignore: Array.from({ length: 600 }, (_, id) => ({ ...rule, id: `${id}${'x'.repeat(80)}` })) },
      'drift.ignore: the rules take',
    ],
  ])('refuse %s', (_case, drift, message) => {
    expect(problemsOf(JSON.stringify({ drift }))).toContain(message);
  });

  it('refuse a password, and do not repeat it', () => {
    const problems = problemsOf('drift: {from: ["tfstate+https://me:hunter22@host/{account_id}"]}');
    expect(problems).toContain('drift.from[0]: no user, token or password belongs into settings');
    expect(problems).not.toContain('hunter22');
  });

  it.each([
    'https://gitlab.example/api/v4/state/x?private_token=hunter22',
    'https://acct.blob.example/c/x?sv=2024&sig=hunter22',
    'https://s3.example/x?X-Amz-Signature=hunter22&a=b',
  ])('refuse a token in the query of %s, and do not repeat it', url => {
    const problems = problemsOf(`drift: {from: ["tfstate+${url}"]}`);
    expect(problems).toContain('no user, token or password belongs into settings');
    expect(problems).not.toContain('hunter22');
  });

  it('report every problem at once', () => {
    const problems = problemsOf(
      JSON.stringify({ drift: { engine: 'x', from: ['x', 'y'], state: { role: 'x' }, ignore: [{}] } }),
    );
    expect(problems).toMatch(/have [5-9] problems/);
  });
});

describe('what holds for an account', () => {
  const all = `drift:
  engine: ours
  from: ["tfstate+s3://states/{account_id}/*.tfstate"]
  state: {role: "arn:aws:iam::999999999999:role/reader", externalId: shared, region: eu-west-1}
  ignore: [${JSON.stringify(rule)}]
  overrides:
    "222222222222": {from: ["tfstate+s3://others/x"], state: {region: us-east-1}, ignore: [${JSON.stringify({ ...rule, type: 'aws_vpc' })}]}
    "333333333333": {from: []}`;

  it('is what stands above, where nothing else is named', () => {
    expect(chooseDrift(driftOf(all), account)).toEqual({
      engine: 'ours',
      from: ['tfstate+s3://states/{account_id}/*.tfstate'],
      state: { role: 'arn:aws:iam::999999999999:role/reader', externalId: 'shared', region: 'eu-west-1' },
      ignore: [rule],
    });
  });

  it('is its own location and region, with the rules of all', () => {
    expect(chooseDrift(driftOf(all), '222222222222')).toMatchObject({
      engine: 'ours',
      from: ['tfstate+s3://others/x'],
      state: { externalId: 'shared', region: 'us-east-1' },
      ignore: [{ type: 'aws_iam_role' }, { type: 'aws_vpc' }],
    });
  });

  it('is nothing where its list is empty', () => {
    expect(chooseDrift(driftOf(all), '333333333333')).toBeUndefined();
  });
});

describe('what the Organization is asked for', () => {
  it.each<[string, boolean, boolean]>([
    ['{account_id}/{account_name}', false, false],
    ['{ou}', true, false],
    ['{ou_path}', true, false],
    ['{tag:team}', false, true],
    ['{tag:team}/{ou}', true, true],
  ])('with %s', (place, tree, tags) => {
    const above = driftOf(JSON.stringify({ drift: { from: [`tfstate+s3://states/${place}`] } }));
    const own = driftOf(
      JSON.stringify({ drift: { overrides: { [account]: { from: [`tfstate+s3://states/${place}`] } } } }),
    );
    for (const drift of [above, own]) expect([driftNeedsTree(drift), driftNeedsTags(drift)]).toEqual([tree, tags]);
  });
});
