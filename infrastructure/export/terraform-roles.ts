// OIDC providers, policies and roles of the estate as blocks of Terraform; their documents are read from files beside them. Pure.
import type {
  DesiredManagedPolicy,
  DesiredOidcProvider,
  DesiredResource,
  DesiredRole,
  EstateAccount,
} from '../../contract/access/estate.ts';
import { inlinePath, managedPath, trustPath } from './document-files.ts';
import { ownPolicyOf } from './exported-file.ts';
import { attribute, type Block, block, listOf, quoted } from './hcl.ts';

export const documentsFolder = 'documents';

export const documentAt = (path: string): string => `file("\${path.module}/${documentsFolder}/${path}")`;

/** A name within Terraform: letters, digits and underscores. */
export const label = (...parts: readonly string[]): string =>
  parts.map(part => part.toLowerCase().replaceAll(/[^a-z0-9]+/g, '_')).join('_');

export const inAccount = (account: EstateAccount) => attribute('provider', `aws.${account}`);

export const providerBlock = ({ account, issuer, audience }: DesiredOidcProvider): Block =>
  block(
    'resource',
    ['aws_iam_openid_connect_provider', label(account, issuer)],
    [
      inAccount(account),
      attribute('url', quoted(`https://${issuer}`)),
      attribute('client_id_list', listOf([quoted(audience)])),
    ],
  );

const policyLabel = ({ account, name }: DesiredManagedPolicy): string => label(account, name);

export const managedPolicyBlock = (policy: DesiredManagedPolicy): Block =>
  block(
    'resource',
    ['aws_iam_policy', policyLabel(policy)],
    [
      inAccount(policy.account),
      attribute('name', quoted(policy.name)),
      attribute('path', quoted(policy.path)),
      attribute('description', quoted(policy.description)),
      attribute('policy', documentAt(managedPath(policy))),
    ],
  );

export const roleLabel = ({ account, name }: DesiredRole): string => label(account, name);

export const roleReference = (role: DesiredRole): string => `aws_iam_role.${roleLabel(role)}`;

/** What somebody has put there by hand stays, as with apply. */
const keptTrust = ({ trustMode }: DesiredRole): Block[] =>
  trustMode === 'keep-existing'
    ? [block('lifecycle', [], [attribute('ignore_changes', listOf(['assume_role_policy']))])]
    : [];

const attachment = (estate: readonly DesiredResource[], role: DesiredRole, arn: string): Block => {
  const own = ownPolicyOf(estate, role, arn);
  const name = own?.name ?? arn.split('/').pop() ?? arn;
  return block(
    'resource',
    ['aws_iam_role_policy_attachment', label(role.account, role.name, name)],
    [
      inAccount(role.account),
      attribute('role', `${roleReference(role)}.name`),
      attribute('policy_arn', own === undefined ? quoted(arn) : `aws_iam_policy.${policyLabel(own)}.arn`),
    ],
  );
};

export const roleBlocks = (estate: readonly DesiredResource[], role: DesiredRole): Block[] => [
  block(
    'resource',
    ['aws_iam_role', roleLabel(role)],
    [
      inAccount(role.account),
      attribute('name', quoted(role.name)),
      attribute('path', quoted(role.path)),
      attribute('description', quoted(role.description)),
      attribute('max_session_duration', role.maxSessionSeconds),
      attribute('assume_role_policy', documentAt(trustPath(role))),
      ...keptTrust(role),
    ],
  ),
  ...Object.keys(role.inlinePolicies).map(name =>
    block(
      'resource',
      ['aws_iam_role_policy', label(role.account, role.name, name)],
      [
        inAccount(role.account),
        attribute('name', quoted(name)),
        attribute('role', `${roleReference(role)}.name`),
        attribute('policy', documentAt(inlinePath(role, name))),
      ],
    ),
  ),
  ...role.managedPolicies.map(arn => attachment(estate, role, arn)),
];
