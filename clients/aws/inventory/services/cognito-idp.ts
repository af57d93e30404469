// Cognito's user pools, each described, with their clients (without secrets), groups and identity providers.
import {
  CognitoIdentityProviderClient,
  DescribeUserPoolCommand,
  paginateListGroups,
  paginateListIdentityProviders,
  paginateListUserPoolClients,
  paginateListUserPools,
} from '@aws-sdk/client-cognito-identity-provider';
import { cognitoIdp as catalogue } from '../../../../contract/catalogue/native/cognito-idp.ts';
import { type DescribedRow, described, describeOne } from '../described-rows.ts';
import { defineService, type ListedItem, type Listing } from '../listing.ts';
import { nested } from '../nested-rows.ts';
import { asItems, type Items, type Paginate, walkPages } from '../rows.ts';

type Client = CognitoIdentityProviderClient;

/** More at once are refused. */
const pageSize = 60;
const gone = ['ResourceNotFoundException'];

const poolPages = async function* (client: Client, abortSignal: AbortSignal) {
  // The call insists on a size of its own.
  const row = { paginate: paginateListUserPools, input: { MaxResults: pageSize }, pageSize };
  for await (const page of walkPages(client, row, abortSignal)) yield page.UserPools;
};

const describePool = async (client: Client, { fields }: ListedItem, abortSignal: AbortSignal) => {
  const { Id } = fields as { Id?: string };
  const { UserPool } = await client.send(new DescribeUserPoolCommand({ UserPoolId: Id }), { abortSignal });
  return { fields: UserPool ?? fields };
};

const pools: DescribedRow<Client, 'cognito-idp.user-pool'> = {
  type: 'cognito-idp.user-pool',
  names: async function* names(client, abortSignal) {
    for await (const page of poolPages(client, abortSignal)) yield asItems(page);
  },
  batch: 1,
  describe: describeOne(describePool),
  gone,
};

interface InPool {
  readonly UserPoolId: string | undefined;
}

const inPools = <const Key extends string, Input extends InPool, Page>(
  type: Key,
  paginate: Paginate<Client, Input, Page>,
  items: (page: Page, pool: InPool) => Items,
): Listing<Client, Key> =>
  nested({
    type,
    parents: poolPages,
    children: async function* children(client, { Id: UserPoolId }, abortSignal) {
      const row = { paginate, input: { UserPoolId } as Input, pageSize };
      for await (const page of walkPages(client, row, abortSignal)) yield items(page, { UserPoolId });
    },
    gone,
  });

export const cognitoIdp = defineService(catalogue, configuration => new CognitoIdentityProviderClient(configuration), [
  described(pools),
  inPools('cognito-idp.client', paginateListUserPoolClients, page => page.UserPoolClients),
  inPools('cognito-idp.group', paginateListGroups, page => page.Groups),
  inPools('cognito-idp.identity-provider', paginateListIdentityProviders, (page, pool) =>
    page.Providers?.map(provider => ({ ...provider, ...pool })),
  ),
]);
