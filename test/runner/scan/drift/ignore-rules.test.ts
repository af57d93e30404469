// What people have accepted is taken out of the judged resources, and counted under the rule that took it.
import { describe, expect, it } from 'vitest';
import type { DriftChange } from '../../../../contract/drift/drift-report.ts';
import { parseDriftignore } from '../../../../contract/drift/driftignore.ts';
import type { IgnoreRule } from '../../../../contract/drift/ignore-rule.ts';
import { applyIgnoreRules, createIgnores } from '../../../../runner/scan/drift/ignore-rules.ts';
import type { JudgedResource } from '../../../../runner/scan/drift/resources.ts';
import { declared, found, judged } from './drift-fixture.ts';

const today = '2026-11-26';
const rule = (given: Partial<IgnoreRule>): IgnoreRule => ({ type: '*', owner: 'team', reason: 'known', ...given });
const change = (...path: (string | number)[]): DriftChange => ({
  type: 'update',
  path,
  from: 1,
  to: 2,
  computed: false,
});

const apply = (resources: readonly JudgedResource[], rules: readonly IgnoreRule[], driftignore = '') =>
  applyIgnoreRules(resources, { rules, driftignore: parseDriftignore(driftignore) }, today);

const bucket = judged('unmanaged', { found: found({ arn: 'arn:aws:s3:::logs', keys: ['logs-alias'] }) });
const missing = judged('missing', {
  declared: declared({
    id: 'old',
    region: 'us-east-1',
    source: { ...declared().source, address: 'module.a.aws_s3_bucket.old["x"]' },
  }),
});

describe('a rule without an attribute', () => {
  it.each<[Partial<IgnoreRule>, boolean, boolean]>([
    [{ type: 'aws_s3_bucket' }, true, true],
    [{ type: 'aws_s3_*' }, true, true],
    [{ type: 'AWS::S3::Bucket' }, true, false],
    [{ type: 'aws_s3' }, false, false],
    [{ id: 'logs' }, true, false],
    [{ id: 'log?' }, true, false],
    [{ id: 'arn:aws:s3:::l*' }, true, false],
    [{ id: 'logs-alias' }, true, false],
    [{ id: 'o*', region: 'us-east-1' }, false, true],
    [{ id: 'o*', region: 'eu-west-1' }, false, false],
    [{ address: 'module.a.*' }, false, true],
    [{ address: '*', region: '*-1' }, false, true],
    [{ region: 'eu-*' }, true, false],
  ])('of %o hides the bucket: %s, and the missing one: %s', (given, hidesBucket, hidesMissing) => {
    const answer = apply([bucket, missing], [rule(given)]);
    expect(answer.judged).toEqual([...(hidesBucket ? [] : [bucket]), ...(hidesMissing ? [] : [missing])]);
    const resources = Number(hidesBucket) + Number(hidesMissing);
    expect(answer.hidden).toBe(resources);
    expect(answer.ignored).toEqual([
      expect.objectContaining({ owner: 'team', reason: 'known', resources, attributes: 0 }),
    ]);
  });

  it('that comes first is the one that counts', () => {
    const { ignored, hidden } = apply([bucket], [rule({ id: 'logs' }), rule({ type: 'aws_s3_bucket' })]);
    expect(ignored.map(({ rule: text, resources }) => [text, resources])).toEqual([
      ['* id=logs', 1],
      ['aws_s3_bucket', 0],
    ]);
    expect(hidden).toBe(1);
  });
});

describe('a rule with an attribute', () => {
  const changes = [
    change('tags', 'Owner'),
    change('tags', 'a.b/c'),
    change('ingress', 0, 'description'),
    change('tagset'),
  ];
  const changed = judged('changed', { declared: declared(), found: found(), changes });

  it.each([
    ['tags', ['ingress.0.description', 'tagset']],
    ['tags.Owner', ['tags.a.b/c', 'ingress.0.description', 'tagset']],
    ['tags.a.b*', ['tags.Owner', 'ingress.0.description', 'tagset']],
    ['ingress.*.description', ['tags.Owner', 'tags.a.b/c', 'tagset']],
    ['ingress[0]', ['tags.Owner', 'tags.a.b/c', 'tagset']],
    ['tag*', ['ingress.0.description']],
    ['acl', ['tags.Owner', 'tags.a.b/c', 'ingress.0.description', 'tagset']],
  ])('%s leaves %o', (attribute, left) => {
    const answer = apply([changed], [rule({ attribute })]);
    expect(answer.judged.map(each => each.changes.map(({ path }) => path.join('.')))).toEqual([left]);
    expect(answer.judged[0]?.verdict).toBe('changed');
    expect(answer.ignored[0]).toMatchObject({ resources: 0, attributes: 4 - left.length });
    expect(answer.hidden).toBe(0);
  });

  it('that hides all changes leaves a managed resource', () => {
    const [left] = apply([changed], [rule({ type: 'aws_s3_bucket', attribute: '*' })]).judged;
    expect(left).toMatchObject({ verdict: 'managed', changes: [] });
  });

  it('hides no resource, whatever its verdict', () => {
    expect(apply([bucket, missing], [rule({ attribute: '*', type: 'aws_s3_bucket' })]).judged).toEqual([
      bucket,
      missing,
    ]);
  });
});

describe('a rule past its date', () => {
  it('hides nothing, and is still listed', () => {
    const { judged: left, ignored, hidden } = apply([bucket], [rule({ id: 'logs', until: '2026-11-25' })]);
    expect(left).toEqual([bucket]);
    expect(hidden).toBe(0);
    expect(ignored).toEqual([
      {
        rule: '* id=logs',
        owner: 'team',
        reason: 'known',
        until: '2026-11-25',
        expired: true,
        resources: 0,
        attributes: 0,
      },
    ]);
  });

  it('holds to the end of that date', () => {
    expect(apply([bucket], [rule({ id: 'logs', until: today })]).hidden).toBe(1);
  });
});

describe('a .driftignore', () => {
  it('hides what its lines ignore, and lists those of them that did', () => {
    const { judged: left, ignored } = apply([bucket, missing], [], 'aws_s3_bucket.*\n!aws_s3_bucket.old\naws_vpc.*\n');
    expect(left).toEqual([missing]);
    expect(ignored).toEqual([{ rule: '.driftignore: aws_s3_bucket.*', expired: false, resources: 1, attributes: 0 }]);
  });

  it('hides attributes by their paths', () => {
    const changed = judged('changed', {
      ...{ declared: declared(), found: found() },
      changes: [change('tags', 'Owner'), change('acl')],
    });
    const { judged: left, ignored } = apply([changed], [], 'aws_s3_bucket.logs.tags\n');
    expect(left[0]?.changes).toEqual([change('acl')]);
    expect(ignored).toEqual([
      { rule: '.driftignore: aws_s3_bucket.logs.tags', expired: false, resources: 0, attributes: 1 },
    ]);
  });
});

describe('what another engine lists', () => {
  it.each<[Partial<IgnoreRule>, boolean]>([
    [{ id: 'logs' }, true],
    [{ id: 'logs', region: 'us-*' }, false],
    [{ id: 'logs', attribute: 'tags' }, false],
    [{ address: 'module.*' }, false],
    [{ id: 'logs', until: '2026-01-01' }, false],
  ])('is ignored by %o: %s', (given, ignored) => {
    const ignores = createIgnores({ rules: [rule(given)], driftignore: [] }, today);
    expect(ignores({ type: 'aws_s3_bucket', id: 'logs', region: 'eu-west-1' })).toBe(ignored);
  });

  it('is ignored by a .driftignore', () => {
    const ignores = createIgnores({ rules: [], driftignore: parseDriftignore('aws_s3_bucket.l*') }, today);
    expect(['logs', 'data'].map(id => ignores({ type: 'aws_s3_bucket', id }))).toEqual([true, false]);
  });
});
