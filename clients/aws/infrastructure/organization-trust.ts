// What the Organization allows StackSets, and to whom it has handed them. Throws what the SDK throws.
import {
  ListRootsCommand,
  OrganizationsClient,
  paginateListAWSServiceAccessForOrganization,
  paginateListDelegatedAdministrators,
  RegisterDelegatedAdministratorCommand,
} from '@aws-sdk/client-organizations';
import { type AwsConnection, clientConfiguration } from '../connection.ts';

const stackSetsPrincipal = 'member.org.stacksets.cloudformation.amazonaws.com';

const ask = async <Answer>(
  connection: AwsConnection,
  run: (client: OrganizationsClient) => Promise<Answer>,
): Promise<Answer> => {
  const client = new OrganizationsClient(clientConfiguration(connection));
  try {
    return await run(client);
  } finally {
    client.destroy();
  }
};

/** `r-…` */
export const readRoot = (connection: AwsConnection): Promise<string> =>
  ask(connection, async client => (await client.send(new ListRootsCommand({}))).Roots?.[0]?.Id ?? '');

export const isTrusted = (connection: AwsConnection): Promise<boolean> =>
  ask(connection, async client => {
    for await (const page of paginateListAWSServiceAccessForOrganization({ client }, {}))
      if (page.EnabledServicePrincipals?.some(({ ServicePrincipal }) => ServicePrincipal === stackSetsPrincipal))
        return true;
    return false;
  });

export const listDelegatedAdministrators = (connection: AwsConnection): Promise<string[]> =>
  ask(connection, async client => {
    const ids: string[] = [];
    const input = { ServicePrincipal: stackSetsPrincipal };
    for await (const page of paginateListDelegatedAdministrators({ client }, input))
      ids.push(...(page.DelegatedAdministrators ?? []).flatMap(({ Id }) => Id ?? []));
    return ids;
  });

export const registerDelegatedAdministrator = (connection: AwsConnection, AccountId: string): Promise<void> =>
  ask(connection, async client => {
    const input = { AccountId, ServicePrincipal: stackSetsPrincipal };
    await client.send(new RegisterDelegatedAdministratorCommand(input));
  });
