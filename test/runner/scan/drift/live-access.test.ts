// Details of real resources of the simulator, and what somebody changed of them behind the state: who may do what.
import {
  CloudTrailClient,
  CreateTrailCommand,
  StartLoggingCommand,
  StopLoggingCommand,
} from '@aws-sdk/client-cloudtrail';
import {
  AttachRolePolicyCommand,
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  CreateRoleCommand,
  IAMClient,
  UpdateAssumeRolePolicyCommand,
  UpdateRoleCommand,
} from '@aws-sdk/client-iam';
import {
  CreateKeyCommand,
  DisableKeyRotationCommand,
  EnableKeyRotationCommand,
  KMSClient,
  PutKeyPolicyCommand,
} from '@aws-sdk/client-kms';
import {
  DeleteBucketPolicyCommand,
  DeletePublicAccessBlockCommand,
  PutBucketEncryptionCommand,
  PutBucketPolicyCommand,
  PutBucketTaggingCommand,
  PutBucketVersioningCommand,
  PutPublicAccessBlockCommand,
} from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import { detailOf } from '../../../../runner/scan/drift/details.ts';
import { pick } from './found-live.ts';
import {
  changesOf,
  type Declared,
  makeBucket,
  partOf,
  policyFor,
  read,
  trust,
  uniqueName,
  useLiveAccount,
} from './live-account.ts';

const account = useLiveAccount();

const bucketPolicy = (bucket: string, action: string) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: '*', Action: action, Resource: `arn:aws:s3:::${bucket}/*` }],
  });

describe('changed behind the state', () => {
  it('is a bucket’s policy, public access, versioning, encryption and tags', async () => {
    const live = account();
    const { Bucket, client } = await makeBucket(live);
    const all = { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true };
    await client.send(new PutBucketPolicyCommand({ Bucket, Policy: bucketPolicy(Bucket, 's3:GetObject') }));
    await client.send(new PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration: all }));
    await client.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }));
    const encrypt = (SSEAlgorithm: 'AES256' | 'aws:kms') =>
      client.send(
        new PutBucketEncryptionCommand({
          Bucket,
          ServerSideEncryptionConfiguration: { Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm } }] },
        }),
      );
    const tag = (Value: string) =>
      client.send(new PutBucketTaggingCommand({ Bucket, Tagging: { TagSet: [{ Key: 'Team', Value }] } }));
    await encrypt('aws:kms');
    await tag('a');
    const found = pick(await live.find('s3.bucket'), 'AWS::S3::Bucket', Bucket);
    const declared: Declared[] = [
      { type: 'aws_s3_bucket', state: { tags: { Team: 'a' }, versioning: [{ enabled: true }] }, found },
      {
        type: 'aws_s3_bucket_policy',
        state: { policy: bucketPolicy(Bucket, 's3:GetObject') },
        found: partOf(found, 'aws_s3_bucket_policy'),
      },
      {
        type: 'aws_s3_bucket_public_access_block',
        state: {
          block_public_acls: true,
          block_public_policy: true,
          ignore_public_acls: true,
          restrict_public_buckets: true,
        },
        found: partOf(found, 'aws_s3_bucket_public_access_block'),
      },
      {
        type: 'aws_s3_bucket_server_side_encryption_configuration',
        state: { rule: [{ apply_server_side_encryption_by_default: [{ sse_algorithm: 'aws:kms' }] }] },
        found: partOf(found, 'aws_s3_bucket_server_side_encryption_configuration'),
      },
    ];
    expect(await changesOf(live, declared)).toEqual([]);
    await client.send(new PutBucketPolicyCommand({ Bucket, Policy: bucketPolicy(Bucket, 's3:*') }));
    await client.send(new DeletePublicAccessBlockCommand({ Bucket }));
    await client.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Suspended' } }));
    await encrypt('AES256');
    await tag('b');
    expect(await changesOf(live, declared)).toEqual([
      ['aws_s3_bucket.versioning.0.enabled', true, false],
      ['aws_s3_bucket.tags.Team', 'a', 'b'],
      ['aws_s3_bucket_policy.policy.Statement.0.Action', ['s3:GetObject'], ['s3:*']],
      ['aws_s3_bucket_public_access_block.block_public_acls', true, false],
      ['aws_s3_bucket_public_access_block.block_public_policy', true, false],
      ['aws_s3_bucket_public_access_block.ignore_public_acls', true, false],
      ['aws_s3_bucket_public_access_block.restrict_public_buckets', true, false],
      [
        'aws_s3_bucket_server_side_encryption_configuration.rule.0.apply_server_side_encryption_by_default.0.sse_algorithm',
        'aws:kms',
        'AES256',
      ],
    ]);
    await client.send(new DeleteBucketPolicyCommand({ Bucket }));
    expect((await changesOf(live, declared)).find(([path]) => path === 'aws_s3_bucket_policy.policy')?.[2]).toBeNull();
  });

  it('is a role’s trust, session, description and attached policies, and the document of a policy', async () => {
    const live = account();
    const iam = new IAMClient(live.configuration());
    const RoleName = uniqueName();
    await iam.send(
      new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trust('ec2.amazonaws.com'), Description: 'x' }),
    );
    const { Policy: made } = await iam.send(
      new CreatePolicyCommand({ PolicyName: RoleName, PolicyDocument: policyFor('s3:GetObject') }),
    );
    const PolicyArn = made?.Arn ?? '';
    await iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn }));
    const declare = async (): Promise<Declared[]> => {
      const found = await live.find('iam.role', 'iam.policy');
      return [
        {
          type: 'aws_iam_role',
          state: {
            assume_role_policy: trust('ec2.amazonaws.com'),
            description: 'x',
            max_session_duration: 3600,
            managed_policy_arns: [PolicyArn],
            tags: {},
          },
          found: pick(found, 'AWS::IAM::Role', RoleName),
        },
        {
          type: 'aws_iam_policy',
          state: { policy: policyFor('s3:getobject') },
          found: pick(found, 'AWS::IAM::ManagedPolicy', RoleName),
        },
      ];
    };
    const before = await declare();
    expect(await changesOf(live, before)).toEqual([]);
    const { details } = await read(
      live,
      before.map(({ found }) => found),
    );
    expect(detailOf(details, before[0]?.found ?? pick([], '', ''))?.values).toEqual({
      AttachedPolicies: [{ PolicyArn, PolicyName: RoleName }],
    });
    // The listing had told them.
    expect(live.server.requests.filter(({ body }) => String(body).includes('ListAttached'))).toEqual([]);
    await iam.send(new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument: trust('lambda.amazonaws.com') }));
    await iam.send(new UpdateRoleCommand({ RoleName, Description: 'y', MaxSessionDuration: 7200 }));
    await iam.send(new CreatePolicyVersionCommand({ PolicyArn, PolicyDocument: policyFor('*'), SetAsDefault: true }));
    expect(await changesOf(live, await declare())).toEqual([
      [
        'aws_iam_role.assume_role_policy.Statement.0.Principal.Service',
        ['ec2.amazonaws.com'],
        ['lambda.amazonaws.com'],
      ],
      ['aws_iam_role.description', 'x', 'y'],
      ['aws_iam_role.max_session_duration', 3600, 7200],
      ['aws_iam_policy.policy.Statement.0.Action', ['s3:getobject'], ['*']],
    ]);
  });

  it('is a key’s policy and rotation, and a trail that was stopped', async () => {
    const live = account();
    const kms = new KMSClient(live.configuration());
    const keyPolicy = (AWS: string) =>
      JSON.stringify({
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Principal: { AWS }, Action: 'kms:*', Resource: '*' }],
      });
    const root = `arn:aws:iam::${live.account}:root`;
    const { KeyMetadata } = await kms.send(
      new CreateKeyCommand({ Description: 'data', Policy: keyPolicy(root), Tags: [{ TagKey: 'Team', TagValue: 'a' }] }),
    );
    const KeyId = KeyMetadata?.KeyId ?? '';
    await kms.send(new EnableKeyRotationCommand({ KeyId }));
    const trail = new CloudTrailClient(live.configuration());
    const { Bucket } = await makeBucket(live);
    const Name = uniqueName();
    await trail.send(new CreateTrailCommand({ Name, S3BucketName: Bucket }));
    await trail.send(new StartLoggingCommand({ Name }));
    const found = await live.find('kms.key', 'cloudtrail.trail');
    const declared: Declared[] = [
      {
        type: 'aws_kms_key',
        state: {
          description: 'data',
          is_enabled: true,
          enable_key_rotation: true,
          policy: keyPolicy(live.account),
          tags: { Team: 'a' },
        },
        found: pick(found, 'AWS::KMS::Key', KeyId),
      },
      {
        type: 'aws_cloudtrail',
        state: { enable_logging: true, s3_bucket_name: Bucket },
        found: pick(found, 'AWS::CloudTrail::Trail', Name),
      },
    ];
    expect(await changesOf(live, declared)).toEqual([]);
    await kms.send(new DisableKeyRotationCommand({ KeyId }));
    await kms.send(new PutKeyPolicyCommand({ KeyId, PolicyName: 'default', Policy: keyPolicy('*') }));
    await trail.send(new StopLoggingCommand({ Name }));
    expect(await changesOf(live, declared)).toEqual([
      ['aws_kms_key.policy.Statement.0.Principal.AWS', [live.account], ['*']],
      ['aws_kms_key.enable_key_rotation', true, false],
      ['aws_cloudtrail.enable_logging', true, false],
    ]);
  });
});
