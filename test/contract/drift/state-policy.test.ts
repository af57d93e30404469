// The session policy of whoever reads the states of one account.
import { describe, expect, it } from 'vitest';
import { parseStateLocation } from '../../../contract/drift/state-location.ts';
import { statePolicy } from '../../../contract/drift/state-policy.ts';

const policyFor = (paths: readonly string[], kmsKeys: readonly string[] = [], partition = 'aws') =>
  statePolicy({ partition, locations: paths.map(path => parseStateLocation(`tfstate+s3://${path}`)), kmsKeys });
const allowed = (paths: readonly string[], action: string) =>
  policyFor(paths).Statement.filter(statement => statement.Action === action);
const objectsOf = (path: string) => allowed([path], 's3:GetObject')[0]?.Resource;
const listingOf = (path: string) => allowed([path], 's3:ListBucket')[0];

describe('the policy', () => {
  it('of one object is that object, decrypted by S3, and nothing else', () => {
    expect(policyFor(['states/111122223333/prod.tfstate'])).toEqual({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Action: 's3:GetObject',
          Resource: ['arn:aws:s3:::states/111122223333/prod.tfstate'],
        },
        {
          Effect: 'Allow',
          Action: 'kms:Decrypt',
          Resource: '*',
          Condition: { StringLike: { 'kms:ViaService': 's3.*' } },
        },
      ],
    });
  });

  it.each([
    ['b/env/**/*.tfstate', 'arn:aws:s3:::b/env/*.tfstate', ['env/']],
    ['b/env/*.tfstate', 'arn:aws:s3:::b/env/*.tfstate', ['env/']],
    ['b/env/acc-?/x', 'arn:aws:s3:::b/env/acc-?/x', ['env/acc-']],
    ['b/{prod,test}/x', 'arn:aws:s3:::b/*/x', undefined],
    ['b/a/{prod,{x,y}}/x', 'arn:aws:s3:::b/a/*', ['a/']],
    ['b/a/[0-9]/x', 'arn:aws:s3:::b/a/*/x', ['a/']],
    ['b/**', 'arn:aws:s3:::b/*', undefined],
  ])('of the glob %s has the pattern %s', (path, resource, prefixes) => {
    expect(objectsOf(path)).toEqual([resource]);
    expect(listingOf(path)).toEqual({
      Effect: 'Allow',
      Action: 's3:ListBucket',
      Resource: 'arn:aws:s3:::b',
      ...(prefixes === undefined ? {} : { Condition: { StringEquals: { 's3:prefix': prefixes } } }),
    });
  });

  it('does not let a name become a variable of the policy', () => {
    expect(objectsOf('b/${aws:username}/x')).not.toEqual(['arn:aws:s3:::b/${aws:username}/x']);
    expect(objectsOf('b/a$b')).toEqual(['arn:aws:s3:::b/a${$}b']);
  });

  it('of several places names each bucket and object once', () => {
    const paths = ['a/x', 'a/x', 'a/y/*', 'b/z/*', 'b/z/**/*'];
    expect(allowed(paths, 's3:GetObject')[0]?.Resource).toEqual([
      'arn:aws:s3:::a/x',
      'arn:aws:s3:::a/y/*',
      'arn:aws:s3:::b/z/*',
    ]);
    expect(allowed(paths, 's3:ListBucket').map(({ Resource }) => Resource)).toEqual([
      'arn:aws:s3:::a',
      'arn:aws:s3:::b',
    ]);
  });

  it('has the partition of the role, and the keys that OpenTofu encrypts with', () => {
    const key = 'arn:aws-cn:kms:cn-north-1:111122223333:key/1';
    const { Statement } = policyFor(['a/x'], [key], 'aws-cn');
    expect(Statement[0]?.Resource).toEqual(['arn:aws-cn:s3:::a/x']);
    expect(Statement.at(-1)).toEqual({ Effect: 'Allow', Action: 'kms:Decrypt', Resource: [key] });
    expect(policyFor([], [key]).Statement).toHaveLength(1);
  });
});
