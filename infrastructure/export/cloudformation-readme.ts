// The page beside the templates: in which order they are deployed, and what no template can do. Pure.
import type { DesiredResource } from '../../contract/access/estate.ts';
import { objectPath } from './document-files.ts';
import { ofKind } from './exported-file.ts';

const deploy = (template: string, account: string, rest = ''): string =>
  `aws cloudformation deploy --profile ${account} --stack-name aws-inventory-${template} \\
  --template-file ${template}.template.json --capabilities CAPABILITY_NAMED_IAM \\
  --s3-bucket a-bucket-for-templates${rest}`;

const stackSetSteps = (estate: readonly DesiredResource[]): string[] =>
  ofKind(estate, 'stack-set').flatMap(({ account, templateObject, organizationalUnits, delegatedAdministrator }) => {
    const { bucket, key } = templateObject;
    const root = organizationalUnits.length === 0 ? ' \\\n  --parameter-overrides OrganizationRoot=r-abcd' : '';
    return [
      'aws cloudformation activate-organizations-access --profile billing',
      ...(delegatedAdministrator === null
        ? []
        : [
            `aws organizations register-delegated-administrator --profile billing --account-id ${delegatedAdministrator} \\
  --service-principal member.org.stacksets.cloudformation.amazonaws.com`,
          ]),
      `aws s3 cp --profile security role-in-every-account.template.json s3://${bucket}/${key}`,
      deploy('stack-set', account, root),
    ];
  });

const keptTrusts = (estate: readonly DesiredResource[]): string => {
  const names = ofKind(estate, 'role')
    .filter(({ trustMode }) => trustMode === 'keep-existing')
    .map(({ name }) => `\`${name}\``);
  if (names.length === 0) return '';
  return `
No issuer is known for ${names.join(', ')}: these templates let nobody assume them. A trust that somebody has put there
by hand would be lost; \`aws-inventory infrastructure apply\` leaves it.
`;
};

export const cloudformationReadme = (estate: readonly DesiredResource[]): string => {
  const steps = [
    deploy('security', 'security'),
    deploy('billing', 'billing'),
    ...ofKind(estate, 'object').map(
      object => `aws s3 cp --profile security ${objectPath(object)} s3://${object.bucket}/${object.key}`,
    ),
    ...stackSetSteps(estate),
  ];
  return `# Infrastructure of aws-inventory-orchestrator, as CloudFormation

Written by \`aws-inventory infrastructure export\`; write it anew when settings change. Profiles \`billing\` (the
management account) and \`security\` (the account of the bucket) stand for yours; templates that are longer than a call
may be go through a bucket of your own in the account that deploys them. In this order:

\`\`\`bash
${steps.join('\n')}
\`\`\`

An OIDC provider or a role that is there already has to be imported into the stack, or removed from its template.
${keptTrusts(estate)}`;
};
