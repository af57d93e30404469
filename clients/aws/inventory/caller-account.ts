// Whose account a client signs for, for calls that ask for it, or that show other accounts' resources as well.
import { GetCallerIdentityCommand, STSClient, type STSClientConfig } from '@aws-sdk/client-sts';

interface SigningClient {
  readonly config: Required<Pick<STSClientConfig, 'region' | 'credentials' | 'requestHandler'>>;
}

/** Needs no permission. The client's own connections are used, so that there is nothing to close afterwards. */
export const callerAccount = async ({ config }: SigningClient, abortSignal: AbortSignal): Promise<string> => {
  const { region, credentials, requestHandler } = config;
  const sts = new STSClient({ region, credentials, requestHandler });
  const { Account } = await sts.send(new GetCallerIdentityCommand({}), { abortSignal });
  return Account ?? '';
};
