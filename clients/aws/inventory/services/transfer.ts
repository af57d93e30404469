// Transfer Family: servers with the users that they keep themselves, workflows, and what AS2 and SFTP connect by.
import {
  type ListedServer,
  paginateListCertificates,
  paginateListConnectors,
  paginateListProfiles,
  paginateListServers,
  paginateListUsers,
  paginateListWorkflows,
  TransferClient,
} from '@aws-sdk/client-transfer';
import { transfer as catalogue } from '../../../../contract/catalogue/native/transfer.ts';
import { defineService } from '../listing.ts';
import { nested } from '../nested-rows.ts';
import { paged, walkPages } from '../rows.ts';

const servers = { paginate: paginateListServers, input: {} };

/** Users of other servers are in a directory or behind a function, and no resources. */
const keepsUsers = ({ IdentityProviderType }: ListedServer): boolean => IdentityProviderType === 'SERVICE_MANAGED';

const users = nested({
  type: 'transfer.user',
  parents: async function* parents(client: TransferClient, abortSignal) {
    for await (const page of walkPages(client, servers, abortSignal)) yield page.Servers?.filter(keepsUsers);
  },
  children: async function* children(client, { ServerId }: ListedServer, abortSignal) {
    const row = { paginate: paginateListUsers, input: { ServerId } };
    for await (const page of walkPages(client, row, abortSignal))
      yield page.Users?.map(user => ({ ...user, ServerId }));
  },
  gone: ['ResourceNotFoundException'],
});

export const transfer = defineService(catalogue, configuration => new TransferClient(configuration), [
  paged('transfer.server', servers, page => page.Servers),
  users,
  paged('transfer.workflow', { paginate: paginateListWorkflows, input: {} }, page => page.Workflows),
  paged('transfer.connector', { paginate: paginateListConnectors, input: {} }, page => page.Connectors),
  paged('transfer.profile', { paginate: paginateListProfiles, input: {} }, page => page.Profiles),
  paged('transfer.certificate', { paginate: paginateListCertificates, input: {} }, page => page.Certificates),
]);
