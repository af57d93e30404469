// SES: the listings' names of identities, configuration sets, templates, contact lists and pools of addresses.
import {
  paginateListConfigurationSets,
  paginateListContactLists,
  paginateListCustomVerificationEmailTemplates,
  paginateListDedicatedIpPools,
  paginateListEmailIdentities,
  paginateListEmailTemplates,
  SESv2Client,
} from '@aws-sdk/client-sesv2';
import { ses as catalogue } from '../../../../contract/catalogue/native/ses.ts';
import { defineService } from '../listing.ts';
import { paged } from '../rows.ts';

// SES answers about once a second, so that nothing is described one by one.
export const ses = defineService(catalogue, configuration => new SESv2Client(configuration), [
  paged(
    'ses.email-identity',
    { paginate: paginateListEmailIdentities, input: {}, pageSize: 1000 },
    page => page.EmailIdentities,
  ),
  paged('ses.configuration-set', { paginate: paginateListConfigurationSets, input: {} }, page =>
    page.ConfigurationSets?.map(ConfigurationSetName => ({ ConfigurationSetName })),
  ),
  paged(
    'ses.template',
    { paginate: paginateListEmailTemplates, input: {}, pageSize: 100 },
    page => page.TemplatesMetadata,
  ),
  paged(
    'ses.custom-verification-email-template',
    { paginate: paginateListCustomVerificationEmailTemplates, input: {}, pageSize: 50 },
    page => page.CustomVerificationEmailTemplates,
  ),
  paged('ses.contact-list', { paginate: paginateListContactLists, input: {} }, page => page.ContactLists),
  paged('ses.dedicated-ip-pool', { paginate: paginateListDedicatedIpPools, input: {} }, page =>
    page.DedicatedIpPools?.map(PoolName => ({ PoolName })),
  ),
]);
