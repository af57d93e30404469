// Estate → a Terraform module, with every document as a file that it reads. Pure.
import type { DesiredResource } from '../../contract/access/estate.ts';
import { documentFiles } from './document-files.ts';
import { type ExportedFile, ofKind } from './exported-file.ts';
import { attribute, type Block, block, quoted, renderHcl } from './hcl.ts';
import { bucketBlocks, objectBlock } from './terraform-bucket.ts';
import {
  documentsFolder,
  managedPolicyBlock,
  providerBlock,
  roleBlocks,
  roleLabel,
  roleReference,
} from './terraform-roles.ts';
import { stackSetBlocks } from './terraform-stack-set.ts';

const blocksOf = (estate: readonly DesiredResource[], partition: string, resource: DesiredResource): Block[] => {
  switch (resource.kind) {
    case 'oidc-provider':
      return [providerBlock(resource)];
    case 'managed-policy':
      return [managedPolicyBlock(resource)];
    case 'role':
      return roleBlocks(estate, resource);
    case 'bucket':
      return bucketBlocks(resource);
    case 'object':
      return [objectBlock(resource)];
    case 'stack-set':
      return stackSetBlocks(resource, partition);
  }
};

const versions = renderHcl('Which Terraform, and as whom.', [
  block(
    'terraform',
    [],
    [
      attribute('required_version', quoted('>= 1.3')),
      block(
        'required_providers',
        [],
        [
          attribute(
            'aws',
            '{\n      source                = "hashicorp/aws"\n      version               = ">= 5.0"\n      configuration_aliases = [aws.billing, aws.security]\n    }',
          ),
        ],
      ),
    ],
  ),
]);

const outputs = (estate: readonly DesiredResource[]): string =>
  renderHcl(
    'ARNs of the roles.',
    ofKind(estate, 'role').map(role =>
      block('output', [roleLabel(role)], [attribute('value', `${roleReference(role)}.arn`)]),
    ),
  );

const providersOf = (estate: readonly DesiredResource[]): string => {
  const imports = ofKind(estate, 'oidc-provider').map(({ issuer }) => `\`${issuer}\``);
  return imports.length === 0
    ? ''
    : `\nAn OIDC provider that is there already is imported first: ${[...new Set(imports)].join(', ')}.\n`;
};

const trustedAccess = (estate: readonly DesiredResource[]): string =>
  ofKind(estate, 'stack-set').length === 0
    ? ''
    : `
StackSets need trusted access in the Organization, once: \`aws cloudformation activate-organizations-access\` in the
management account.
`;

const readme = (
  estate: readonly DesiredResource[],
  region: string,
): string => `# Infrastructure of aws-inventory-orchestrator, as a Terraform module

Written by \`aws-inventory infrastructure export\`; write it anew when settings change. What roles may stands in
\`${documentsFolder}/\`.

\`\`\`hcl
provider "aws" {
  alias   = "billing" # the management account of the Organization
  profile = "billing-admin"
  region  = ${quoted(region)}
}

provider "aws" {
  alias   = "security" # the account of the bucket
  profile = "security-admin"
  region  = ${quoted(region)}
}

module "aws_inventory" {
  source    = "./aws-inventory"
  providers = { aws.billing = aws.billing, aws.security = aws.security }
}
\`\`\`
${trustedAccess(estate)}${providersOf(estate)}
Nothing here carries the tag that \`aws-inventory infrastructure destroy\` deletes by: it leaves all of this to Terraform.
`;

export const terraformFiles = (
  estate: readonly DesiredResource[],
  { partition, region }: { readonly partition: string; readonly region: string },
): ExportedFile[] => [
  {
    path: 'main.tf',
    text: renderHcl(
      'OIDC providers, roles, the bucket, and the role in every account.',
      estate.flatMap(each => blocksOf(estate, partition, each)),
    ),
  },
  { path: 'versions.tf', text: versions },
  { path: 'outputs.tf', text: outputs(estate) },
  { path: 'README.md', text: readme(estate, region) },
  ...documentFiles(estate).map(({ path, text }) => ({ path: `${documentsFolder}/${path}`, text })),
];
