// Amplify: apps, with the branches and domains of each.
import {
  AmplifyClient,
  paginateListApps,
  paginateListBranches,
  paginateListDomainAssociations,
} from '@aws-sdk/client-amplify';
import { amplify as catalogue } from '../../../../contract/catalogue/native/amplify.ts';
import { defineService } from '../listing.ts';
import { nested } from '../nested-rows.ts';
import { paged, walkPages } from '../rows.ts';

/** More branches or domains in one page are refused. */
const pageSize = 50;
const apps = { paginate: paginateListApps, input: {}, pageSize: 100 };
const gone = ['NotFoundException'];

const appIds = async function* appIds(client: AmplifyClient, abortSignal: AbortSignal) {
  for await (const page of walkPages(client, apps, abortSignal)) yield page.apps?.map(app => app.appId);
};

export const amplify = defineService(catalogue, configuration => new AmplifyClient(configuration), [
  paged('amplify.app', apps, page => page.apps),
  nested({
    type: 'amplify.branch',
    parents: appIds,
    children: async function* children(client: AmplifyClient, appId, abortSignal) {
      const row = { paginate: paginateListBranches, input: { appId }, pageSize };
      for await (const page of walkPages(client, row, abortSignal)) {
        yield page.branches?.map(branch => ({ ...branch, appId }));
      }
    },
    gone,
  }),
  nested({
    type: 'amplify.domain',
    parents: appIds,
    children: async function* children(client: AmplifyClient, appId, abortSignal) {
      const row = { paginate: paginateListDomainAssociations, input: { appId }, pageSize };
      for await (const page of walkPages(client, row, abortSignal)) {
        yield page.domainAssociations?.map(domain => ({ ...domain, appId }));
      }
    },
    gone,
  }),
]);
