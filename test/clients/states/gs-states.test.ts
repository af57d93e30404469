// Google Cloud Storage: tokens as they are given or fetched, pages of a glob, and refusals.
import { createVerify, generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type Answer,
  type RecordedRequest,
  type RecordingServer,
  startRecordingServer,
} from '../../setup/recording-server.ts';
import { accessOf, readAll, readOne } from './state-access.ts';

let server: RecordingServer;
let rule: (request: RecordedRequest) => Answer;

const json = (value: unknown): Answer => ({ status: 200, body: JSON.stringify(value) });

beforeEach(async () => {
  rule = ({ url }) => ({ status: 200, body: `state of ${url}` });
  server = await startRecordingServer(undefined, request => rule(request));
});

afterEach(() => server.stop());

const access = (environment: Record<string, string> = { GOOGLE_OAUTH_ACCESS_TOKEN: 'ya29.token' }) =>
  accessOf({ environment: { GOOGLE_BACKEND_STORAGE_CUSTOM_ENDPOINT: `${server.url}/storage/v1/`, ...environment } });

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const keyFile = () =>
  JSON.stringify({
    type: 'service_account',
    client_email: 'drift@acme.iam.gserviceaccount.com',
    private_key: privateKey.export({ type: 'pkcs8', format: 'pem' }),
    token_uri: `${server.url}/token`,
  });

describe('a state in Google Cloud Storage', () => {
  it('is read with a token', async () => {
    expect(await readOne('tfstate+gs://acme-states/prod/default.tfstate', access())).toEqual({
      location: 'tfstate+gs://acme-states/prod/default.tfstate',
      text: 'state of /storage/v1/b/acme-states/o/prod%2Fdefault.tfstate?alt=media',
    });
    expect(server.requests[0]?.headers.authorization).toBe('Bearer ya29.token');
  });

  it('that has a key of its own is read with it', async () => {
    const key = Buffer.alloc(32, 7).toString('base64');
    await readOne('tfstate+gs://b/x', access({ GOOGLE_OAUTH_ACCESS_TOKEN: 't', GOOGLE_ENCRYPTION_KEY: key }));
    expect(server.requests[0]?.headers).toMatchObject({
      'x-goog-encryption-algorithm': 'AES256',
      'x-goog-encryption-key': key,
      'x-goog-encryption-key-sha256': 'S7Bvjk46dxXSAdVz0KpCN2LlXavWGiwCJ4+lbMbSlOA=',
    });
  });

  it.each(['its text', 'its file'])(
    'is read with a token that the key of a service account gets once, given as %s',
    async how => {
      const directory = mkdtempSync(join(tmpdir(), 'inventory-key-'));
      const file = join(directory, 'key.json');
      writeFileSync(file, keyFile());
      rule = ({ url }) =>
        url === '/token' ? json({ access_token: 'ya29.fetched' }) : { status: 200, body: 'a state' };
      const environment = { GOOGLE_CREDENTIALS: how === 'its file' ? file : keyFile() };
      const states = await readAll(['tfstate+gs://b/x', 'tfstate+gs://b/y'], access(environment));
      rmSync(directory, { recursive: true });
      expect(states).toMatchObject([{ text: 'a state' }, { text: 'a state' }]);
      expect(server.requests.map(({ method }) => method)).toEqual(['POST', 'GET', 'GET']);
      expect(server.requests.slice(1).map(({ headers }) => headers.authorization)).toEqual(
        Array(2).fill('Bearer ya29.fetched'),
      );
      const form = new URLSearchParams(server.requests[0]?.body.toString());
      const [header = '', claims = '', signature = ''] = (form.get('assertion') ?? '').split('.');
      expect(createVerify('RSA-SHA256').update(`${header}.${claims}`).verify(publicKey, signature, 'base64url')).toBe(
        true,
      );
      expect(JSON.parse(Buffer.from(claims, 'base64url').toString())).toMatchObject({
        iss: 'drift@acme.iam.gserviceaccount.com',
        aud: `${server.url}/token`,
      });
    },
  );

  it('is one of those that a glob means, on all pages', async () => {
    rule = ({ url }) => {
      const query = new URL(url, server.url).searchParams;
      if (query.get('alt') === 'media') return { status: 200, body: 'a state' };
      const items = ['p/a.tfstate', 'p/folder/'].map(name => ({ name, size: name.endsWith('/') ? '0' : '9' }));
      if (query.get('pageToken') === 'next') return json({ items: [{ name: 'p/x/b.tfstate', size: '9' }] });
      return json({ items, nextPageToken: 'next' });
    };
    const states = await readAll(['tfstate+gs://acme/p/**'], access());
    expect(states.map(({ location }) => location)).toEqual([
      'tfstate+gs://acme/p/a.tfstate',
      'tfstate+gs://acme/p/x/b.tfstate',
    ]);
    expect(new URL(server.requests[0]?.url ?? '', server.url).searchParams.get('prefix')).toBe('p/');
  });

  it('of an empty bucket is not found', async () => {
    rule = () => json({ kind: 'storage#objects' });
    expect(await readOne('tfstate+gs://acme/**', access())).toMatchObject({ outcome: 'not-found' });
  });

  it.each([
    [401, 'denied', 'roles/storage.objectViewer'],
    [404, 'not-found', 'Correct drift.from'],
  ])('that answers %i is %s', async (status, outcome, words) => {
    rule = () => ({ status });
    const said = { outcome, message: expect.stringContaining(words) };
    expect(await readAll(['tfstate+gs://acme/x', 'tfstate+gs://acme/**'], access())).toMatchObject([said, said]);
  });

  it.each([
    ['no credentials', {}, 'set GOOGLE_CREDENTIALS'],
    ['a key that is none', { GOOGLE_CREDENTIALS: '{"hunter22":' }, 'no key of a service account'],
    ['a key of a person', { GOOGLE_CREDENTIALS: '{"type":"authorized_user"}' }, 'no key of a service account'],
    [
      'a file that is not there',
      { GOOGLE_APPLICATION_CREDENTIALS: '/nowhere/key.json' },
      'no key of a service account',
    ],
  ])('is denied with %s', async (_name, environment, words) => {
    const state = await readOne('tfstate+gs://acme/x', access(environment));
    expect(state).toMatchObject({ outcome: 'denied', message: expect.stringContaining(words) });
    expect(JSON.stringify(state)).not.toContain('hunter22');
    expect(server.requests).toEqual([]);
  });

  it('is denied when Google refuses the key', async () => {
    rule = () => ({ status: 400, body: '{"error":"invalid_grant"}' });
    expect(await readOne('tfstate+gs://acme/x', access({ GOOGLE_CREDENTIALS: keyFile() }))).toMatchObject({
      outcome: 'denied',
      message: 'Google gave drift@acme.iam.gserviceaccount.com no token (400): renew its key.',
    });
  });
});
