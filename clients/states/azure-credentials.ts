// Who asks Azure for a state: a shared key, a signed URL, or a service principal; named as Terraform, Azure or driftctl do.
import { createHmac } from 'node:crypto';
import type { HttpGet } from './http-get.ts';
import type { StateAccess, UnreadState } from './state-answer.ts';

type Environment = StateAccess['environment'];

export interface AzureAccount {
  readonly name: string;
  /** `https://account.blob.core.windows.net`, without a slash at its end. */
  readonly endpoint: string;
  readonly key: string | undefined;
  /** Of a shared access signature, without its question mark. */
  readonly signature: string | undefined;
}

const firstOf = (environment: Environment, names: readonly string[]): string | undefined =>
  names.map(name => environment[name]).find(Boolean);

/** `AccountName=…;AccountKey=…`: values may hold `=`. */
const connectionString = (text: string): Record<string, string> =>
  Object.fromEntries(
    text
      .split(';')
      .filter(part => part.includes('='))
      .map(part => [part.slice(0, part.indexOf('=')), part.slice(part.indexOf('=') + 1)]),
  );

/** The account that the environment names; undefined when it names none. */
export const azureAccount = (environment: Environment): AzureAccount | undefined => {
  const string = connectionString(environment['AZURE_STORAGE_CONNECTION_STRING'] ?? '');
  const name = firstOf(environment, ['AZURE_STORAGE_ACCOUNT', 'ARM_STORAGE_ACCOUNT_NAME']) ?? string['AccountName'];
  if (name === undefined) return undefined;
  const usual = `https://${name}.blob.${string['EndpointSuffix'] ?? 'core.windows.net'}`;
  const signature = firstOf(environment, ['ARM_SAS_TOKEN', 'AZURE_STORAGE_SAS_TOKEN']);
  return {
    name,
    endpoint: (string['BlobEndpoint'] ?? usual).replace(/\/+$/, ''),
    key: firstOf(environment, ['ARM_ACCESS_KEY', 'AZURE_STORAGE_KEY']) ?? string['AccountKey'],
    signature: (signature ?? string['SharedAccessSignature'])?.replace(/^\?/, ''),
  };
};

/** The header by which Azure knows that the sender has the key: over the request's parts, in Azure's order. */
export const sharedKeyHeader = (account: AzureAccount, url: URL, headers: Readonly<Record<string, string>>): string => {
  const own = Object.entries(headers)
    .filter(([name]) => name.startsWith('x-ms-'))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}:${value}`);
  const query = [...url.searchParams].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, value]) => `${name}:${value}`);
  // The method, then eleven standard headers, none of which is sent.
  const text = ['GET', ...Array<string>(11).fill(''), ...own, `/${account.name}${url.pathname}`, ...query].join('\n');
  const key = Buffer.from(account.key ?? '', 'base64');
  return `SharedKey ${account.name}:${createHmac('sha256', key).update(text, 'utf8').digest('base64')}`;
};

/** A token of the service principal; a refusal when there is none, or Entra ID refuses it. */
export const principalToken = async (
  environment: Environment,
  http: HttpGet,
): Promise<{ readonly text: string } | UnreadState> => {
  const given = environment['AZURE_STORAGE_AUTH_TOKEN'];
  if (given) return { text: given };
  const tenant = firstOf(environment, ['ARM_TENANT_ID', 'AZURE_TENANT_ID']);
  const client = firstOf(environment, ['ARM_CLIENT_ID', 'AZURE_CLIENT_ID']);
  const secret = firstOf(environment, ['ARM_CLIENT_SECRET', 'AZURE_CLIENT_SECRET']);
  if (!(tenant && client && secret)) {
    const message =
      'There are no credentials for Azure: set ARM_ACCESS_KEY, ARM_SAS_TOKEN, or ARM_TENANT_ID with ARM_CLIENT_ID and ARM_CLIENT_SECRET.';
    return { outcome: 'denied', message };
  }
  const authority = (environment['AZURE_AUTHORITY_HOST'] || 'https://login.microsoftonline.com').replace(/\/+$/, '');
  const { status, body } = await http.get({
    url: `${authority}/${encodeURIComponent(tenant)}/oauth2/v2.0/token`,
    form: {
      grant_type: 'client_credentials',
      client_id: client,
      client_secret: secret,
      scope: 'https://storage.azure.com/.default',
    },
  });
  if (status === 200) {
    const { access_token: token } = JSON.parse(body.toString('utf8')) as { access_token?: string };
    if (token) return { text: token };
  }
  return { outcome: 'denied', message: `Entra ID gave client ${client} no token (${status}): renew its secret.` };
};
