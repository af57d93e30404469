// What a person says to `aws-inventory drift` beside driftctl's variables and the settings, by tables.
import { describe, expect, it } from 'vitest';
import {
  headerFlag,
  headersOf,
  ignoreLinesOf,
  isPassedThrough,
  readAsked,
  refuseUnheardFlags,
  splitStates,
  statesFlag,
} from '../../cli/drift-flags.ts';
import { readSettings } from '../../contract/read-settings.ts';

const account = '111122223333';
const settings = (drift: object = {}, more: object = {}) =>
  readSettings({ file: { name: 'config.yaml', text: JSON.stringify({ drift, ...more }) }, environment: {} });

describe('lists of states', () => {
  it.each<[string, string[]]>([
    ['tfstate://a, tfstate://b', ['tfstate://a', 'tfstate://b']],
    ['tfstate://{a,b}/x,tfstate://c', ['tfstate://{a,b}/x', 'tfstate://c']],
    ['', []],
    [' , ', []],
  ])('%j', (text, states) => {
    expect(splitStates(text)).toEqual(states);
  });

  it('may come again, and name something', () => {
    expect(statesFlag('tfstate://b', ['tfstate://a'])).toEqual(['tfstate://a', 'tfstate://b']);
    expect(() => statesFlag(' ')).toThrow('It names no state.');
  });
});

describe('where the states lie', () => {
  const drift = { from: ['tfstate+s3://states/{account_name}/{account_id}'] };
  const from = (flags: object, environment: Record<string, string>, read = settings(drift)) =>
    readAsked(flags, { settings: read, environment, account }).from;

  it('is what the command says, then driftctl’s variable, then the settings, then the usual file', () => {
    const named = { DCTL_FROM: 'tfstate://b,tfstate://c' };
    expect(from({ from: ['tfstate://a'] }, named)).toEqual(['tfstate://a']);
    expect(from({}, named)).toEqual(['tfstate://b', 'tfstate://c']);
    expect(from({}, { DCTL_FROM: '' })).toEqual([`tfstate+s3://states/${account}/${account}`]);
    expect(from({}, {}, settings())).toEqual(['tfstate://terraform.tfstate']);
  });

  it('has the name that the settings list the account under', () => {
    const listed = settings(drift, { accounts: { from: [{ id: account, name: 'payments' }] } });
    expect(from({}, {}, listed)).toEqual([`tfstate+s3://states/payments/${account}`]);
  });

  it.each([
    [{ from: ['s3://x/y'] }, {}, 'is no known scheme'],
    [{}, { DCTL_FROM: 'terraform.tfstate' }, 'it has no scheme'],
  ])('is refused when it is none: %j %j', (flags, environment, said) => {
    expect(() => from(flags, environment)).toThrow(said);
  });

  it('cannot be told by a tag that only the Organization knows', () => {
    const tagged = settings({ from: ['tfstate+s3://states/{tag:team}'] });
    expect(() => from({}, {}, tagged)).toThrow('{tag:team}');
    expect(from({ from: ['tfstate://a'] }, {}, settings({ from: [] }))).toEqual(['tfstate://a']);
  });
});

describe('the engine', () => {
  it.each<[object, Record<string, string>, boolean]>([
    [{}, {}, false],
    [{ engine: 'driftctl' }, {}, false],
    [{}, { DCTL_FROM: 'tfstate://a' }, true],
    [{}, { RESULT_PATH: 's3://b/k' }, true],
    [{}, { DCTL_FROM: '', RESULT_PATH: '' }, false],
    [{ engine: 'driftctl' }, { DCTL_FROM: 'tfstate://a' }, true],
    [{ engine: 'ours' }, { DCTL_FROM: 'tfstate://a' }, false],
    [{ engine: 'both' }, { RESULT_PATH: 's3://b/k' }, false],
    [{ regions: ['eu-west-1'] }, { DCTL_FROM: 'tfstate://a' }, true],
    [{ regions: ['eu-west-1', 'us-east-1'] }, { DCTL_FROM: 'tfstate://a' }, true],
  ])('with %j and %j is driftctl as its user has it: %j', (flags, environment, passed) => {
    expect(isPassedThrough(flags, environment)).toBe(passed);
  });

  it('as its user has it is told of no flag that it would not hear, and names all of them at once', () => {
    const unheard = { types: ['AWS::SQS::Queue'], stateRole: 'arn:x', headers: { A: 'b' }, regions: ['a-1', 'b-1'] };
    expect(() => refuseUnheardFlags(unheard)).toThrow(
      'knows nothing of --headers, --state-role, --types, --regions with more than one region',
    );
    expect(() => refuseUnheardFlags({ from: ['tfstate://a'], regions: ['a-1'], ignoreFile: 'x' })).not.toThrow();
  });

  it.each([
    [{}, {}, 'available'],
    [{}, { engine: 'ours', from: ['tfstate://a'] }, 'ours'],
    [{ engine: 'both' }, { engine: 'ours', from: ['tfstate://a'] }, 'both'],
  ])('of %j and the settings %j is %s', (flags, drift, engine) => {
    const asked = readAsked(flags as { engine?: 'both' }, { settings: settings(drift), environment: {}, account });
    expect(asked.engine).toBe(engine);
  });
});

describe('headers', () => {
  it('are written as driftctl has them, and not quoted when they are none', () => {
    expect(headerFlag('Authorization=Bearer a=b', { 'X-A': '1' })).toEqual({ 'X-A': '1', Authorization: 'Bearer a=b' });
    expect(() => headerFlag('Bearer secret')).toThrow('is not written as Name=value');
  });

  it('are the command’s, and driftctl’s where it has none', () => {
    const environment = { DCTL_HEADERS: 'X-A=1,X-B=2=3' };
    expect(headersOf({}, environment)).toEqual({ 'X-A': '1', 'X-B': '2=3' });
    expect(headersOf({ headers: { 'X-C': '4' } }, environment)).toEqual({ 'X-C': '4' });
    expect(headersOf({}, {})).toEqual({});
  });
});

describe('what driftctl’s variable ignores', () => {
  it.each<[string | undefined, string | undefined]>([
    ['*,!aws_s3_bucket', '*\n!aws_s3_bucket'],
    ['', undefined],
    [undefined, undefined],
  ])('%j', (text, lines) => {
    expect(ignoreLinesOf({ DCTL_IGNORE: text })).toBe(lines);
  });
});
