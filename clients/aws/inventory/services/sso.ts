// IAM Identity Center: the account's own instances, permission sets, and applications.
import {
  DescribePermissionSetCommand,
  type InstanceMetadata,
  paginateListApplications,
  paginateListInstances,
  paginateListPermissionSets,
  SSOAdminClient,
} from '@aws-sdk/client-sso-admin';
import { sso as catalogue } from '../../../../contract/catalogue/native/sso.ts';
import { callerAccount } from '../caller-account.ts';
import { type DescribedRow, described, describeOne } from '../described-rows.ts';
import { defineService, type ListedItem, type Listing } from '../listing.ts';
import { nested } from '../nested-rows.ts';
import { asItems, walkPages } from '../rows.ts';

const pageSize = 100;

/** Every account of an organization is shown the organization's instance, and refused what lies below it. */
const ownInstances = async function* (
  client: SSOAdminClient,
  abortSignal: AbortSignal,
): AsyncGenerator<InstanceMetadata[]> {
  const row = { paginate: paginateListInstances, input: {}, pageSize };
  for await (const { Instances = [] } of walkPages(client, row, abortSignal)) {
    const account = Instances.length === 0 ? '' : await callerAccount(client, abortSignal);
    yield Instances.filter(({ OwnerAccountId }) => OwnerAccountId === account);
  }
};

const instances: Listing<SSOAdminClient, 'sso.instance'> = {
  types: ['sso.instance'],
  pages: async function* pages(client, { abortSignal }) {
    for await (const page of ownInstances(client, abortSignal)) yield { type: 'sso.instance', items: asItems(page) };
  },
};

interface NamedSet {
  readonly InstanceArn: string | undefined;
  readonly PermissionSetArn: string;
}

const describeSet = async (client: SSOAdminClient, { fields }: ListedItem, abortSignal: AbortSignal) => {
  const command = new DescribePermissionSetCommand(fields as NamedSet);
  const { PermissionSet } = await client.send(command, { abortSignal });
  return { fields: { ...fields, ...PermissionSet } };
};

const permissionSets: DescribedRow<SSOAdminClient, 'sso.permission-set'> = {
  type: 'sso.permission-set',
  names: async function* names(client, abortSignal) {
    for await (const page of ownInstances(client, abortSignal)) {
      for (const { InstanceArn } of page) {
        const row = { paginate: paginateListPermissionSets, input: { InstanceArn }, pageSize };
        for await (const { PermissionSets = [] } of walkPages(client, row, abortSignal)) {
          yield asItems(PermissionSets.map((PermissionSetArn): NamedSet => ({ InstanceArn, PermissionSetArn })));
        }
      }
    }
  },
  batch: 1,
  describe: describeOne(describeSet),
  gone: ['ResourceNotFoundException'],
};

export const sso = defineService(catalogue, configuration => new SSOAdminClient(configuration), [
  instances,
  described(permissionSets),
  nested({
    type: 'sso.application',
    parents: ownInstances,
    children: async function* children(client, { InstanceArn }, abortSignal) {
      const row = { paginate: paginateListApplications, input: { InstanceArn }, pageSize };
      for await (const page of walkPages(client, row, abortSignal)) yield page.Applications;
    },
    gone: ['ResourceNotFoundException'],
  }),
]);
