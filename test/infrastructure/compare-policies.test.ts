import { describe, expect, it } from 'vitest';
import type { Statement } from '../../contract/access/policy-document.ts';
import { comparePolicies, isSameStatement, openToAll } from '../../infrastructure/compare-policies.ts';

const statement = (Sid: string, more: Partial<Statement> = {}): Statement => ({
  Sid,
  Effect: 'Allow',
  Action: ['s3:GetObject'],
  Resource: 'arn:aws:s3:::bucket/*',
  ...more,
});
const document = (...Statement: readonly unknown[]) => ({ Version: '2012-10-17', Statement });
const desired = { Version: '2012-10-17' as const, Statement: [statement('Ours')] };

describe('two statements', () => {
  it.each([
    ['one action and a list of it', { Action: 's3:GetObject' }, true],
    ['another case of the action', { Action: ['S3:getobject'] }, true],
    ['a list of one resource', { Resource: ['arn:aws:s3:::bucket/*'] }, true],
    ['another Sid', { Sid: 'Theirs' }, true],
    ['another resource', { Resource: 'arn:aws:s3:::bucket' }, false],
    ['another case of the resource', { Resource: 'arn:aws:s3:::Bucket/*' }, false],
    ['a condition', { Condition: { Bool: { 'aws:SecureTransport': 'true' } } }, false],
    ['the other effect', { Effect: 'Deny' as const }, false],
  ])('with %s', (_what, more, same) => {
    expect(isSameStatement(statement('Ours'), statement('Ours', more))).toBe(same);
  });

  it('are the same with their values in another order', () => {
    const one = statement('A', { Action: ['a:B', 'a:C'], Condition: { StringEquals: { x: ['1', '2'], y: '3' } } });
    const other = statement('A', { Action: ['a:C', 'a:B'], Condition: { StringEquals: { y: ['3'], x: ['2', '1'] } } });
    expect(isSameStatement(one, other)).toBe(true);
  });
});

describe('a policy', () => {
  const compare = (live: unknown, retired: readonly string[] = []) =>
    comparePolicies('policy', { live, desired, retired });

  it('that is not there is made whole', () => {
    const { differences, merged } = compare(undefined);
    expect(differences).toEqual([{ attribute: 'policy: Ours', after: expect.objectContaining({ Effect: 'Allow' }) }]);
    expect(merged).toEqual(desired);
  });

  it('that has what is wanted is left, whatever else stands in it', () => {
    const theirs = statement('Theirs', { Action: 's3:*' });
    const { differences, merged, replaced } = compare(document(theirs, statement('Ours')));
    expect(differences).toEqual([{ attribute: 'policy: Theirs', before: expect.anything(), takesAway: true }]);
    expect(merged.Statement).toEqual([theirs, statement('Ours')]);
    expect(replaced).toEqual(desired);
  });

  it('has the statement of our Sid replaced', () => {
    const { differences, merged } = compare(document(statement('Ours', { Action: 's3:PutObject' })));
    expect(differences).toMatchObject([{ attribute: 'policy: Ours', before: { Action: 's3:PutObject' } }]);
    expect(merged.Statement).toEqual([statement('Ours')]);
  });

  it('keeps a statement without Sid', () => {
    const { Sid: _sid, ...nameless } = statement('x', { Action: 'sts:AssumeRole' });
    expect(compare(document(nameless)).merged.Statement).toEqual([nameless, statement('Ours')]);
  });

  it('takes a statement of another Sid that says the same for ours', () => {
    expect(compare(document(statement('VisualEditor0'))).differences).toEqual([]);
  });

  it('loses what is retired without being asked', () => {
    const { differences, merged } = compare(document(statement('Nobody', { Effect: 'Deny' })), ['Nobody']);
    expect(differences).toContainEqual({ attribute: 'policy: Nobody', before: expect.anything() });
    expect(merged.Statement).toEqual([statement('Ours')]);
  });

  it('may have one statement that is no list', () => {
    expect(compare({ Version: '2012-10-17', Statement: statement('Ours') }).differences).toEqual([]);
  });
});

describe('a trust', () => {
  it.each([
    ['that lets anybody in', { Principal: { AWS: '*' } }, ['T']],
    ['that lets anybody in by a list', { Principal: { AWS: ['arn:aws:iam::1:root', '*'] } }, ['T']],
    ['with a condition', { Principal: '*' as const, Condition: { StringEquals: { a: 'b' } } }, []],
    ['of an account', { Principal: { AWS: 'arn:aws:iam::111111111111:root' } }, []],
    ['that refuses everybody', { Principal: '*' as const, Effect: 'Deny' as const }, []],
  ])('%s', (_what, more, expected) => {
    expect(openToAll(document(statement('T', more)))).toEqual(expected);
  });
});
