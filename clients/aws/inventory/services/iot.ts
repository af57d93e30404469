// IoT Core: devices, what they may do and how they connect; the listing of role aliases gives names, which are described.
import {
  DescribeRoleAliasCommand,
  IoTClient,
  paginateListAuthorizers,
  paginateListBillingGroups,
  paginateListCACertificates,
  paginateListCertificates,
  paginateListDomainConfigurations,
  paginateListJobTemplates,
  paginateListPolicies,
  paginateListProvisioningTemplates,
  paginateListRoleAliases,
  paginateListSecurityProfiles,
  paginateListStreams,
  paginateListThingGroups,
  paginateListThings,
  paginateListThingTypes,
  paginateListTopicRuleDestinations,
  paginateListTopicRules,
} from '@aws-sdk/client-iot';
import { iot as catalogue } from '../../../../contract/catalogue/native/iot.ts';
import { type DescribedRow, described, describeOne } from '../described-rows.ts';
import { defineService, type ListedItem } from '../listing.ts';
import { asItems, type Items, type Paginate, paged, walkPages } from '../rows.ts';

const pageSize = 250;

const row = <const Key extends string, Input extends object, Page>(
  type: Key,
  paginate: Paginate<IoTClient, Input, Page>,
  items: (page: Page) => Items,
) => paged(type, { paginate, input: {} as Input, pageSize }, items);

const describeRoleAlias = async (client: IoTClient, item: ListedItem, abortSignal: AbortSignal) => {
  const { roleAlias } = item.fields as { roleAlias: string };
  const { roleAliasDescription } = await client.send(new DescribeRoleAliasCommand({ roleAlias }), { abortSignal });
  return { fields: roleAliasDescription ?? item.fields };
};

const roleAliases: DescribedRow<IoTClient, 'iot.role-alias'> = {
  type: 'iot.role-alias',
  names: async function* names(client, abortSignal) {
    const pages = walkPages(client, { paginate: paginateListRoleAliases, input: {}, pageSize }, abortSignal);
    for await (const page of pages) yield asItems(page.roleAliases?.map(roleAlias => ({ roleAlias })));
  },
  batch: 1,
  describe: describeOne(describeRoleAlias),
  gone: ['ResourceNotFoundException'],
};

export const iot = defineService(catalogue, configuration => new IoTClient(configuration), [
  row('iot.thing', paginateListThings, page => page.things),
  row('iot.thing-type', paginateListThingTypes, page => page.thingTypes),
  row('iot.thing-group', paginateListThingGroups, page => page.thingGroups),
  row('iot.billing-group', paginateListBillingGroups, page => page.billingGroups),
  row('iot.policy', paginateListPolicies, page => page.policies),
  row('iot.certificate', paginateListCertificates, page => page.certificates),
  row('iot.ca-certificate', paginateListCACertificates, page => page.certificates),
  row('iot.topic-rule', paginateListTopicRules, page => page.rules),
  row('iot.topic-rule-destination', paginateListTopicRuleDestinations, page => page.destinationSummaries),
  row('iot.domain-configuration', paginateListDomainConfigurations, page => page.domainConfigurations),
  row('iot.authorizer', paginateListAuthorizers, page => page.authorizers),
  row('iot.provisioning-template', paginateListProvisioningTemplates, page => page.templates),
  row('iot.job-template', paginateListJobTemplates, page => page.jobTemplates),
  row('iot.security-profile', paginateListSecurityProfiles, page => page.securityProfileIdentifiers),
  row('iot.stream', paginateListStreams, page => page.streams),
  described(roleAliases),
]);
