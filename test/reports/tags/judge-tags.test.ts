import { describe, expect, it } from 'vitest';
import { anyValue } from '../../../contract/tags/tag-rules.ts';
import { openJudge } from '../../../reports/tags/judge-tags.ts';

const judge = openJudge({
  required: [
    anyValue('owner'),
    { key: 'environment', values: ['prod', 'test-*'], types: null },
    { key: 'backup', values: null, types: ['AWS::RDS::*'] },
  ],
  exclude: ['ecs:task'],
});
const bucket = (tags: Record<string, string>) => ({
  arn: 'arn:aws:s3:::b',
  type: 'AWS::S3::Bucket',
  tags,
  isShownByTagging: false,
});

describe('a resource beside the rules', () => {
  it.each([
    ['carries all', { owner: 'x', environment: 'prod' }, { missing: [], wrong: [] }],
    ['carries an empty value, which is a value', { owner: '', environment: 'test-1' }, { missing: [], wrong: [] }],
    ['has a key in another case', { Owner: 'x', environment: 'prod' }, { missing: ['owner'], wrong: [] }],
    [
      'has a value that is not allowed',
      { owner: 'x', environment: 'Prod' },
      { missing: [], wrong: [{ key: 'environment', value: 'Prod' }] },
    ],
    ['has no tag', {}, { missing: ['owner', 'environment'], wrong: [], untagged: true }],
    ['has a tag of the name of a method', { toString: 'x' }, { missing: ['owner', 'environment'], untagged: false }],
  ])('that %s', (_name, tags, verdict) => {
    expect(judge(bucket(tags))).toMatchObject({ required: ['owner', 'environment'], ...verdict });
  });

  it('has to carry what is required of its type', () => {
    const database = { ...bucket({ owner: 'x' }), type: 'AWS::RDS::DBInstance', arn: 'arn:aws:rds:us-east-1:1:db:x' };
    expect(judge(database)).toMatchObject({ required: ['owner', 'environment', 'backup'] });
  });

  it('is left out by the settings', () => {
    const task = { ...bucket({}), type: 'AWS::ECS::Task', arn: 'arn:aws:ecs:us-east-1:123456789012:task/c/1' };
    expect(judge(task)).toBe('excluded');
  });

  it('counts only if it can be tagged, which the Tagging API proves', () => {
    const permission = {
      ...bucket({}),
      type: 'AWS::ACMPCA::Permission',
      arn: 'arn:aws:acm-pca:us-east-1:1:permission/x',
    };
    expect(judge(permission)).toBe('not-applicable');
    expect(judge({ ...permission, isShownByTagging: true })).toMatchObject({ untagged: true });
    expect(judge({ ...permission, type: 'AWS::Unheard::Of' })).toMatchObject({ untagged: true });
  });
});
