// AppConfig: applications, the environments and configuration profiles of each, and deployment strategies.
import {
  AppConfigClient,
  paginateListApplications,
  paginateListConfigurationProfiles,
  paginateListDeploymentStrategies,
  paginateListEnvironments,
} from '@aws-sdk/client-appconfig';
import { appconfig as catalogue } from '../../../../contract/catalogue/native/appconfig.ts';
import { defineService, type Listing } from '../listing.ts';
import { nested } from '../nested-rows.ts';
import { type Items, type Paginate, paged, walkPages } from '../rows.ts';

const pageSize = 50;
const applicationPages = { paginate: paginateListApplications, input: {}, pageSize };

const inApplications = <
  const Key extends string,
  Input extends { ApplicationId: string | undefined },
  Page extends { Items?: object[] | undefined },
>(
  type: Key,
  paginate: Paginate<AppConfigClient, Input, Page>,
): Listing<AppConfigClient, Key> =>
  nested({
    type,
    parents: async function* parents(client: AppConfigClient, abortSignal) {
      for await (const page of walkPages(client, applicationPages, abortSignal)) yield page.Items;
    },
    children: async function* children(client, { Id }, abortSignal): AsyncGenerator<Items> {
      const row = { paginate, input: { ApplicationId: Id } as Input, pageSize };
      for await (const page of walkPages(client, row, abortSignal)) yield page.Items;
    },
    gone: ['ResourceNotFoundException'],
  });

export const appconfig = defineService(catalogue, configuration => new AppConfigClient(configuration), [
  paged('appconfig.application', applicationPages, page => page.Items),
  inApplications('appconfig.environment', paginateListEnvironments),
  inApplications('appconfig.configuration-profile', paginateListConfigurationProfiles),
  // AWS's own strategies are the same everywhere and no account's resources.
  paged('appconfig.deployment-strategy', { paginate: paginateListDeploymentStrategies, input: {}, pageSize }, page =>
    page.Items?.filter(({ Id }) => !Id?.startsWith('AppConfig.')),
  ),
]);
