// Samples of IAM and of buckets.
import type { Sample } from './sample.ts';

const trust = (service: string) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' }],
});
const encoded = (policy: object) => encodeURIComponent(JSON.stringify(policy));
const allow = (...actions: string[]) => ({ Statement: [{ Effect: 'Allow', Action: actions, Resource: '*' }] });
const boundary = 'arn:aws:iam::111122223333:policy/boundary';

const iamSamples: readonly Sample[] = [
  {
    type: 'aws_iam_role',
    key: 'iam.role',
    state: {
      name: 'r',
      path: '/',
      description: '',
      max_session_duration: 3600,
      assume_role_policy: JSON.stringify(trust('ec2.amazonaws.com')),
      permissions_boundary: '',
      inline_policy: [{ name: 'p', policy: JSON.stringify(allow('s3:GetObject')) }],
      managed_policy_arns: ['arn:b', 'arn:a'],
      tags: {},
    },
    cloud: {
      fields: {
        RoleName: 'r',
        Path: '/',
        AssumeRolePolicyDocument: encoded(trust('ec2.amazonaws.com')),
        RolePolicyList: [{ PolicyName: 'p', PolicyDocument: encoded(allow('s3:GetObject')) }],
        AttachedManagedPolicies: [
          { PolicyArn: 'arn:a', PolicyName: 'a' },
          { PolicyArn: 'arn:b', PolicyName: 'b' },
        ],
      },
      values: { Role: { Description: undefined, MaxSessionDuration: 3600 } },
    },
    drifts: [
      [
        { fields: { AssumeRolePolicyDocument: encoded(trust('lambda.amazonaws.com')) } },
        ['assume_role_policy.Statement.0.Principal.Service', ['ec2.amazonaws.com'], ['lambda.amazonaws.com']],
      ],
      [
        { values: { Role: { Description: 'x', MaxSessionDuration: 43_200 } } },
        ['description', null, 'x'],
        ['max_session_duration', 3600, 43_200],
      ],
      [
        { fields: { PermissionsBoundary: { PermissionsBoundaryArn: boundary } } },
        ['permissions_boundary', null, boundary],
      ],
      [
        { fields: { RolePolicyList: [{ PolicyName: 'p', PolicyDocument: encoded(allow('s3:*')) }] } },
        ['inline_policy.p.Statement.0.Action', ['s3:GetObject'], ['s3:*']],
      ],
      [
        { fields: { AttachedManagedPolicies: [{ PolicyArn: 'arn:a', PolicyName: 'a' }] } },
        ['managed_policy_arns', ['arn:a', 'arn:b'], ['arn:a']],
      ],
    ],
  },
  {
    type: 'aws_iam_policy',
    key: 'iam.policy',
    state: { path: '/', policy: JSON.stringify(allow('s3:GetObject', 's3:ListBucket')), tags: { a: 'b' } },
    cloud: {
      fields: {
        PolicyName: 'p',
        Path: '/',
        PolicyVersionList: [
          { VersionId: 'v2', IsDefaultVersion: true, Document: encoded(allow('s3:ListBucket', 's3:getobject')) },
          { VersionId: 'v1', IsDefaultVersion: false, Document: encoded(allow('*')) },
        ],
      },
      values: { Tags: { a: 'b' } },
    },
    drifts: [
      [
        { fields: { PolicyVersionList: [{ VersionId: 'v3', IsDefaultVersion: true, Document: encoded(allow('*')) }] } },
        ['policy.Statement.0.Action', ['s3:GetObject', 's3:ListBucket'], ['*']],
      ],
      [{ values: { Tags: {} } }, ['tags.a', 'b', null]],
    ],
  },
  {
    type: 'aws_iam_user',
    key: 'iam.user',
    state: { path: '/', permissions_boundary: boundary },
    cloud: {
      fields: { UserId: 'AIDA1', UserName: 'u', Path: '/', PermissionsBoundary: { PermissionsBoundaryArn: boundary } },
    },
    drifts: [[{ fields: { PermissionsBoundary: undefined } }, ['permissions_boundary', boundary, null]]],
  },
  {
    type: 'aws_iam_group',
    key: 'iam.group',
    state: { path: '/' },
    cloud: { fields: { GroupId: 'AGPA1', GroupName: 'g', Path: '/' } },
    drifts: [[{ fields: { Path: '/team/' } }, ['path', '/', '/team/']]],
  },
  ...(['role', 'user', 'group'] as const).map(kind => ({
    type: `aws_iam_${kind}_policy`,
    key: `iam.${kind}-policy`,
    state: { policy: JSON.stringify(allow('s3:GetObject')) },
    cloud: { fields: { PolicyName: 'p', PolicyDocument: encoded(allow('s3:GetObject')) } },
    drifts: [
      [
        {
          fields: {
            PolicyDocument: encoded({ Statement: [...allow('s3:GetObject').Statement, ...allow('*').Statement] }),
          },
        },
        [
          'policy.Statement',
          [{ Effect: 'Allow', Action: ['s3:GetObject'], Resource: ['*'] }],
          [
            { Effect: 'Allow', Action: ['s3:GetObject'], Resource: ['*'] },
            { Effect: 'Allow', Action: ['*'], Resource: ['*'] },
          ],
        ],
      ],
    ] as const,
  })),
  {
    type: 'aws_iam_instance_profile',
    key: 'iam.instance-profile',
    state: { path: '/', role: 'r' },
    cloud: { fields: { InstanceProfileId: 'AIPA1', InstanceProfileName: 'p', Path: '/', Roles: [{ RoleName: 'r' }] } },
    drifts: [[{ fields: { Roles: [] } }, ['role', 'r', null]]],
  },
  {
    type: 'aws_iam_access_key',
    key: 'iam.access-key',
    state: { status: 'Active' },
    cloud: { fields: { AccessKeyId: 'AKIAEXAMPLE', Status: 'Active' } },
    drifts: [[{ fields: { Status: 'Inactive' } }, ['status', 'Active', 'Inactive']]],
  },
  {
    type: 'aws_iam_openid_connect_provider',
    key: 'iam.oidc-provider',
    state: { url: 'https://token.example', client_id_list: ['sts.amazonaws.com'], thumbprint_list: ['aa'] },
    cloud: {
      fields: {
        Arn: 'arn:aws:iam::1:oidc-provider/x',
        Url: 'token.example',
        ClientIDList: ['sts.amazonaws.com'],
        ThumbprintList: ['aa'],
      },
    },
    drifts: [[{ fields: { ClientIDList: ['evil'] } }, ['client_id_list', ['sts.amazonaws.com'], ['evil']]]],
  },
];

const sse = (algorithm: string, key?: string) => [
  { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: algorithm, KMSMasterKeyID: key }, BucketKeyEnabled: true },
];
const sseState = (key: string) => [
  {
    apply_server_side_encryption_by_default: [{ sse_algorithm: 'aws:kms', kms_master_key_id: key }],
    bucket_key_enabled: true,
  },
];
const keyArn = 'arn:aws:kms:eu-west-1:111122223333:key/k-1';
const open = { Statement: [{ Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::b/*' }] };
const bucket = { Name: 'b' };

const bucketSamples: readonly Sample[] = [
  {
    type: 'aws_s3_bucket',
    key: 's3.bucket',
    state: {
      policy: JSON.stringify(open),
      versioning: [{ enabled: true, mfa_delete: false }],
      server_side_encryption_configuration: [{ rule: sseState('k-1') }],
      logging: [{ target_bucket: 'logs', target_prefix: '' }],
      tags: { Team: 'a' },
    },
    cloud: {
      fields: bucket,
      values: {
        Policy: JSON.stringify({
          Version: undefined,
          ...open,
          Statement: [{ ...open.Statement[0], Principal: { AWS: '*' } }],
        }),
        Versioning: { Status: 'Enabled' },
        Encryption: sse('aws:kms', keyArn),
        Logging: { TargetBucket: 'logs', TargetPrefix: '' },
        Tags: { Team: 'a' },
      },
    },
    drifts: [
      [
        { values: { Policy: null } },
        [
          'policy',
          open && {
            Statement: [
              {
                ...open.Statement[0],
                Action: ['s3:GetObject'],
                Resource: ['arn:aws:s3:::b/*'],
                Principal: { AWS: ['*'] },
              },
            ],
          },
          null,
        ],
      ],
      [{ values: { Versioning: { Status: 'Suspended' } } }, ['versioning.0.enabled', true, false]],
      [{ values: { Versioning: {} } }, ['versioning.0.enabled', true, false]],
      [
        { values: { Encryption: sse('AES256') } },
        [
          'server_side_encryption_configuration.0.rule.0.apply_server_side_encryption_by_default.0.sse_algorithm',
          'aws:kms',
          'AES256',
        ],
        [
          'server_side_encryption_configuration.0.rule.0.apply_server_side_encryption_by_default.0.kms_master_key_id',
          'k-1',
          null,
        ],
      ],
      [{ values: { Logging: null } }, ['logging.0.target_bucket', 'logs', null]],
      [{ values: { Tags: { Team: 'a', x: 'y' } } }, ['tags.x', null, 'y']],
    ],
  },
  {
    type: 'aws_s3_bucket_public_access_block',
    key: 's3.bucket',
    state: {
      block_public_acls: true,
      block_public_policy: true,
      ignore_public_acls: true,
      restrict_public_buckets: false,
    },
    cloud: {
      fields: bucket,
      values: { PublicAccessBlock: { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true } },
    },
    drifts: [
      [
        { values: { PublicAccessBlock: null } },
        ['block_public_acls', true, false],
        ['block_public_policy', true, false],
        ['ignore_public_acls', true, false],
      ],
    ],
  },
  {
    type: 'aws_s3_bucket_versioning',
    key: 's3.bucket',
    state: { versioning_configuration: [{ status: 'Enabled', mfa_delete: '' }] },
    cloud: { fields: bucket, values: { Versioning: { Status: 'Enabled' } } },
    drifts: [
      [
        { values: { Versioning: { Status: 'Suspended' } } },
        ['versioning_configuration.0.status', 'Enabled', 'Suspended'],
      ],
    ],
  },
  {
    type: 'aws_s3_bucket_server_side_encryption_configuration',
    key: 's3.bucket',
    state: { rule: sseState(keyArn) },
    cloud: { fields: bucket, values: { Encryption: sse('aws:kms', 'k-1') } },
    drifts: [
      [
        { values: { Encryption: null } },
        ['rule.0.apply_server_side_encryption_by_default.0.sse_algorithm', 'aws:kms', null],
        ['rule.0.apply_server_side_encryption_by_default.0.kms_master_key_id', 'k-1', null],
        ['rule.0.bucket_key_enabled', true, false],
      ],
    ],
  },
  {
    type: 'aws_s3_bucket_policy',
    key: 's3.bucket',
    state: { policy: JSON.stringify(open) },
    cloud: { fields: bucket, values: { Policy: JSON.stringify(open) } },
    drifts: [
      [
        { values: { Policy: JSON.stringify({ Statement: [{ ...open.Statement[0], Resource: '*' }] }) } },
        ['policy.Statement.0.Resource', ['arn:aws:s3:::b/*'], ['*']],
      ],
    ],
  },
  {
    type: 'aws_s3_bucket_ownership_controls',
    key: 's3.bucket',
    state: { rule: [{ object_ownership: 'BucketOwnerEnforced' }] },
    cloud: { fields: bucket, values: { OwnershipControls: [{ ObjectOwnership: 'BucketOwnerEnforced' }] } },
    drifts: [
      [
        { values: { OwnershipControls: [{ ObjectOwnership: 'ObjectWriter' }] } },
        ['rule.0.object_ownership', 'BucketOwnerEnforced', 'ObjectWriter'],
      ],
    ],
  },
  {
    type: 'aws_s3_bucket_logging',
    key: 's3.bucket',
    state: { target_bucket: 'logs', target_prefix: 'b/' },
    cloud: { fields: bucket, values: { Logging: { TargetBucket: 'logs', TargetPrefix: 'b/' } } },
    drifts: [[{ values: { Logging: null } }, ['target_bucket', 'logs', null], ['target_prefix', 'b/', null]]],
  },
  {
    type: 'aws_s3_bucket_accelerate_configuration',
    key: 's3.bucket',
    state: { status: 'Enabled' },
    cloud: { fields: bucket, values: { Acceleration: { Status: 'Enabled' } } },
    drifts: [[{ values: { Acceleration: {} } }, ['status', 'enabled', 'suspended']]],
  },
];

export const accessSamples: readonly Sample[] = [...iamSamples, ...bucketSamples];
