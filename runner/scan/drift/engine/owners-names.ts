// Owners: the names and paths that services give to the resources that they make. A table. Pure.
import type { ResourceManager } from '../../../../contract/drift/drift-report.ts';
import type { FoundResource } from '../resources.ts';
import { type Kind, kindOf, serviceOf } from './owner-kinds.ts';

interface NameRule {
  /** Over the group of its form. */
  readonly kind: Kind;
  readonly types: RegExp;
  /** Over the ARN, or the id and name. */
  readonly of: 'arn' | 'name';
  /** Its group, if it has one, is the name of what manages. */
  readonly form: RegExp;
  readonly evidence: string;
}

const nameRules: readonly NameRule[] = [
  {
    kind: 'service-linked',
    types: /^AWS::IAM::Role$/,
    of: 'arn',
    form: /:role\/aws-service-role\/([^/]+)\//,
    evidence: 'path /aws-service-role/',
  },
  {
    kind: 'identity-center',
    types: /^AWS::IAM::Role$/,
    of: 'arn',
    form: /:role\/aws-reserved\/sso\.amazonaws\.com\//,
    evidence: 'path /aws-reserved/sso.amazonaws.com/',
  },
  {
    kind: 'identity-center',
    types: /^AWS::IAM::Role$/,
    of: 'name',
    form: /^AWSReservedSSO_/,
    evidence: 'name AWSReservedSSO_*',
  },
  {
    kind: 'identity-center',
    types: /^AWS::IAM::SAMLProvider$/,
    of: 'arn',
    form: /\/AWSSSO_[^/]*_DO_NOT_DELETE$/,
    evidence: 'name AWSSSO_*_DO_NOT_DELETE',
  },
  {
    kind: 'organizations',
    types: /^AWS::IAM::Role$/,
    of: 'name',
    form: /^OrganizationAccountAccessRole$/,
    evidence: 'name OrganizationAccountAccessRole',
  },
  {
    kind: 'cloudformation-stacksets',
    types: /^AWS::IAM::Role$/,
    of: 'name',
    form: /^stacksets-exec-[0-9a-f]{32}$/,
    evidence: 'name stacksets-exec-*',
  },
  {
    kind: 'control-tower',
    types: /./,
    of: 'name',
    form: /^(?:AWSControlTower|aws-controltower)/,
    evidence: 'name aws-controltower*',
  },
  {
    kind: 'aws-managed-key',
    types: /^AWS::KMS::Alias$/,
    of: 'name',
    form: /^alias\/(aws\/.+)/,
    evidence: 'name alias/aws/*',
  },
  {
    kind: 'aws-owned',
    types: /^AWS::IAM::ManagedPolicy$/,
    of: 'arn',
    form: /^arn:[a-z-]+:iam::aws:/,
    evidence: 'ARN without an account',
  },
  {
    kind: serviceOf,
    types: /^AWS::SecretsManager::Secret$/,
    of: 'name',
    form: /^([a-z][a-z0-9-]*)!/,
    evidence: 'name with a service and !',
  },
  {
    kind: 'rds',
    types: /^AWS::(RDS|Neptune|DocDB)::.*Snapshot$/,
    of: 'name',
    form: /^(?:.*snapshot:)?rds:(.+)/,
    evidence: 'name rds:*',
  },
  {
    kind: 'application-autoscaling',
    types: /^AWS::CloudWatch::Alarm$/,
    of: 'name',
    form: /^TargetTracking-(.+?)-Alarm(?:High|Low)-/,
    evidence: 'name TargetTracking-*',
  },
  {
    kind: 'elastic-beanstalk',
    types: /^AWS::S3::Bucket$/,
    of: 'name',
    form: /^elasticbeanstalk-[a-z0-9-]+-\d{12}$/,
    evidence: 'name elasticbeanstalk-*',
  },
  {
    kind: 'eks',
    types: /^AWS::EC2::SecurityGroup$/,
    of: 'name',
    form: /^eks-cluster-sg-(.+)-\d+$/,
    evidence: 'name eks-cluster-sg-*',
  },
  {
    kind: 'emr',
    types: /^AWS::EC2::SecurityGroup$/,
    of: 'name',
    form: /^ElasticMapReduce-(?:master|slave|Master-Private|Slave-Private|ServiceAccess)$/,
    evidence: 'name ElasticMapReduce-*',
  },
  {
    kind: 'directory-service',
    types: /^AWS::EC2::SecurityGroup$/,
    of: 'name',
    form: /^(d-[0-9a-f]{10})_controllers$/,
    evidence: 'name d-*_controllers',
  },
  {
    kind: 'backup',
    types: /^AWS::Backup::/,
    of: 'name',
    form: /^(aws\/efs)\/automatic-backup/,
    evidence: 'name aws/efs/automatic-backup*',
  },
];

/** A group's own name, which is not its tag `Name`. */
const namesOf = (found: FoundResource): readonly string[] => {
  const own = found.description?.['group_name'];
  return [found.id, found.name ?? '', ...(typeof own === 'string' ? [own] : [])];
};

/** The rules of a type: some thousand types are asked about tens of thousands of times. */
const rulesByType = new Map<string, readonly NameRule[]>();

const nameRulesOf = (resourceType: string): readonly NameRule[] => {
  let rules = rulesByType.get(resourceType);
  if (rules === undefined) {
    rules = nameRules.filter(({ types }) => types.test(resourceType));
    rulesByType.set(resourceType, rules);
  }
  return rules;
};

/** By names and paths that a service gives. */
export const managerByName = (found: FoundResource): ResourceManager | undefined => {
  for (const { kind, of, form, evidence } of nameRulesOf(found.resourceType)) {
    for (const text of of === 'arn' ? [found.arn] : namesOf(found)) {
      const matched = form.exec(text);
      if (matched !== null) return { kind: kindOf(kind, matched[1] ?? ''), name: matched[1] ?? null, evidence };
    }
  }
  return undefined;
};
