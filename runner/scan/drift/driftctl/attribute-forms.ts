// The attributes that terraform-provider-aws 3.40.0 asks for, of the types that driftctl supports: a state that lacks one fails its scan.
import type { AttributeForms } from './complete-attributes.ts';
import { readForms } from './read-forms.ts';

/**
 * Written by build/driftctl/provider/forms. A type in a line: s text, n number, b truth, d any, [list or set], <map>,
 * {object}.
 */
const lines = `
aws_vpc {arn:s,assign_generated_ipv6_cidr_block:b,cidr_block:s,default_network_acl_id:s,default_route_table_id:s,default_security_group_id:s,dhcp_options_id:s,enable_classiclink:b,enable_classiclink_dns_support:b,enable_dns_hostnames:b,enable_dns_support:b,id:s,instance_tenancy:s,ipv6_association_id:s,ipv6_cidr_block:s,main_route_table_id:s,owner_id:s,tags:<s>,tags_all:<s>}
`;

/** Forms for a provider of version 3; undefined for others, whose own forms are not known. */
export const formsFor = (providerVersion: string | undefined): Readonly<Record<string, AttributeForms>> | undefined =>
  providerVersion === undefined || providerVersion.startsWith('3.') ? readForms(lines) : undefined;
