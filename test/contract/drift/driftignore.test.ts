// .driftignore as driftctl 0.40 reads it, and attributes as its earlier versions did.
import { describe, expect, it } from 'vitest';
import { ignoringLine, parseDriftignore } from '../../../contract/drift/driftignore.ts';

const ignores = (text: string, name: string): boolean => ignoringLine(parseDriftignore(text), name) !== undefined;

describe('a line', () => {
  it.each([
    ['aws_s3_bucket.logs', 'aws_s3_bucket.logs', true],
    ['aws_s3_bucket.logs', 'aws_s3_bucket.logs2', false],
    ['aws_s3_bucket', 'aws_s3_bucket.logs', true],
    ['aws_s3_bucket', 'aws_s3_bucket_policy.logs', false],
    ['aws_s3_bucket.*', 'aws_s3_bucket.with/slash', true],
    ['aws_iam_*', 'aws_iam_role.x', true],
    ['*', 'anything.at.all', true],
    ['aws_x.id\\.with\\.dots', 'aws_x.id.with.dots', true],
    ['aws_x.back\\\\slash', 'aws_x.back\\slash', true],
    ['aws_x.back\\\\', 'aws_x.back\\', true],
    ['aws_sqs_queue.https://sqs/1/q', 'aws_sqs_queue.https://sqs/1/q', true],
    ['*2**.**d1*', 'type2.id11', true],
    ['*2**.**d1*', 'type2.id2', false],
    ['type3.id1***0', 'type3.id100', true],
    ['type3.id1***0', 'type3.id101', false],
    ['aws_x.node-?', 'aws_x.node-7', true],
    ['aws_x.node-[0-3a]', 'aws_x.node-2', true],
    ['aws_x.node-[^0-3]', 'aws_x.node-2', false],
    ['aws_x.node-[^0-3]', 'aws_x.node-9', true],
    ['aws_x.node-[', 'aws_x.node-[', false],
    ['aws_x.trailing  ', 'aws_x.trailing', true],
    ['# aws_x.y', 'aws_x.y', false],
    ['aws_x.y # why', 'aws_x.y', false],
    ['   ', '', false],
  ])('%j and %j: %s', (line, name, ignored) => {
    expect(ignores(line, name)).toBe(ignored);
  });

  it('ignores an attribute with all below it, and not its resource', () => {
    const text = 'aws_x.id.tags';
    expect(ignores(text, 'aws_x.id.tags')).toBe(true);
    expect(ignores(text, 'aws_x.id.tags.Owner')).toBe(true);
    expect(ignores(text, 'aws_x.id.tagsets')).toBe(false);
    expect(ignores(text, 'aws_x.id')).toBe(false);
  });
});

describe('a file', () => {
  const text = '\ufeff*\r\n!aws_iam_user.*\r\n!aws_x.idwith/slash\r\naws_iam_user.root\r\n';

  it.each([
    ['aws_vpc.v', true],
    ['aws_iam_user.bob', false],
    ['aws_iam_user.bob.tags', false],
    ['aws_iam_user.root', true],
    ['aws_x.idwith/slash', false],
    ['aws_x.idwith/slash/', true],
  ])('lets its last matching line decide: %s is ignored: %s', (name, ignored) => {
    expect(ignores(text, name)).toBe(ignored);
  });

  it('tells which of its lines has ignored a resource', () => {
    expect(ignoringLine(parseDriftignore(text), 'aws_iam_user.root')?.text).toBe('aws_iam_user.root');
  });

  it('is matched in time that does not explode with its stars', () => {
    const name = `aws_x.${'a'.repeat(5_000)}`;
    expect(ignores(`aws_x.${'a*'.repeat(200)}b`, name)).toBe(false);
  });
});
