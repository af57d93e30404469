// States in Azure Blob Storage, as Terraform's azurerm backend writes them, by its REST API.
import { type AzureAccount, azureAccount, principalToken, sharedKeyHeader } from './azure-credentials.ts';
import { findObjects, type ObjectPage, objectPlace, type PageOrder } from './find-objects.ts';
import type { HttpGet } from './http-get.ts';
import { stateOfAnswer } from './http-refusal.ts';
import { isUnread, type StateAccess, type StateAnswer, type StatePlace, type UnreadState } from './state-answer.ts';

/** The token of a service principal, fetched once, when neither a key nor a signature is given. */
type FetchToken = () => Promise<StateAnswer>;
type Ask = (path: string, query: Readonly<Record<string, string>>) => Promise<StateAnswer>;

const noAccount: UnreadState = {
  outcome: 'denied',
  message: 'No storage account is named: set AZURE_STORAGE_ACCOUNT (or AZURE_STORAGE_CONNECTION_STRING).',
};

const meaning = {
  grant:
    'Check the key or signature, let the principal be Storage Blob Data Reader on the container, and the firewall of the storage account admit this network.',
  correct: 'Correct drift.from or AZURE_STORAGE_ACCOUNT.',
};

const version = '2021-08-06';

interface Signed {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

const sign = async (account: AzureAccount, url: URL, fetchToken: FetchToken): Promise<Signed | UnreadState> => {
  const headers = { 'x-ms-date': new Date().toUTCString(), 'x-ms-version': version };
  if (account.key !== undefined) {
    return { url: url.href, headers: { ...headers, authorization: sharedKeyHeader(account, url, headers) } };
  }
  if (account.signature !== undefined) {
    return { url: `${url.href}${url.search === '' ? '?' : '&'}${account.signature}`, headers };
  }
  const token = await fetchToken();
  return isUnread(token) ? token : { url: url.href, headers: { ...headers, authorization: `Bearer ${token.text}` } };
};

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };
const xmlText = (text: string): string => text.replace(/&(\w+);/g, (all, name: string) => entities[name] ?? all);
const textOf = (xml: string, tag: string): string =>
  xmlText(new RegExp(`<${tag}>(.*?)</${tag}>`, 's').exec(xml)?.[1] ?? '');

const listPage = async (ask: Ask, { container, prefix, from }: PageOrder): Promise<ObjectPage | UnreadState> => {
  const marker = from === undefined ? {} : { marker: from };
  const answer = await ask(encodeURIComponent(container), { restype: 'container', comp: 'list', prefix, ...marker });
  if (isUnread(answer)) return answer;
  const blobs = [...answer.text.matchAll(/<Blob>.*?<\/Blob>/gs)];
  return {
    objects: blobs.map(([blob]) => ({ name: textOf(blob, 'Name'), bytes: Number(textOf(blob, 'Content-Length')) })),
    next: textOf(answer.text, 'NextMarker') || undefined,
  };
};

export const azureStates = ({ environment }: StateAccess, http: HttpGet): StatePlace => {
  const account = azureAccount(environment);
  let token: Promise<StateAnswer> | undefined;
  const fetchToken = () => {
    token ??= principalToken(environment, http);
    return token;
  };
  const ask: Ask = async (path, query) => {
    if (account === undefined) return noAccount;
    const url = new URL(`${account.endpoint}/${path}`);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    const signed = await sign(account, url, fetchToken);
    if (isUnread(signed)) return signed;
    return stateOfAnswer(await http.get(signed), { who: url.host, ...meaning });
  };
  return {
    find: location => findObjects(location, order => listPage(ask, order)),
    read: location => {
      const { container, name } = objectPlace(location);
      return ask([container, ...name.split('/')].map(encodeURIComponent).join('/'), {});
    },
    close: () => undefined,
  };
};
