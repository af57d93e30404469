// Azure Blob Storage: a shared key, a signature or a principal, pages of a glob, and refusals.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { azureAccount, sharedKeyHeader } from '../../../clients/states/azure-credentials.ts';
import {
  type Answer,
  type RecordedRequest,
  type RecordingServer,
  startRecordingServer,
} from '../../setup/recording-server.ts';
import { accessOf, readAll, readOne } from './state-access.ts';

let server: RecordingServer;
let rule: (request: RecordedRequest) => Answer;

beforeEach(async () => {
  rule = ({ url }) => ({ status: 200, body: `state of ${url}` });
  server = await startRecordingServer(undefined, request => rule(request));
});

afterEach(() => server.stop());

const access = (environment: Record<string, string>) =>
  accessOf({
    environment: { AZURE_STORAGE_CONNECTION_STRING: `AccountName=acme;BlobEndpoint=${server.url}`, ...environment },
  });

const key = 'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==';

describe('the storage account', () => {
  it.each([
    [
      { AZURE_STORAGE_ACCOUNT: 'acme', AZURE_STORAGE_KEY: 'a==' },
      'https://acme.blob.core.windows.net',
      'a==',
      undefined,
    ],
    [{ AZURE_STORAGE_ACCOUNT: 'acme', ARM_ACCESS_KEY: 'b=' }, 'https://acme.blob.core.windows.net', 'b=', undefined],
    [
      { AZURE_STORAGE_ACCOUNT: 'acme', ARM_SAS_TOKEN: '?sv=1&sig=2' },
      'https://acme.blob.core.windows.net',
      undefined,
      'sv=1&sig=2',
    ],
    [
      { AZURE_STORAGE_CONNECTION_STRING: 'AccountName=acme;AccountKey=c==;EndpointSuffix=core.chinacloudapi.cn' },
      'https://acme.blob.core.chinacloudapi.cn',
      'c==',
      undefined,
    ],
  ])('is read from %j', (environment, endpoint, accountKey, signature) => {
    expect(azureAccount(environment)).toEqual({ name: 'acme', endpoint, key: accountKey, signature });
  });

  // The form that Azurite 3 has accepted.
  it('signs what Azure signs', () => {
    const account = {
      name: 'devstoreaccount1',
      endpoint: 'http://127.0.0.1:10000/devstoreaccount1',
      key,
      signature: undefined,
    };
    const url = new URL(`${account.endpoint}/tfstate?restype=container&comp=list&prefix=env%2F`);
    const headers = { 'x-ms-version': '2021-08-06', 'x-ms-date': 'Thu, 26 Nov 2026 07:00:00 GMT' };
    expect(sharedKeyHeader(account, url, headers)).toBe(
      'SharedKey devstoreaccount1:DXsjOwL7RZ/qrXc8aeDH1ZyWvSvCL9puICaH9IuzwQw=',
    );
  });
});

describe('a state in Azure', () => {
  it('is read with a shared key', async () => {
    expect(await readOne('tfstate+azurerm://tfstate/env/prod a.tfstate', access({ ARM_ACCESS_KEY: key }))).toEqual({
      location: 'tfstate+azurerm://tfstate/env/prod a.tfstate',
      text: 'state of /tfstate/env/prod%20a.tfstate',
    });
    const { headers } = server.requests[0] ?? {};
    expect(headers).toMatchObject({
      'x-ms-version': '2021-08-06',
      authorization: expect.stringMatching(/^SharedKey acme:[A-Za-z0-9+/]{43}=$/),
    });
  });

  it('is read with a signature, and without any header of credentials', async () => {
    const state = await readOne('tfstate+azurerm://tfstate/x', access({ ARM_SAS_TOKEN: 'sv=1&sig=abc%3D' }));
    expect(state).toMatchObject({ text: 'state of /tfstate/x?sv=1&sig=abc%3D' });
    expect(server.requests[0]?.headers).not.toHaveProperty('authorization');
  });

  it('is read with the token that a service principal gets once', async () => {
    rule = ({ url }) =>
      url.endsWith('/token') ? { status: 200, body: '{"access_token":"entra"}' } : { status: 200, body: 'a state' };
    const environment = {
      ARM_TENANT_ID: 'tenant-1',
      ARM_CLIENT_ID: 'client-1',
      ARM_CLIENT_SECRET: 's&cret',
      AZURE_AUTHORITY_HOST: `${server.url}/`,
    };
    const states = await readAll(['tfstate+azurerm://c/x', 'tfstate+azurerm://c/y'], access(environment));
    expect(states).toMatchObject([{ text: 'a state' }, { text: 'a state' }]);
    expect(server.requests.map(({ url }) => url)).toEqual(['/tenant-1/oauth2/v2.0/token', '/c/x', '/c/y']);
    expect(Object.fromEntries(new URLSearchParams(server.requests[0]?.body.toString()))).toMatchObject({
      client_id: 'client-1',
      client_secret: 's&cret',
    });
    expect(server.requests[1]?.headers.authorization).toBe('Bearer entra');
  });

  it('is one of those that a glob means, on all pages', async () => {
    const blob = (name: string, bytes = 9) =>
      `<Blob><Name>${name}</Name><Properties><Content-Length>${bytes}</Content-Length></Properties></Blob>`;
    rule = ({ url }) => {
      const query = new URL(url, server.url).searchParams;
      if (query.get('comp') !== 'list') return { status: 200, body: 'a state' };
      const isLast = query.get('marker') === 'm/1';
      const blobs = isLast ? blob('env/z.tfstate') : `${blob('env/a&amp;b.tfstate')}${blob('env/folder', 0)}`;
      const next = isLast ? '' : 'm/1';
      return {
        status: 200,
        body: `<?xml version="1.0"?><EnumerationResults><Blobs>${blobs}</Blobs><NextMarker>${next}</NextMarker></EnumerationResults>`,
      };
    };
    const states = await readAll(['tfstate+azurerm://c/env/**'], access({ ARM_ACCESS_KEY: key }));
    expect(states.map(({ location }) => location)).toEqual([
      'tfstate+azurerm://c/env/a&b.tfstate',
      'tfstate+azurerm://c/env/z.tfstate',
    ]);
  });

  it.each([
    ['no account', { AZURE_STORAGE_CONNECTION_STRING: '' }, 'set AZURE_STORAGE_ACCOUNT'],
    ['no credentials', {}, 'set ARM_ACCESS_KEY'],
  ])('is denied with %s, and nobody is asked', async (_name, environment, words) => {
    const said = { outcome: 'denied', message: expect.stringContaining(words) };
    expect(await readAll(['tfstate+azurerm://c/x', 'tfstate+azurerm://c/**'], access(environment))).toMatchObject([
      said,
      said,
    ]);
    expect(server.requests).toEqual([]);
  });

  it.each([
    [403, 'denied', 'Storage Blob Data Reader'],
    [404, 'not-found', 'AZURE_STORAGE_ACCOUNT'],
  ])('that answers %i is %s', async (status, outcome, words) => {
    rule = () => ({ status, body: '<Error/>' });
    const state = await readOne('tfstate+azurerm://c/x', access({ ARM_SAS_TOKEN: 'sv=1&sig=secret' }));
    expect(state).toMatchObject({ outcome, message: expect.stringContaining(words) });
    expect(JSON.stringify(state)).not.toContain('secret');
  });
});
