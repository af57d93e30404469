// Records, and the joining of two witnesses of one resource.
import { describe, expect, it } from 'vitest';
import { resourceType } from '../../../../contract/catalogue/services.ts';
import { createTagWitness, nativeRecord, taggedRecord } from '../../../../runner/scan/inventory/record.ts';

const place = { partition: 'aws', account: '111122223333', region: 'eu-west-1' };
const seen = new Date('2026-11-22T04:05:06Z');

describe('a record', () => {
  it('has aws-recon’s keys, and beside them what aws-recon does not say', () => {
    const witness = createTagWitness();
    const arn = 'arn:aws:ec2:eu-west-1:111122223333:vpc/vpc-1';
    witness.add({ region: 'eu-west-1', arn, tags: { owner: 'a', Name: 'tagging' } });
    const listed = { fields: { VpcId: 'vpc-1', Tags: [{ Key: 'Name', Value: 'native' }] } };
    expect(nativeRecord({ type: resourceType('ec2.vpc'), place, listed, takeTags: witness.take, seen })).toEqual({
      account: '111122223333',
      service: 'EC2',
      region: 'eu-west-1',
      resource: { vpc_id: 'vpc-1', tags: [{ key: 'Name', value: 'native' }], type: 'vpc', arn },
      timestamp: '2026-11-22 04:05:06 UTC',
      resourceType: 'AWS::EC2::VPC',
      resourceId: 'vpc-1',
      tags: { Name: 'native', owner: 'a' },
      sources: ['native', 'tagging'],
    });
    expect([...witness.remaining()]).toEqual([]);
  });

  it('of a global service says global', () => {
    const listed = { fields: { Name: 'b', Location: 'eu-west-1' } };
    const record = nativeRecord({ type: resourceType('s3.bucket'), place, listed, takeTags: () => undefined, seen });
    expect(record).toMatchObject({ region: 'global', resource: { arn: 'arn:aws:s3:::b', location: 'eu-west-1' } });
    expect(record.sources).toEqual(['native']);
  });

  it('has the path of an IAM name in its ARN', () => {
    const listed = { fields: { Path: '/managed/', RoleName: 'inventory' } };
    const { resource } = nativeRecord({
      type: resourceType('iam.role'),
      place,
      listed,
      takeTags: () => undefined,
      seen,
    });
    expect(resource.arn).toBe('arn:aws:iam::111122223333:role/managed/inventory');
  });

  it('is made from an ARN alone where only the Tagging API knows the resource', () => {
    const arn = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-Ab1';
    expect(taggedRecord(arn, { place, tags: { a: 'b' }, seen })).toMatchObject({
      service: 'SecretsManager',
      region: 'eu-west-1',
      resource: { type: 'secret', arn },
      resourceType: 'AWS::SecretsManager::Secret',
      resourceId: 'db-Ab1',
      tags: { a: 'b' },
      sources: ['tagging'],
    });
    expect(taggedRecord('nonsense', { place, tags: {}, seen })).toBeUndefined();
  });
});
