// Estate → CloudFormation: a template for each of the two accounts, one for the StackSet, and the one that it rolls out. Pure.
import type {
  DesiredBucket,
  DesiredManagedPolicy,
  DesiredOidcProvider,
  DesiredResource,
  DesiredRole,
  DesiredStackSet,
  EstateAccount,
} from '../../contract/access/estate.ts';
import { templateUrl } from '../roll-out/roll-out-steps.ts';
import { cloudformationReadme } from './cloudformation-readme.ts';
import { objectPath } from './document-files.ts';
import { asJson, type ExportedFile, ofKind, ownPolicyOf, templateMark } from './exported-file.ts';

interface TemplateResource {
  readonly Type: string;
  readonly Properties: unknown;
  readonly DependsOn?: readonly string[];
  readonly DeletionPolicy?: 'Retain';
  readonly UpdateReplacePolicy?: 'Retain';
}
type Resources = Readonly<Record<string, TemplateResource>>;

/** Letters and digits alone. */
const logicalId = (prefix: string, name: string): string => `${prefix}${name.replaceAll(/[^A-Za-z0-9]/g, '')}`;

const provider = ({ issuer, audience }: DesiredOidcProvider): Resources => ({
  [logicalId('Provider', issuer)]: {
    Type: 'AWS::IAM::OIDCProvider',
    // Somebody else may use it too.
    DeletionPolicy: 'Retain',
    UpdateReplacePolicy: 'Retain',
    Properties: { Url: `https://${issuer}`, ClientIdList: [audience] },
  },
});

const managedPolicy = ({ name, path, description, document }: DesiredManagedPolicy): Resources => ({
  [logicalId('Policy', name)]: {
    Type: 'AWS::IAM::ManagedPolicy',
    Properties: { ManagedPolicyName: name, Path: path, Description: description, PolicyDocument: document },
  },
});

const role = (estate: readonly DesiredResource[], desired: DesiredRole): Resources => ({
  [logicalId('Role', desired.name)]: {
    Type: 'AWS::IAM::Role',
    DependsOn: ofKind(estate, 'oidc-provider')
      .filter(({ account }) => account === desired.account)
      .map(({ issuer }) => logicalId('Provider', issuer)),
    Properties: {
      RoleName: desired.name,
      Path: desired.path,
      Description: desired.description,
      MaxSessionDuration: desired.maxSessionSeconds,
      AssumeRolePolicyDocument: desired.trust,
      Policies: Object.entries(desired.inlinePolicies).map(([PolicyName, PolicyDocument]) => ({
        PolicyName,
        PolicyDocument,
      })),
      ManagedPolicyArns: desired.managedPolicies.map(arn => {
        const own = ownPolicyOf(estate, desired, arn);
        return own === undefined ? arn : { Ref: logicalId('Policy', own.name) };
      }),
    },
  },
});

const lifecycleRule = ({ abortMultipartDays, expireDays, noncurrentDays }: DesiredBucket['lifecycle']) => ({
  Id: 'aws-inventory',
  Status: 'Enabled',
  AbortIncompleteMultipartUpload: { DaysAfterInitiation: abortMultipartDays },
  ...(expireDays === null ? {} : { ExpirationInDays: expireDays }),
  ...(noncurrentDays === null ? {} : { NoncurrentVersionExpiration: { NoncurrentDays: noncurrentDays } }),
});

const encryption = (kmsKey: string | null) => ({
  ServerSideEncryptionByDefault:
    kmsKey === null ? { SSEAlgorithm: 'AES256' } : { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: kmsKey },
  BucketKeyEnabled: kmsKey !== null,
});

const objectLock = ({ objectLock: lock }: DesiredBucket) =>
  lock === null
    ? {}
    : {
        ObjectLockEnabled: true,
        ObjectLockConfiguration: {
          ObjectLockEnabled: 'Enabled',
          Rule: { DefaultRetention: { Mode: lock.mode, Days: lock.days } },
        },
      };

const bucket = (desired: DesiredBucket): Resources => ({
  Bucket: {
    Type: 'AWS::S3::Bucket',
    DeletionPolicy: 'Retain',
    UpdateReplacePolicy: 'Retain',
    Properties: {
      BucketName: desired.name,
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
      OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
      VersioningConfiguration: { Status: 'Enabled' },
      BucketEncryption: { ServerSideEncryptionConfiguration: [encryption(desired.kmsKey)] },
      LifecycleConfiguration: { Rules: [lifecycleRule(desired.lifecycle)] },
      ...objectLock(desired),
    },
  },
  BucketPolicy: {
    Type: 'AWS::S3::BucketPolicy',
    Properties: { Bucket: { Ref: 'Bucket' }, PolicyDocument: desired.policy },
  },
});

const resourceOf = (estate: readonly DesiredResource[], desired: DesiredResource): Resources => {
  switch (desired.kind) {
    case 'oidc-provider':
      return provider(desired);
    case 'managed-policy':
      return managedPolicy(desired);
    case 'role':
      return role(estate, desired);
    case 'bucket':
      return bucket(desired);
    // Files are copied, and the StackSet has a template of its own: its own template has to be in the bucket before it.
    case 'object':
    case 'stack-set':
      return {};
  }
};

const accountTemplate = (estate: readonly DesiredResource[], account: EstateAccount) => ({
  AWSTemplateFormatVersion: '2010-09-09',
  Description: `aws-inventory-orchestrator: what the ${account} account has of it`,
  Resources: Object.assign(
    {},
    ...estate.filter(each => each.account === account).map(each => resourceOf(estate, each)),
  ) as Resources,
});

const stackSetTemplate = (desired: DesiredStackSet, partition: string) => {
  const { organizationalUnits, autoDeployment } = desired;
  const root = { Type: 'String', AllowedPattern: 'r-[a-z0-9]{4,32}', Description: 'Id of the Organization’s root' };
  return {
    AWSTemplateFormatVersion: '2010-09-09',
    Description: desired.description,
    ...(organizationalUnits.length === 0 ? { Parameters: { OrganizationRoot: root } } : {}),
    Resources: {
      StackSet: {
        Type: 'AWS::CloudFormation::StackSet',
        Properties: {
          StackSetName: desired.name,
          Description: desired.description,
          PermissionModel: 'SERVICE_MANAGED',
          CallAs: desired.delegatedAdministrator === null ? 'SELF' : 'DELEGATED_ADMIN',
          Capabilities: ['CAPABILITY_NAMED_IAM'],
          AutoDeployment: autoDeployment ? { Enabled: true, RetainStacksOnAccountRemoval: false } : { Enabled: false },
          ManagedExecution: { Active: true },
          OperationPreferences: {
            RegionConcurrencyType: 'PARALLEL',
            FailureTolerancePercentage: 100,
            MaxConcurrentPercentage: 100,
          },
          TemplateURL: templateUrl(desired, partition),
          Tags: [{ Key: 'aws-inventory:template', Value: templateMark(desired) }],
          StackInstancesGroup: [
            {
              DeploymentTargets: {
                OrganizationalUnitIds:
                  organizationalUnits.length === 0 ? [{ Ref: 'OrganizationRoot' }] : organizationalUnits,
              },
              Regions: [desired.region],
            },
          ],
        },
      },
    },
  };
};

export const cloudformationFiles = (estate: readonly DesiredResource[], partition: string): ExportedFile[] => [
  ...(['billing', 'security'] as const).map(account => ({
    path: `${account}.template.json`,
    text: asJson(accountTemplate(estate, account)),
  })),
  ...ofKind(estate, 'stack-set').flatMap(desired => [
    { path: 'stack-set.template.json', text: asJson(stackSetTemplate(desired, partition)) },
    { path: 'role-in-every-account.template.json', text: desired.template },
  ]),
  ...ofKind(estate, 'object').map(object => ({ path: objectPath(object), text: object.body })),
  { path: 'README.md', text: cloudformationReadme(estate) },
];
