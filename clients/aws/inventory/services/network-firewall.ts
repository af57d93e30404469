// Network Firewall: lists give names and ARNs; firewalls are described, for where they stand and how they are.
import {
  DescribeFirewallCommand,
  NetworkFirewallClient,
  paginateListFirewallPolicies,
  paginateListFirewalls,
  paginateListRuleGroups,
  paginateListTLSInspectionConfigurations,
  paginateListVpcEndpointAssociations,
} from '@aws-sdk/client-network-firewall';
import { networkFirewall as catalogue } from '../../../../contract/catalogue/native/network-firewall.ts';
import { type DescribedRow, described, describeOne } from '../described-rows.ts';
import { defineService } from '../listing.ts';
import { paged, walkPages } from '../rows.ts';

const pageSize = 100;

const firewalls: DescribedRow<NetworkFirewallClient, 'network-firewall.firewall'> = {
  type: 'network-firewall.firewall',
  names: async function* names(client, abortSignal) {
    const row = { paginate: paginateListFirewalls, input: {}, pageSize };
    for await (const page of walkPages(client, row, abortSignal)) {
      yield (page.Firewalls ?? []).map(fields => ({ fields }));
    }
  },
  batch: 1,
  describe: describeOne(async (client: NetworkFirewallClient, { fields }, abortSignal) => {
    const { FirewallArn } = fields as { FirewallArn?: string };
    const command = new DescribeFirewallCommand({ FirewallArn });
    const { Firewall, FirewallStatus } = await client.send(command, { abortSignal });
    return { fields: { ...fields, ...Firewall, FirewallStatus } };
  }),
  gone: ['ResourceNotFoundException'],
};

export const networkFirewall = defineService(catalogue, configuration => new NetworkFirewallClient(configuration), [
  described(firewalls),
  paged(
    'network-firewall.firewall-policy',
    { paginate: paginateListFirewallPolicies, input: {}, pageSize },
    page => page.FirewallPolicies,
  ),
  paged(
    'network-firewall.rule-group',
    // The other scope is that of the groups that AWS manages.
    { paginate: paginateListRuleGroups, input: { Scope: 'ACCOUNT' as const }, pageSize },
    page => page.RuleGroups,
  ),
  paged(
    'network-firewall.tls-inspection-configuration',
    { paginate: paginateListTLSInspectionConfigurations, input: {}, pageSize },
    page => page.TLSInspectionConfigurations,
  ),
  paged(
    'network-firewall.vpc-endpoint-association',
    { paginate: paginateListVpcEndpointAssociations, input: {}, pageSize },
    page => page.VpcEndpointAssociations,
  ),
]);
