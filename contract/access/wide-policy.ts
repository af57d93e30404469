// The role in every account as aws-recon's users have it: wide reads by wildcards beside ViewOnlyAccess, for who keeps aws-recon. Pure.
import type { EstateFacts } from './estate.ts';
import { type PolicyDocument, policyDocument } from './policy-document.ts';

export const wideActions: readonly string[] = [
  'access-analyzer:List*',
  'acm:Describe*',
  'apigateway:GET',
  'application-autoscaling:Describe*',
  'athena:Get*',
  'autoscaling:Describe*',
  'backup:List*',
  'cloudformation:GetTemplate',
  'cloudtrail:GetEventSelectors',
  'cloudtrail:List*',
  'cloudwatch:Describe*',
  'codebuild:List*',
  'config:Describe*',
  'dms:Describe*',
  'ecr:Get*',
  'eks:Describe*',
  'eks:List*',
  'elasticloadbalancing:Describe*',
  'elasticmapreduce:Get*',
  'glue:Get*',
  'guardduty:Get*',
  'guardduty:List*',
  'iam:GenerateCredentialReport',
  'iam:Get*',
  'kafka:List*',
  'kms:Describe*',
  'kms:Get*',
  'kms:List*',
  'lambda:GetPolicy',
  'lightsail:Get*',
  'organizations:DescribeOrganization',
  'organizations:ListPolicies',
  'redshift:Describe*',
  'route53domains:ListDomains',
  's3:GetBucket*',
  'secretsmanager:List*',
  'securityhub:Describe*',
  'servicequotas:List*',
  'shield:Describe*',
  'sns:Get*',
  'ssm:Describe*',
  'support:DescribeTrustedAdvisorChecks',
  'transfer:List*',
  'xray:Get*',
];

export const widePolicy: PolicyDocument = policyDocument({
  Sid: 'Inventory',
  Effect: 'Allow',
  Action: wideActions,
  Resource: '*',
});

export const viewOnlyAccess = ({ partition }: Pick<EstateFacts, 'partition'>): string =>
  `arn:${partition}:iam::aws:policy/job-function/ViewOnlyAccess`;
