// OIDC providers of an account: what lets service accounts of a cluster in. Throws what the SDK throws.
import {
  AddClientIDToOpenIDConnectProviderCommand,
  CreateOpenIDConnectProviderCommand,
  DeleteOpenIDConnectProviderCommand,
  GetOpenIDConnectProviderCommand,
  type IAMClient,
} from '@aws-sdk/client-iam';
import { tagList, tagMap } from '../tag-lists.ts';
import { unlessAbsent } from './iam-client.ts';

export interface LiveOidcProvider {
  readonly audiences: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
}

/** undefined when there is none. */
export const readOidcProvider = async (client: IAMClient, arn: string): Promise<LiveOidcProvider | undefined> => {
  const command = new GetOpenIDConnectProviderCommand({ OpenIDConnectProviderArn: arn });
  const answer = await unlessAbsent(client.send(command));
  return answer === undefined ? undefined : { audiences: answer.ClientIDList ?? [], tags: tagMap(answer.Tags) };
};

/** Without a thumbprint: IAM trusts the issuer's certificate as browsers do, and reads the thumbprint itself. */
export const createOidcProvider = async (
  client: IAMClient,
  { issuer, audience, tags }: { issuer: string; audience: string; tags: Readonly<Record<string, string>> },
): Promise<void> => {
  await client.send(
    new CreateOpenIDConnectProviderCommand({
      Url: `https://${issuer}`,
      ClientIDList: [audience],
      Tags: tagList(tags),
    }),
  );
};

export const addAudience = async (client: IAMClient, arn: string, audience: string): Promise<void> => {
  const command = new AddClientIDToOpenIDConnectProviderCommand({ OpenIDConnectProviderArn: arn, ClientID: audience });
  await client.send(command);
};

export const deleteOidcProvider = async (client: IAMClient, arn: string): Promise<void> => {
  await unlessAbsent(client.send(new DeleteOpenIDConnectProviderCommand({ OpenIDConnectProviderArn: arn })));
};
