// Where tags wait for the service that lists their resource: each is given out once, and none is forgotten too early.
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ResourceKey, TaggedArn } from '../../../../runner/scan/inventory/record.ts';
import { createTagWitness, type TagWitness } from '../../../../runner/scan/inventory/tag-witness.ts';
import { makeDirectory } from '../../../setup/run-container.ts';

const region = 'eu-west-1';
const queue = { region, arn: 'arn:aws:sqs:eu-west-1:111122223333:q', tags: { a: 'b' } };
const bucket = { region, arn: 'arn:aws:s3:::b', tags: { __proto__x: '"\n' } };

const listed = new Set([
  'AWS::SQS::Queue',
  'AWS::S3::Bucket',
  'AWS::CloudFront::Distribution',
  'AWS::EC2::Snapshot',
  'AWS::WAFv2::WebACL',
]);

let place: Awaited<ReturnType<typeof makeDirectory>>;
let witness: TagWitness;
beforeEach(async () => {
  place = await makeDirectory();
  witness = createTagWitness(join(place.directory, '.tags.partial'), listed);
});
afterEach(async () => {
  witness.close();
  await place.remove();
});

const key = (arn: string, type = 'AWS::SQS::Queue', id = arn): ResourceKey => ({ arn, type, id });

/** All that remains of a region, page by page. */
const releaseAll = (from: string): TaggedArn[] => {
  const pages: TaggedArn[][] = [];
  for (let page = witness.release(from); page.length > 0; page = witness.release(from)) pages.push(page);
  return pages.flat();
};
const byArn = (tagged: readonly TaggedArn[]) => tagged.toSorted((a, b) => (a.arn < b.arn ? -1 : 1));

describe('tags', () => {
  it('of a region are given to its service once, and what is left is released and forgotten', () => {
    const other = { ...queue, arn: `${queue.arn}2` };
    expect(witness.hold([queue, other])).toEqual([]);
    expect(witness.take(key(queue.arn), region)).toEqual({ a: 'b' });
    expect(witness.take(key(queue.arn), region)).toBeUndefined();
    expect(witness.release(region)).toEqual([other]);
    expect(witness.release(region)).toEqual([]);
    expect(witness.take(key(other.arn), region)).toBeUndefined();
  });

  it('of a global service outlive their region', () => {
    witness.hold([bucket]);
    expect(witness.release(region)).toEqual([]);
    expect(witness.take(key(bucket.arn, 'AWS::S3::Bucket'), 'us-east-1')).toEqual(bucket.tags);
    expect(witness.release('global')).toEqual([]);
  });

  it('of one resource that several regions show belong to one', () => {
    for (const asked of [region, 'us-east-1']) {
      expect(witness.hold([{ region: asked, arn: 'arn:aws:cloudfront::1:distribution/d', tags: {} }])).toEqual([]);
    }
    expect(releaseAll('global')).toHaveLength(1);
  });

  it('that another region shows than the resource’s own are found all the same', () => {
    const arn = 'arn:aws:sqs:us-east-1:111122223333:q';
    witness.hold([{ ...queue, arn }]);
    expect(witness.release(region)).toEqual([]);
    expect(witness.take(key(arn), 'us-east-1')).toEqual({ a: 'b' });
  });

  it('of many resources are each their own, in whatever order they are taken, and are released in pages', () => {
    const many = Array.from({ length: 1_300 }, (_none, index) => ({
      ...queue,
      arn: `${queue.arn}${index}`,
      tags: { n: `${index}`, __proto__x: 'é"' },
    }));
    for (let at = 0; at < many.length; at += 100) expect(witness.hold(many.slice(at, at + 100))).toEqual([]);
    const [taken, left] = [
      many.filter((_each, index) => index % 10 === 0),
      many.filter((_each, index) => index % 10 > 0),
    ];
    for (const { arn, tags } of taken.toReversed()) expect(witness.take(key(arn), region)).toEqual(tags);
    const first = witness.release(region);
    expect(first.length).toBeLessThan(left.length);
    expect(byArn([...first, ...releaseAll(region)])).toEqual(byArn(left));
  });

  it('of what no type of the scan is are given back, and wait for nobody', () => {
    const secret = { region, arn: 'arn:aws:secretsmanager:eu-west-1:1:secret:x', tags: {} };
    const nonsense = { region, arn: 'nonsense', tags: {} };
    expect(witness.hold([secret, queue, nonsense])).toEqual([secret, nonsense]);
    expect(witness.release(region)).toEqual([queue]);
  });

  it('of a snapshot are found although only one of both APIs writes the account', () => {
    witness.hold([{ region, arn: 'arn:aws:ec2:eu-west-1:111122223333:snapshot/s-1', tags: { a: 'b' } }]);
    const snapshot = key('arn:aws:ec2:eu-west-1::snapshot/s-1', 'AWS::EC2::Snapshot');
    expect(witness.take(snapshot, region)).toEqual({ a: 'b' });
  });

  it('are found by type and identifier where a listing tells no ARN', () => {
    const arn = 'arn:aws:wafv2:us-east-1:111122223333:global/webacl/edge/0-1';
    witness.hold([{ region: 'us-east-1', arn, tags: { a: 'b' } }]);
    expect(witness.take(key('', 'AWS::WAFv2::WebACL', 'other|0-2|CLOUDFRONT'), 'us-east-1')).toBeUndefined();
    expect(witness.take(key('', 'AWS::EC2::Snapshot', 'edge|0-1|CLOUDFRONT'), 'us-east-1')).toBeUndefined();
    expect(witness.take(key('', 'AWS::WAFv2::WebACL', 'edge|0-1|CLOUDFRONT'), 'us-east-1')).toEqual({ a: 'b' });
    expect(witness.release('us-east-1')).toEqual([]);
  });

  it('that are shown twice, with others the second time, are the last ones', () => {
    witness.hold([queue, { ...queue, tags: { a: 'c' } }]);
    expect(witness.take(key(queue.arn), region)).toEqual({ a: 'c' });
    expect(witness.release(region)).toEqual([]);
  });
});
