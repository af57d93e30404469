// IAM: one call gives users, groups, roles and the account's own policies, with tags and documents.
import {
  type EntityType,
  type GetAccountAuthorizationDetailsCommandInput,
  IAMClient,
  paginateGetAccountAuthorizationDetails,
  paginateListInstanceProfiles,
} from '@aws-sdk/client-iam';
import type { ResourceTypeKey } from '../../../contract/catalogue/services.ts';
import { defineService, type Items, type Listing, paged, walkPages } from './listing.ts';

/** AWS's own managed policies, over a thousand, are the same everywhere and no account's resources. */
const own: EntityType[] = ['User', 'Group', 'Role', 'LocalManagedPolicy'];

const row = {
  paginate: paginateGetAccountAuthorizationDetails,
  input: { Filter: own } satisfies GetAccountAuthorizationDetailsCommandInput,
};

const details: Listing<IAMClient> = {
  types: ['iam.user', 'iam.group', 'iam.role', 'iam.policy'],
  pages: async function* pages(client, { abortSignal }) {
    for await (const page of walkPages(client, row, abortSignal)) {
      const parts: readonly [ResourceTypeKey, Items][] = [
        ['iam.user', page.UserDetailList],
        ['iam.group', page.GroupDetailList],
        ['iam.role', page.RoleDetailList],
        ['iam.policy', page.Policies],
      ];
      for (const [type, items] of parts) yield { type, items: (items ?? []).map(fields => ({ fields })) };
    }
  },
};

export const iam = defineService('iam', configuration => new IAMClient(configuration), [
  details,
  paged('iam.instance-profile', { paginate: paginateListInstanceProfiles, input: {} }, page => page.InstanceProfiles),
]);
