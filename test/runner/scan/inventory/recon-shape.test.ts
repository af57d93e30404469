// Names and values as aws-recon, and so the Ruby SDK, writes them.
import { describe, expect, it } from 'vitest';
import {
  reconAttributes,
  reconName,
  reconShape,
  reconTime,
  tagsOf,
} from '../../../../runner/scan/inventory/recon-shape.ts';

describe('a member', () => {
  it.each([
    ['VpcId', 'vpc_id'],
    ['DBInstanceIdentifier', 'db_instance_identifier'],
    ['Ipv6CidrBlockAssociationSet', 'ipv_6_cidr_block_association_set'],
    ['clusterArn', 'cluster_arn'],
    ['CodeSha256', 'code_sha_256'],
    ['ETag', 'etag'],
    ['NotificationARNs', 'notification_arns'],
    ['IAMDatabaseAuthenticationEnabled', 'iam_database_authentication_enabled'],
    ['Name', 'name'],
  ])('%s is called %s', (name, expected) => {
    expect(reconName(name)).toBe(expected);
  });
});

describe('a structure', () => {
  it('keeps names that are values of the account, and hides the values of an environment', () => {
    const shaped = reconShape({
      Environment: { Variables: { DB_PASSWORD: 'hunter22' } },
      dockerLabels: { MyLabel: 'x' },
    });
    expect(shaped).toEqual({
      environment: { variables: { DB_PASSWORD: '[redacted]' } },
      docker_labels: { MyLabel: 'x' },
    });
  });

  it('writes times as Ruby does, bytes as base64, and leaves out what is absent', () => {
    const LaunchTime = new Date('2026-11-22T04:05:06.789Z');
    expect(reconShape({ LaunchTime, Blob: new Uint8Array([1, 2]), Gone: undefined, List: [{ InnerName: 1 }] })).toEqual(
      {
        launch_time: '2026-11-22 04:05:06 UTC',
        blob: 'AQI=',
        list: [{ inner_name: 1 }],
      },
    );
  });

  it('reads policies of IAM, and leaves one that is none as null', () => {
    const AssumeRolePolicyDocument = encodeURIComponent('{"Version":"2012-10-17"}');
    expect(reconShape({ AssumeRolePolicyDocument })).toEqual({
      assume_role_policy_document: { Version: '2012-10-17' },
    });
    expect(reconShape({ Document: '%7Bbroken' })).toEqual({ document: null });
    expect(reconShape({ PolicyDocument: '{"Version":"1"}' })).toEqual({ policy_document: '{"Version":"1"}' });
  });

  it('reads the policy of a queue and leaves its other attributes', () => {
    expect(reconAttributes({ QueueArn: 'arn', Policy: '{"Id":"x"}' })).toEqual({
      QueueArn: 'arn',
      policy: { Id: 'x' },
    });
  });

  it('survives a time that is none', () => {
    expect(reconTime(new Date(Number.NaN))).toBe('');
  });
});

describe('tags', () => {
  it.each([
    [{ Tags: [{ Key: 'a', Value: 'b' }] }],
    [{ TagList: [{ Key: 'a', Value: 'b' }] }],
    [{ tags: [{ key: 'a', value: 'b' }] }],
    [{ tags: { a: 'b' } }],
  ])('are found in %j', fields => {
    expect(tagsOf(fields)).toEqual({ a: 'b' });
  });

  it('may have any name', () => {
    const tags = tagsOf({ Tags: [{ Key: '__proto__', Value: '"\n<script>${x}' }, { Key: 'empty' }] });
    expect(Object.entries(tags)).toEqual([
      ['__proto__', '"\n<script>${x}'],
      ['empty', ''],
    ]);
  });
});
