// IAM: one call gives users, groups, roles and the account's own policies, with tags and documents; others the rest.
import {
  type EntityType,
  type GetAccountAuthorizationDetailsCommandInput,
  type GetAccountAuthorizationDetailsCommandOutput,
  GetOpenIDConnectProviderCommand,
  IAMClient,
  ListOpenIDConnectProvidersCommand,
  ListSAMLProvidersCommand,
  paginateGetAccountAuthorizationDetails,
  paginateListAccessKeys,
  paginateListInstanceProfiles,
  paginateListServerCertificates,
  paginateListUsers,
  paginateListVirtualMFADevices,
} from '@aws-sdk/client-iam';
import { iam as catalogue } from '../../../../contract/catalogue/native/iam.ts';
import { answerMembers } from '../answer-members.ts';
import { type DescribedRow, described, describeOne } from '../described-rows.ts';
import { defineService, type ListedItem, type Listing } from '../listing.ts';
import { nested } from '../nested-rows.ts';
import { asItems, type Items, paged, single, walkPages } from '../rows.ts';

/** AWS's own managed policies, over a thousand, are the same everywhere and no account's resources. */
const own: EntityType[] = ['User', 'Group', 'Role', 'LocalManagedPolicy'];

const row = {
  paginate: paginateGetAccountAuthorizationDetails,
  input: { Filter: own } satisfies GetAccountAuthorizationDetailsCommandInput,
};

const detailKeys = [
  'iam.user',
  'iam.group',
  'iam.role',
  'iam.policy',
  'iam.user-policy',
  'iam.group-policy',
  'iam.role-policy',
] as const;
type DetailKey = (typeof detailKeys)[number];

const partsOf = (page: GetAccountAuthorizationDetailsCommandOutput): Record<DetailKey, Items> => ({
  'iam.user': page.UserDetailList,
  'iam.group': page.GroupDetailList,
  'iam.role': page.RoleDetailList,
  'iam.policy': page.Policies,
  'iam.user-policy': page.UserDetailList?.flatMap(({ UserName, UserPolicyList = [] }) =>
    UserPolicyList.map(policy => ({ UserName, ...policy })),
  ),
  'iam.group-policy': page.GroupDetailList?.flatMap(({ GroupName, GroupPolicyList = [] }) =>
    GroupPolicyList.map(policy => ({ GroupName, ...policy })),
  ),
  'iam.role-policy': page.RoleDetailList?.flatMap(({ RoleName, RolePolicyList = [] }) =>
    RolePolicyList.map(policy => ({ RoleName, ...policy })),
  ),
});

const details: Listing<IAMClient, DetailKey> = {
  types: detailKeys,
  pages: async function* pages(client, { abortSignal }) {
    for await (const page of walkPages(client, row, abortSignal)) {
      const parts = partsOf(page);
      for (const type of detailKeys) yield { type, items: asItems(parts[type]) };
    }
  },
};

/** The first as the API writes it, the second as the SDK does. */
const gone = ['NoSuchEntity', 'NoSuchEntityException'];

const accessKeys = nested({
  type: 'iam.access-key',
  parents: async function* parents(client: IAMClient, abortSignal) {
    const users = { paginate: paginateListUsers, input: {}, pageSize: 200 };
    for await (const page of walkPages(client, users, abortSignal)) yield page.Users;
  },
  children: async function* children(client, { UserName }, abortSignal) {
    const keys = { paginate: paginateListAccessKeys, input: { UserName } };
    for await (const page of walkPages(client, keys, abortSignal)) yield page.AccessKeyMetadata;
  },
  gone,
});

const describeProvider = async (client: IAMClient, { fields }: ListedItem, abortSignal: AbortSignal) => {
  const { Arn } = fields as { Arn?: string };
  const command = new GetOpenIDConnectProviderCommand({ OpenIDConnectProviderArn: Arn });
  return { fields: { ...fields, ...answerMembers(await client.send(command, { abortSignal })) } };
};

const oidcProviders: DescribedRow<IAMClient, 'iam.oidc-provider'> = {
  type: 'iam.oidc-provider',
  names: async function* names(client, abortSignal) {
    const answer = await client.send(new ListOpenIDConnectProvidersCommand({}), { abortSignal });
    yield asItems(answer.OpenIDConnectProviderList);
  },
  batch: 1,
  describe: describeOne(describeProvider),
  gone,
};

export const iam = defineService(catalogue, configuration => new IAMClient(configuration), [
  details,
  paged('iam.instance-profile', { paginate: paginateListInstanceProfiles, input: {} }, page => page.InstanceProfiles),
  accessKeys,
  described(oidcProviders),
  single(
    'iam.saml-provider',
    async (client: IAMClient, options) =>
      (await client.send(new ListSAMLProvidersCommand({}), options)).SAMLProviderList,
  ),
  paged(
    'iam.server-certificate',
    { paginate: paginateListServerCertificates, input: {}, pageSize: 200 },
    page => page.ServerCertificateMetadataList,
  ),
  // The seed of a device is a secret: only what names it and its user is taken.
  paged(
    'iam.virtual-mfa-device',
    { paginate: paginateListVirtualMFADevices, input: { AssignmentStatus: 'Assigned' as const }, pageSize: 200 },
    page =>
      page.VirtualMFADevices?.map(({ SerialNumber, User, EnableDate, Tags }) => ({
        Arn: SerialNumber,
        SerialNumber,
        User,
        EnableDate,
        Tags,
      })),
  ),
]);
