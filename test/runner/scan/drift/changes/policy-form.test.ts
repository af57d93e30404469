// Policies by what they mean.
import { describe, expect, it } from 'vitest';
import { differencesOf } from '../../../../../runner/scan/drift/changes/differences.ts';
import { policy } from '../../../../../runner/scan/drift/changes/policy-form.ts';

const compare = (from: unknown, to: unknown) =>
  differencesOf(policy, ['policy'], { from: policy.canonical(from), to: policy.canonical(to) });

const statement = { Effect: 'Allow', Principal: { AWS: '111122223333' }, Action: 's3:GetObject', Resource: '*' };
const of = (...statements: unknown[]) => JSON.stringify({ Version: '2012-10-17', Statement: statements });
const base = of(statement);

const alike: readonly (readonly [string, unknown, unknown])[] = [
  ['lists of one and texts', base, of({ ...statement, Action: ['s3:GetObject'], Resource: ['*'] })],
  [
    'lists in another order',
    of({ ...statement, Action: ['a:B', 'a:C'] }),
    of({ ...statement, Action: ['a:C', 'a:B'] }),
  ],
  ['lists that repeat themselves', of({ ...statement, Action: ['a:B', 'a:B'] }), of({ ...statement, Action: 'a:B' })],
  ['an account and its root', base, of({ ...statement, Principal: { AWS: 'arn:aws:iam::111122223333:root' } })],
  ['of another partition too', base, of({ ...statement, Principal: { AWS: ['arn:aws-cn:iam::111122223333:root'] } })],
  ['anybody in two ways', of({ ...statement, Principal: '*' }), of({ ...statement, Principal: { AWS: '*' } })],
  ['one statement without a list', base, JSON.stringify({ Version: '2012-10-17', Statement: statement })],
  ['actions in another case', base, of({ ...statement, Action: 'S3:getobject' })],
  [
    'empty and absent ids',
    base,
    JSON.stringify({ Id: '', Version: '2012-10-17', Statement: [{ ...statement, Sid: '' }] }),
  ],
  ['empty and absent conditions', base, of({ ...statement, Condition: {} })],
  [
    'conditions with numbers, booleans and texts',
    of({ ...statement, Condition: { Bool: { 'aws:SecureTransport': false }, NumericLessThan: { 's3:x': 1 } } }),
    of({ ...statement, Condition: { Bool: { 'aws:securetransport': ['false'] }, NumericLessThan: { 's3:x': '1' } } }),
  ],
  [
    'members in another order',
    base,
    '{"Statement":[{"Resource":"*","Action":"s3:GetObject","Principal":{"AWS":["111122223333"]},"Effect":"Allow"}],"Version":"2012-10-17"}',
  ],
  ['a text and an object', base, JSON.parse(base)],
  ['a text and its percent-encoded form', base, encodeURIComponent(base)],
  ['no policy in two ways', '', null],
];

const different: readonly (readonly [string, string | null, string | null, string])[] = [
  ['an action', base, of({ ...statement, Action: 's3:*' }), 'policy.Statement.0.Action'],
  ['an effect', base, of({ ...statement, Effect: 'Deny' }), 'policy.Statement.0.Effect'],
  ['a principal', base, of({ ...statement, Principal: { AWS: '*' } }), 'policy.Statement.0.Principal.AWS'],
  [
    'a principal of another kind',
    base,
    of({ ...statement, Principal: { Service: '111122223333' } }),
    'policy.Statement.0.Principal.AWS',
  ],
  ['a new condition', base, of({ ...statement, Condition: { Bool: { a: true } } }), 'policy.Statement.0.Condition'],
  [
    'a resource that only differs in case',
    of({ ...statement, Resource: 'arn:A' }),
    of({ ...statement, Resource: 'arn:a' }),
    'policy.Statement.0.Resource',
  ],
  ['one statement more', base, of(statement, { ...statement, Effect: 'Deny' }), 'policy.Statement'],
  [
    'statements in another order',
    of(statement, { ...statement, Effect: 'Deny' }),
    of({ ...statement, Effect: 'Deny' }, statement),
    'policy.Statement.0.Effect',
  ],
  ['a version', base, base.replace('2012', '2008'), 'policy.Version'],
  ['a policy that is gone', base, null, 'policy'],
];

describe('two policies', () => {
  it.each(alike)('are the same with %s', (_what, from, to) => {
    expect(compare(from, to)).toEqual([]);
    expect(compare(to, from)).toEqual([]);
  });

  it.each(different)('differ in %s', (_what, from, to, path) => {
    expect(compare(from, to).map(each => each.path.join('.'))).toContain(path);
    expect(compare(to, from)).not.toEqual([]);
  });

  it('are not compared when one is no policy', () => {
    expect(policy.canonical('not json')).toBeUndefined();
    expect(policy.canonical('[]')).toBeUndefined();
  });
});
