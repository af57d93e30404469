// Resources against rules, counted: what is checked, what carries its tags, and what lies outside of it all.
import { describe, expect, it } from 'vitest';
import { anyValue } from '../../../contract/tags/tag-rules.ts';
import { isMadeByAws } from '../../../reports/tags/made-by-aws.ts';
import { openTagTally, type TalliedResource } from '../../../reports/tags/tally.ts';

const instance = (id: string, tags: Record<string, string>, more: Partial<TalliedResource> = {}): TalliedResource => ({
  arn: `arn:aws:ec2:eu-west-1:111122223333:instance/${id}`,
  type: 'AWS::EC2::Instance',
  region: 'eu-west-1',
  name: null,
  tags,
  isShownByTagging: false,
  isMadeByAws: false,
  ...more,
});

const rules = {
  required: [anyValue('owner'), { key: 'stage', values: ['prod', 'test-*'], types: ['AWS::EC2::*'] }],
  exclude: ['ecs:task'],
};
const bucket = (name: string, tags: Record<string, string>) =>
  instance(name, tags, { arn: `arn:aws:s3:::${name}`, type: 'AWS::S3::Bucket', region: 'eu-central-1' });

describe('the tally of tags', () => {
  it('counts by region and type what carries every tag that is required of it', () => {
    const tally = openTagTally(rules);
    const findings = [
      instance('i-1', { owner: 'me', stage: 'prod' }),
      instance('i-2', { owner: '', stage: 'test-7' }),
      instance('i-3', { stage: 'dev' }, { name: 'web' }),
      instance('i-4', {}),
      // Nothing but the owner is required of it.
      bucket('b-1', { owner: 'me' }),
      bucket('b-2', { Owner: 'me' }),
    ].flatMap(resource => tally.add(resource) ?? []);
    expect(findings).toEqual([
      {
        ...{ arn: expect.stringContaining('i-3'), type: 'AWS::EC2::Instance', resourceType: 'instance' },
        ...{ region: 'eu-west-1', name: 'web', missing: ['owner'], wrong: [{ key: 'stage', value: 'dev' }] },
        untagged: false,
      },
      expect.objectContaining({ missing: ['owner', 'stage'], wrong: [], untagged: true }),
      expect.objectContaining({ resourceType: 'bucket', missing: ['owner'], untagged: false }),
    ]);
    expect(tally.summary()).toEqual({
      ...{ checked: 6, compliant: 3, untagged: 1, excluded: 0, notApplicable: 0 },
      compliance: 0.5,
    });
    expect(tally.rows()).toEqual([
      {
        ...{ region: 'eu-central-1', type: 'AWS::S3::Bucket', resourceType: 'bucket' },
        ...{ checked: 2, compliant: 1, untagged: 0, tags: [{ key: 'owner', compliant: 1 }] },
      },
      {
        ...{ region: 'eu-west-1', type: 'AWS::EC2::Instance', resourceType: 'instance' },
        ...{ checked: 4, compliant: 2, untagged: 1 },
        tags: [
          { key: 'owner', compliant: 2 },
          { key: 'stage', compliant: 2 },
        ],
      },
    ]);
    expect(tally.regions()[1]).toEqual({
      ...{ region: 'eu-west-1', checked: 4, compliant: 2, untagged: 1 },
      tags: [
        { key: 'owner', checked: 4, compliant: 2 },
        { key: 'stage', checked: 4, compliant: 2 },
      ],
    });
  });

  it('says of nothing that all of it is compliant', () => {
    expect(openTagTally(rules).summary()).toMatchObject({ checked: 0, compliance: null });
  });

  it('leaves out what is excluded, what cannot be tagged, and what AWS keeps', () => {
    const tally = openTagTally(rules);
    const task = { arn: 'arn:aws:ecs:eu-west-1:1:task/x', type: 'AWS::ECS::Task' };
    tally.add(instance('x', {}, task));
    tally.add(instance('x', {}, { arn: '', type: 'AWS::IAM::AccessKey' }));
    tally.add(instance('x', {}, { isMadeByAws: true }));
    expect(tally.summary()).toMatchObject({ checked: 0, excluded: 1, notApplicable: 2 });
  });
});

describe('what AWS makes and nobody can tag', () => {
  it.each([
    ['AWS::IAM::Role', {}, 'arn:aws:iam::1:role/aws-service-role/x/y', true],
    ['AWS::IAM::Role', {}, 'arn:aws:iam::1:role/deployer', false],
    ['AWS::IAM::ManagedPolicy', {}, 'arn:aws:iam::aws:policy/ReadOnlyAccess', true],
    ['AWS::KMS::Key', { key_manager: 'AWS' }, 'arn:aws:kms:eu-west-1:1:key/a', true],
    ['AWS::KMS::Key', { key_manager: 'CUSTOMER' }, 'arn:aws:kms:eu-west-1:1:key/a', false],
    ['AWS::RDS::DBParameterGroup', {}, 'arn:aws:rds:eu-west-1:1:pg:default.mysql8.0', true],
    ['AWS::RDS::OptionGroup', {}, 'arn:aws:rds:eu-west-1:1:og:default:mysql-8-0', true],
    ['AWS::RDS::DBParameterGroup', {}, 'arn:aws:rds:eu-west-1:1:pg:mine', false],
    ['AWS::SecretsManager::Secret', { owning_service: 'rds' }, 'arn:aws:secretsmanager:eu-west-1:1:secret:x', true],
    ['constructor', {}, 'arn:aws:x:::y', false],
  ])('%s %j %s: %s', (type, members, arn, expected) => {
    expect(isMadeByAws(type, members, arn)).toBe(expected);
  });
});
