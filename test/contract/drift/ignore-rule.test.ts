// Rules that accept drift: what the settings take, and how a rule is told in one line.
import { describe, expect, it } from 'vitest';
import { describeIgnoreRule, ignoreRuleSchema, isExpired } from '../../../contract/drift/ignore-rule.ts';

const rule = { type: 'aws_iam_role', owner: 'platform', reason: 'made by hand in 2019' };

describe('a rule', () => {
  it.each([
    [rule],
    [{ ...rule, type: 'aws_iam_*', id: 'AWSReserved*' }],
    [{ ...rule, type: 'AWS::EC2::*', region: 'eu-west-1' }],
    [{ ...rule, type: '*', attribute: 'tags.LastSeen' }],
    [{ ...rule, type: '*', address: 'module.legacy.*', until: '2027-01-31' }],
  ])('may be %o', given => {
    expect(ignoreRuleSchema.parse(given)).toEqual(given);
  });

  it.each([
    [{ ...rule, owner: undefined }, ['owner'], 'expected string'],
    [{ ...rule, reason: '  ' }, ['reason'], '>=1'],
    [{ ...rule, type: 'aws iam' }, ['type'], 'not a type'],
    [{ ...rule, until: '2027-02-30' }, ['until'], 'not a date'],
    [{ ...rule, until: 'tomorrow' }, ['until'], 'not a date'],
    [{ ...rule, arn: 'x' }, [], 'arn'],
    [{ ...rule, type: '*' }, ['type'], 'hide everything'],
    [{ ...rule, type: '*', id: '**', region: '*' }, ['type'], 'hide everything'],
  ])('may not be %o', (given, path, message) => {
    const issues = ignoreRuleSchema.safeParse(given).error?.issues ?? [];
    expect(issues).toEqual([expect.objectContaining({ path, message: expect.stringContaining(message) })]);
  });

  it('is told by its patterns alone', () => {
    const parsed = ignoreRuleSchema.parse({ ...rule, id: 'a*', attribute: 'tags', region: 'global' });
    expect(describeIgnoreRule(parsed)).toBe('aws_iam_role id=a* attribute=tags region=global');
  });

  it.each([
    [undefined, '2999-01-01', false],
    ['2027-01-31', '2027-01-30', false],
    ['2027-01-31', '2027-01-31', false],
    ['2027-01-31', '2027-02-01', true],
  ])('until %s has ended on %s: %s', (until, today, expired) => {
    expect(isExpired(ignoreRuleSchema.parse({ ...rule, until }), today)).toBe(expired);
  });
});
