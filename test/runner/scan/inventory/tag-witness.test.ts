// Where tags wait for the service that lists their resource: each is given out once, and none is forgotten too early.
import { describe, expect, it } from 'vitest';
import { createTagWitness } from '../../../../runner/scan/inventory/tag-witness.ts';

const region = 'eu-west-1';
const queue = { region, arn: 'arn:aws:sqs:eu-west-1:111122223333:q', tags: { a: 'b' } };
const bucket = { region, arn: 'arn:aws:s3:::b', tags: { __proto__x: '"\n' } };

describe('tags', () => {
  it('of a region are given to its service once, and what is left is released and forgotten', () => {
    const witness = createTagWitness();
    const other = { ...queue, arn: `${queue.arn}2` };
    expect([queue, other].map(witness.hold)).toEqual([true, true]);
    expect(witness.take(queue.arn)).toEqual({ a: 'b' });
    expect(witness.take(queue.arn)).toBeUndefined();
    expect([...witness.release(region)]).toEqual([other]);
    expect([...witness.release(region)]).toEqual([]);
    expect(witness.take(other.arn)).toBeUndefined();
  });

  it('of a global service outlive their region', () => {
    const witness = createTagWitness();
    witness.hold(bucket);
    expect([...witness.release(region)]).toEqual([]);
    expect(witness.take(bucket.arn)).toEqual(bucket.tags);
    expect([...witness.release('global')]).toEqual([]);
  });

  it('of one resource that several regions show belong to one', () => {
    const witness = createTagWitness();
    for (const asked of [region, 'us-east-1']) {
      expect(witness.hold({ region: asked, arn: 'arn:aws:cloudfront::1:distribution/d', tags: {} })).toBe(true);
    }
    expect([...witness.release('global')]).toHaveLength(1);
  });

  it('of many resources are each their own, in whatever order they are taken', () => {
    const witness = createTagWitness();
    const many = Array.from({ length: 130 }, (_none, index) => ({
      ...queue,
      arn: `${queue.arn}${index}`,
      tags: { n: `${index}`, __proto__x: 'é"' },
    }));
    for (const tagged of many) witness.hold(tagged);
    const [taken, left] = [
      many.filter((_each, index) => index % 3 === 0),
      many.filter((_each, index) => index % 3 > 0),
    ];
    for (const { arn, tags } of taken.toReversed()) expect(witness.take(arn)).toEqual(tags);
    expect([...witness.release(region)]).toEqual(left);
  });

  it('of a service that is not listed wait for nobody', () => {
    const witness = createTagWitness();
    expect(witness.hold({ region, arn: 'arn:aws:secretsmanager:eu-west-1:1:secret:x', tags: {} })).toBe(false);
    expect([...witness.release(region)]).toEqual([]);
  });

  it('of a snapshot are found although only one of both APIs writes the account', () => {
    const witness = createTagWitness();
    witness.hold({ region, arn: 'arn:aws:ec2:eu-west-1:111122223333:snapshot/s-1', tags: { a: 'b' } });
    expect(witness.take('arn:aws:ec2:eu-west-1::snapshot/s-1')).toEqual({ a: 'b' });
  });
});
