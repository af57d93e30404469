// Organizations: the organization with its accounts, units and policies, in the records of its management account alone.
import {
  DescribeOrganizationCommand,
  type Organization,
  OrganizationsClient,
  type PolicyType,
  paginateListAccounts,
  paginateListOrganizationalUnitsForParent,
  paginateListPolicies,
  paginateListRoots,
} from '@aws-sdk/client-organizations';
import { organizations as catalogue } from '../../../../contract/catalogue/native/organizations.ts';
import { callerAccount } from '../caller-account.ts';
import { defineService, type Listing } from '../listing.ts';
import { nested } from '../nested-rows.ts';
import { asItems, paged, single, walkPages } from '../rows.ts';

const organizationOf = async (
  client: OrganizationsClient,
  options: { abortSignal: AbortSignal },
): Promise<Organization | undefined> => (await client.send(new DescribeOrganizationCommand({}), options)).Organization;

/**
 * Members may ask for their organization, and are denied everything else; a delegated administrator sees all of it a
 * second time. Neither owns any of it, so that nothing more is asked there.
 */
const ofManagement = <Key extends string>(
  listing: Listing<OrganizationsClient, Key>,
): Listing<OrganizationsClient, Key> => ({
  types: listing.types,
  pages: async function* pages(client, options) {
    const { abortSignal } = options;
    const organization = await organizationOf(client, { abortSignal });
    if (organization?.MasterAccountId === (await callerAccount(client, abortSignal))) {
      yield* listing.pages(client, options);
    } else {
      for (const type of listing.types) yield { type, items: [] };
    }
  },
});

const unitsBelow = async function* (
  client: OrganizationsClient,
  parent: string | undefined,
  abortSignal: AbortSignal,
): AsyncGenerator<object[]> {
  const row = { paginate: paginateListOrganizationalUnitsForParent, input: { ParentId: parent } };
  for await (const page of walkPages(client, row, abortSignal)) {
    const units = page.OrganizationalUnits ?? [];
    yield units.map(unit => ({ ...unit, ParentId: parent }));
    for (const { Id } of units) yield* unitsBelow(client, Id, abortSignal);
  }
};

/** Kinds that every partition knows; younger ones are refused where they are not known yet. */
const policyTypes: readonly PolicyType[] = [
  'SERVICE_CONTROL_POLICY',
  'RESOURCE_CONTROL_POLICY',
  'TAG_POLICY',
  'BACKUP_POLICY',
  'AISERVICES_OPT_OUT_POLICY',
];

const policies: Listing<OrganizationsClient, 'organizations.policy'> = {
  types: ['organizations.policy'],
  pages: async function* pages(client, { abortSignal }) {
    for (const Filter of policyTypes) {
      const row = { paginate: paginateListPolicies, input: { Filter } };
      for await (const page of walkPages(client, row, abortSignal)) {
        // FullAWSAccess and its like are AWS's own, the same everywhere.
        const own = page.Policies?.filter(({ AwsManaged }) => !AwsManaged);
        yield { type: 'organizations.policy', items: asItems(own) };
      }
    }
  },
};

export const organizations = defineService(catalogue, configuration => new OrganizationsClient(configuration), [
  ofManagement(
    single('organizations.organization', async (client: OrganizationsClient, options) => {
      const organization = await organizationOf(client, options);
      return organization && [organization];
    }),
  ),
  ofManagement(paged('organizations.account', { paginate: paginateListAccounts, input: {} }, page => page.Accounts)),
  ofManagement(
    nested({
      type: 'organizations.organizational-unit',
      parents: async function* parents(client: OrganizationsClient, abortSignal) {
        const row = { paginate: paginateListRoots, input: {} };
        for await (const page of walkPages(client, row, abortSignal)) yield page.Roots;
      },
      children: (client, { Id }, abortSignal) => unitsBelow(client, Id, abortSignal),
      gone: ['ParentNotFoundException'],
    }),
  ),
  ofManagement(policies),
]);
