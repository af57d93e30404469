// The estate as files for other tools: all three say what apply would make.
import { describe, expect, it } from 'vitest';
import { desiredEstate } from '../../../contract/access/desired-estate.ts';
import type { DesiredResource } from '../../../contract/access/estate.ts';
import { type ExportFormat, exportEstate } from '../../../infrastructure/export/export-estate.ts';
import { sampleFacts, security } from '../../contract/access/sample-estate.ts';

const everything = {
  reports: { kmsKey: `arn:aws:kms:eu-west-1:${security}:key/1234` },
  infrastructure: {
    issuers: { prod: ['oidc.eks.eu-west-1.amazonaws.com/id/ABCDEF'], test: ['oidc.eks.eu-west-1.amazonaws.com/id/T'] },
    cliBucket: 'cli-bucket',
    bucket: { expireAfterDays: 400, objectLock: {} },
  },
};

const exported = (format: ExportFormat, overrides: Readonly<Record<string, unknown>> = everything) => {
  const facts = sampleFacts(overrides);
  const estate = desiredEstate(facts);
  const files = new Map(exportEstate(format, estate, facts).map(({ path, text }) => [path, text]));
  return { estate, files, json: (path: string) => JSON.parse(files.get(path) ?? 'null') };
};

const rolesOf = (estate: readonly DesiredResource[]) => estate.flatMap(each => (each.kind === 'role' ? [each] : []));

interface TemplateResource {
  readonly Type: string;
  readonly DependsOn?: readonly string[];
  readonly Properties: Readonly<Record<string, unknown>>;
}

const resourcesOf = (template: { Resources: Record<string, TemplateResource> }, type: string): TemplateResource[] =>
  Object.values(template.Resources).filter(({ Type }) => Type === type);

describe('an export', () => {
  it('has the same documents in every format', () => {
    const terraform = exported('terraform');
    const json = exported('json');
    const cloudformation = exported('cloudformation');
    for (const role of rolesOf(terraform.estate)) {
      const folder = `${role.account}/roles/${role.name}`;
      const template = cloudformation.json(`${role.account}.template.json`);
      const properties = resourcesOf(template, 'AWS::IAM::Role').find(
        ({ Properties }) => Properties['RoleName'] === role.name,
      )?.Properties;
      expect(json.json(`${folder}/trust.json`)).toEqual(role.trust);
      expect(terraform.json(`documents/${folder}/trust.json`)).toEqual(role.trust);
      expect(properties?.['AssumeRolePolicyDocument']).toEqual(role.trust);
      const policies = Object.entries(role.inlinePolicies);
      for (const [name, document] of policies) {
        expect(json.json(`${folder}/policies/${name}.json`)).toEqual(document);
        expect(terraform.json(`documents/${folder}/policies/${name}.json`)).toEqual(document);
      }
      expect(properties?.['Policies']).toEqual(
        policies.map(([PolicyName, PolicyDocument]) => ({ PolicyName, PolicyDocument })),
      );
    }
  });

  it('has the policy of the bucket and the template of the StackSet in every format', () => {
    const { estate, files, json } = exported('json');
    const terraform = exported('terraform');
    const cloudformation = exported('cloudformation');
    const bucket = estate.find(each => each.kind === 'bucket');
    const stackSet = estate.find(each => each.kind === 'stack-set');
    expect(json('security/buckets/my-inventory/policy.json')).toEqual(bucket?.policy);
    expect(terraform.json('documents/security/buckets/my-inventory/policy.json')).toEqual(bucket?.policy);
    const policies = resourcesOf(cloudformation.json('security.template.json'), 'AWS::S3::BucketPolicy');
    expect(policies.map(({ Properties }) => Properties['PolicyDocument'])).toEqual([bucket?.policy]);
    expect(files.get('stack-set/aws-inventory-role.template.json')).toBe(stackSet?.template);
    expect(terraform.files.get('documents/stack-set/aws-inventory-role.template.json')).toBe(stackSet?.template);
    expect(cloudformation.files.get('role-in-every-account.template.json')).toBe(stackSet?.template);
  });

  it('has the files of the CLI bucket', () => {
    for (const [format, folder] of [
      ['json', ''],
      ['terraform', 'documents/'],
      ['cloudformation', ''],
    ] as const)
      expect([...exported(format).files.keys()]).toContain(
        `${folder}objects/cli-bucket/aws/iam/inventory-role/trust.json`,
      );
  });
});

describe('the Terraform module', () => {
  it('reads every document that is beside it, and none that is not', () => {
    const { files } = exported('terraform');
    const read = [...(files.get('main.tf') ?? '').matchAll(/file\("\$\{path\.module\}\/([^"]+)"\)/g)].map(
      ([, path]) => path,
    );
    const there = [...files.keys()].filter(path => path.startsWith('documents/'));
    expect([...new Set(read)].sort()).toEqual(there.sort());
    expect(read).toHaveLength(there.length);
  });

  it('makes each thing once, under a name of its own', () => {
    const { files, estate } = exported('terraform');
    const heads = [...(files.get('main.tf') ?? '').matchAll(/^(?:resource|data) "([^"]+)" "([^"]+)" \{$/gm)];
    const names = heads.map(([, type, name]) => `${type}.${name}`);
    expect(new Set(names).size).toBe(names.length);
    const roles = names.filter(name => name.startsWith('aws_iam_role.'));
    expect(roles).toHaveLength(rolesOf(estate).length);
  });

  it('refers to nothing that it does not make', () => {
    const text = exported('terraform').files.get('main.tf') ?? '';
    const made = new Set(
      [...text.matchAll(/^resource "([^"]+)" "([^"]+)"/gm)].map(([, type, name]) => `${type}.${name}`),
    );
    const named = [...text.matchAll(/(?<![\w.])(aws_\w+\.\w+)/g)].map(([, name = '']) => name);
    expect(named.length).toBeGreaterThan(20);
    expect(named.filter(name => !made.has(name))).toEqual([]);
  });

  it('leaves a trust that somebody has put there by hand', () => {
    const text = exported('terraform', {}).files.get('main.tf') ?? '';
    const twins = text.split('\n\n').filter(part => part.includes('ignore_changes = [assume_role_policy]'));
    expect(twins).toHaveLength(3);
    expect(exported('terraform').files.get('main.tf')).not.toContain('[assume_role_policy]');
  });
});

describe('the templates', () => {
  it('name the root as a parameter where the whole Organization is meant, and units by their ids', () => {
    const whole = exported('cloudformation').json('stack-set.template.json');
    expect(whole.Parameters.OrganizationRoot.Type).toBe('String');
    expect(whole.Resources.StackSet.Properties.StackInstancesGroup[0].DeploymentTargets).toEqual({
      OrganizationalUnitIds: [{ Ref: 'OrganizationRoot' }],
    });
    const rollOut = { organizationalUnits: ['ou-abcd-12345678'], delegatedAdministrator: security };
    const units = exported('cloudformation', { infrastructure: { rollOut } }).json('stack-set.template.json');
    expect(units.Parameters).toBeUndefined();
    expect(units.Resources.StackSet.Properties).toMatchObject({
      CallAs: 'DELEGATED_ADMIN',
      PermissionModel: 'SERVICE_MANAGED',
      StackInstancesGroup: [{ DeploymentTargets: { OrganizationalUnitIds: ['ou-abcd-12345678'] } }],
    });
  });

  it('make OIDC providers before the roles that trust them, and attach their own policies', () => {
    const template = exported('cloudformation').json('billing.template.json');
    const providers = Object.entries(template.Resources as Record<string, TemplateResource>)
      .filter(([, { Type }]) => Type === 'AWS::IAM::OIDCProvider')
      .map(([name]) => name);
    const roles = resourcesOf(template, 'AWS::IAM::Role');
    expect(providers).toHaveLength(2);
    for (const { DependsOn } of roles) expect(DependsOn).toEqual(providers);
    const member = roles.find(({ Properties }) => Properties['RoleName'] === 'inventory');
    const attached = member?.Properties['ManagedPolicyArns'] as readonly { Ref: string }[];
    expect(attached.length).toBeGreaterThan(1);
    for (const { Ref } of attached) expect(template.Resources[Ref].Type).toBe('AWS::IAM::ManagedPolicy');
  });

  it('keep the bucket when the stack goes', () => {
    const { Bucket } = exported('cloudformation').json('security.template.json').Resources;
    expect(Bucket).toMatchObject({
      DeletionPolicy: 'Retain',
      Properties: { ObjectLockEnabled: true, VersioningConfiguration: { Status: 'Enabled' } },
    });
  });

  it('say whose trust would be lost', () => {
    expect(exported('cloudformation', {}).files.get('README.md')).toContain('`Inventory-Runner-Test`');
    expect(exported('cloudformation').files.get('README.md')).not.toContain('Inventory-Runner-Test');
  });
});
