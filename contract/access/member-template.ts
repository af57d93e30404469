// The role in every account as a CloudFormation template: the StackSet's, and one that can be deployed by hand. Pure.
import type { EstateFacts } from './estate.ts';
import { type MemberRole, memberRole } from './member-role.ts';

const logicalName = (index: number): string => `Reads${index + 1}`;

const policyResources = ({ ownPolicies, path, description }: MemberRole) =>
  Object.entries(ownPolicies).map(([name, document], index) => [
    logicalName(index),
    {
      Type: 'AWS::IAM::ManagedPolicy',
      Properties: { ManagedPolicyName: name, Path: path, Description: description, PolicyDocument: document },
    },
  ]);

const roleResource = (role: MemberRole) => ({
  Type: 'AWS::IAM::Role',
  Properties: {
    RoleName: role.name,
    Path: role.path,
    Description: role.description,
    MaxSessionDuration: role.maxSessionSeconds,
    AssumeRolePolicyDocument: role.trust,
    Policies: Object.entries(role.inlinePolicies).map(([PolicyName, PolicyDocument]) => ({
      PolicyName,
      PolicyDocument,
    })),
    ManagedPolicyArns: [
      ...role.foreignPolicies,
      ...Object.keys(role.ownPolicies).map((_name, index) => ({ Ref: logicalName(index) })),
    ],
  },
});

export const memberTemplate = (facts: EstateFacts) => {
  const role = memberRole(facts);
  return {
    AWSTemplateFormatVersion: '2010-09-09',
    Description: role.description,
    Resources: { ...Object.fromEntries(policyResources(role)), Role: roleResource(role) },
  };
};

/** Without white space: what a call may carry is counted in bytes. */
export const renderMemberTemplate = (facts: EstateFacts): string => JSON.stringify(memberTemplate(facts));
