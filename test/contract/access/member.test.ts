// The role in every account: reads all that is listed, and no content.
import { describe, expect, it } from 'vitest';
import { contentActions, memberDenies, memberPolicies } from '../../../contract/access/member.ts';
import { directMemberRole, memberFiles, memberRole } from '../../../contract/access/member-role.ts';
import { memberTemplate, renderMemberTemplate } from '../../../contract/access/member-template.ts';
import type { PolicyDocument } from '../../../contract/access/policy-document.ts';
import { driftActions } from '../../../contract/drift/policy.ts';
import { billing, sampleFacts, security } from './sample-estate.ts';

const withStates = { drift: { from: ['tfstate+s3://states/{account_id}/**/*.tfstate'] } };

const listOf = (value: string | readonly string[] | undefined): readonly string[] =>
  value === undefined ? [] : typeof value === 'string' ? [value] : value;

const matches = (pattern: string, action: string): boolean =>
  new RegExp(`^${pattern.replaceAll('*', '.*')}$`, 'i').test(action);

const deniedActions = (document: PolicyDocument): string[] =>
  document.Statement.flatMap(({ Action }) => [...listOf(Action)]);

describe('the role in every account', () => {
  it('is denied nothing that the inventory or the drift asks for', () => {
    const { member } = sampleFacts(withStates);
    expect(member.actions).toEqual(expect.arrayContaining([...driftActions]));
    const denied = deniedActions(memberDenies({ member: { ...member, states: null } }));
    expect(denied).toEqual(expect.arrayContaining([...contentActions]));
    expect(member.actions.filter(action => denied.some(pattern => matches(pattern, action)))).toEqual([]);
  });

  it.each([
    's3:GetObject',
    's3:GetObjectVersion',
    'secretsmanager:GetSecretValue',
    'ssm:GetParametersByPath',
    'kms:Decrypt',
    'dynamodb:Scan',
    'sts:AssumeRole',
    'ecr:GetAuthorizationToken',
  ])('is denied %s', action => {
    const denied = deniedActions(memberDenies(sampleFacts()));
    expect(denied.some(pattern => matches(pattern, action))).toBe(true);
  });

  it('takes no more managed policies than a role may have, each no longer than IAM takes', () => {
    const parts = memberPolicies(sampleFacts(withStates));
    expect(parts.length).toBeLessThanOrEqual(10);
    for (const part of parts) expect(JSON.stringify(part).length).toBeLessThanOrEqual(6_144);
  });

  it('says what to leave out when its rights do not fit', () => {
    const { member } = sampleFacts();
    const actions = Array.from({ length: 4_000 }, (_, at) => `service:ListSomethingWithALongName${at}`);
    expect(() => memberPolicies({ member: { ...member, actions } })).toThrow(/take 2\d managed policies.*may have 10/);
  });

  it('has the rights of the enabled types alone', () => {
    const { member } = sampleFacts({ inventory: { types: ['AWS::SQS::Queue'] } });
    expect(member.actions).toContain('sqs:ListQueues');
    expect(member.actions.some(action => action.startsWith('rds:'))).toBe(false);
    const overridden = {
      inventory: { types: ['AWS::SQS::Queue'], overrides: { [security]: { types: ['AWS::SNS::Topic'] } } },
    };
    expect(sampleFacts(overridden).member.actions).toEqual(
      expect.arrayContaining(['sqs:ListQueues', 'sns:ListTopics']),
    );
  });

  it('reads its own states, and no other object', () => {
    const facts = sampleFacts(withStates);
    const role = memberRole(facts);
    expect(role.inlinePolicies['states']?.Statement[0]).toMatchObject({
      Action: 's3:GetObject',
      Resource: ['arn:aws:s3:::states/*/*.tfstate'],
    });
    const objects = role.inlinePolicies['no-content']?.Statement.find(({ Sid }) => Sid === 'NoObjects');
    expect(objects).toMatchObject({ NotResource: ['arn:aws:s3:::states/*/*.tfstate'] });
    expect(objects?.Resource).toBeUndefined();
  });

  it('reads no state where a role of its own does', () => {
    const state = { role: 'arn:aws:iam::333333333333:role/States' };
    const facts = sampleFacts({ drift: { ...withStates.drift, state } });
    expect(memberRole(facts).inlinePolicies['states']).toBeUndefined();
    expect(facts.member.otherRoleArns).toEqual([state.role]);
  });

  it('trusts the runners alone, with what they send', () => {
    const facts = sampleFacts({ role: { externalId: 'ext-1', sessionName: 'scan-{run}-{account_id}' } });
    expect(memberRole(facts).trust.Statement).toEqual([
      {
        Sid: 'Runners',
        Effect: 'Allow',
        Principal: { AWS: `arn:aws:iam::${security}:root` },
        Action: 'sts:AssumeRole',
        Condition: {
          StringEquals: { 'sts:ExternalId': 'ext-1', 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' },
          StringLike: { 'sts:RoleSessionName': 'scan-*-*' },
          ArnEquals: {
            'aws:PrincipalArn': [
              `arn:aws:iam::${security}:role/Inventory-Runner`,
              `arn:aws:iam::${security}:role/Inventory-Runner-Test`,
            ],
          },
        },
      },
    ]);
  });

  it('lets the source identity be set only where one is sent', () => {
    const trusted = (overrides: object) =>
      memberRole(sampleFacts({ role: overrides as Record<string, unknown> })).trust.Statement.map(
        ({ Action }) => Action,
      );
    expect(trusted({})).toEqual(['sts:AssumeRole']);
    expect(trusted({ sourceIdentity: 'inventory' })).toEqual(['sts:AssumeRole', 'sts:SetSourceIdentity']);
  });

  it('is the same in the template, in the management account, and in the files', () => {
    const facts = sampleFacts(withStates);
    const template = memberTemplate(facts);
    const direct = directMemberRole(facts);
    const role = direct.find(({ kind }) => kind === 'role');
    expect(template.Resources.Role.Properties.AssumeRolePolicyDocument).toEqual(
      role?.kind === 'role' ? role.trust : undefined,
    );
    const documents = direct.flatMap(each => (each.kind === 'managed-policy' ? [each.document] : []));
    const resources: Readonly<Record<string, { Properties: { PolicyDocument?: unknown } }>> = template.Resources;
    const inTemplate = Object.values(resources).flatMap(({ Properties }) => Properties.PolicyDocument ?? []);
    expect(inTemplate).toEqual(documents);
    const file = JSON.parse(memberFiles(facts).policy);
    const listed = documents.flatMap(({ Statement }) => Statement.flatMap(({ Action }) => [...listOf(Action)]));
    expect(file.Statement[0].Action).toEqual(listed);
    expect(role?.account).toBe('billing');
    expect(JSON.stringify(direct)).toContain(`arn:aws:iam::${billing}:policy/managed/inventory-reads-1`);
  });

  it('has a template that CloudFormation takes from a bucket', () => {
    expect(Buffer.byteLength(renderMemberTemplate(sampleFacts()))).toBeLessThan(1_000_000);
  });

  it('may be the wide one that aws-recon was given', () => {
    const facts = sampleFacts({ infrastructure: { inventoryPolicy: 'seed' } });
    const files = memberFiles(facts);
    expect(JSON.parse(files.properties)).toMatchObject({
      sessionDuration: 28_800,
      path: '/managed/',
      managedPolicies: ['arn:aws:iam::aws:policy/job-function/ViewOnlyAccess'],
    });
    expect(JSON.parse(files.policy).Statement[0].Action).toContain('access-analyzer:List*');
  });
});
