// HCP Terraform: two questions and a download, and the token to its own host alone.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type Answer,
  type RecordedRequest,
  type RecordingServer,
  startRecordingServer,
} from '../../setup/recording-server.ts';
import { accessOf, readOne } from './state-access.ts';

let api: RecordingServer;
let archivist: RecordingServer;
let rule: (request: RecordedRequest) => Answer | undefined;

const json = (value: unknown): Answer => ({ status: 200, body: JSON.stringify(value) });

const answer = ({ url }: RecordedRequest): Answer => {
  if (url === '/api/v2/organizations/acme/workspaces/shop-prod')
    return json({ data: { id: 'ws-abc', type: 'workspaces' } });
  if (url === '/api/v2/workspaces/ws-abc/current-state-version') {
    return json({ data: { attributes: { 'hosted-state-download-url': `${archivist.url}/v1/object/signed` } } });
  }
  return { status: 404 };
};

beforeEach(async () => {
  rule = () => undefined;
  api = await startRecordingServer(undefined, request => rule(request) ?? answer(request));
  archivist = await startRecordingServer(undefined, () => ({ status: 200, body: 'a state' }));
});

afterEach(async () => {
  await api.stop();
  await archivist.stop();
});

const access = (environment: Record<string, string> = { TFE_TOKEN: 'token-1' }) =>
  accessOf({ environment: { TFE_ADDRESS: api.url, ...environment } });

describe('a state of HCP Terraform', () => {
  it.each([
    ['acme/shop-prod', 3],
    ['ws-abc', 2],
  ])('is found by %s', async (workspace, questions) => {
    expect(await readOne(`tfstate+tfcloud://${workspace}`, access())).toMatchObject({ text: 'a state' });
    expect(api.requests.map(({ headers }) => headers.authorization)).toEqual(
      Array(questions - 1).fill('Bearer token-1'),
    );
    expect(archivist.requests.map(({ url, headers }) => [url, headers.authorization])).toEqual([
      ['/v1/object/signed', undefined],
    ]);
  });

  it('that its own host gives needs the token', async () => {
    rule = ({ url }) => {
      if (url === '/download') return { status: 200, body: 'a state' };
      return json({ data: { attributes: { 'hosted-state-download-url': `${api.url}/download` } } });
    };
    expect(await readOne('tfstate+tfcloud://ws-abc', access())).toMatchObject({ text: 'a state' });
    expect(api.requests.at(-1)?.headers.authorization).toBe('Bearer token-1');
  });

  it.each([
    ['DCTL_TFC_TOKEN', { DCTL_TFC_TOKEN: 'token-2' }],
    ['a token of the host', { TF_TOKEN_127_0_0_1: 'token-2' }],
  ])('may be read with %s', async (_name, environment) => {
    expect(await readOne('tfstate+tfcloud://ws-abc', access(environment))).toMatchObject({ text: 'a state' });
    expect(api.requests[0]?.headers.authorization).toBe('Bearer token-2');
  });

  it('may be read with the token of a login', async () => {
    const home = mkdtempSync(join(tmpdir(), 'inventory-home-'));
    mkdirSync(join(home, '.terraform.d'));
    const credentials = { [new URL(api.url).host]: { token: 'token-3' } };
    writeFileSync(join(home, '.terraform.d', 'credentials.tfrc.json'), JSON.stringify({ credentials }));
    const state = await readOne('tfstate+tfcloud://ws-abc', access({ HOME: home }));
    rmSync(home, { recursive: true });
    expect(state).toMatchObject({ text: 'a state' });
    expect(api.requests[0]?.headers.authorization).toBe('Bearer token-3');
  });

  it('is denied without a token, and nobody is asked', async () => {
    expect(await readOne('tfstate+tfcloud://ws-abc', access({}))).toMatchObject({
      outcome: 'denied',
      message: expect.stringContaining('set TFE_TOKEN'),
    });
    expect(api.requests).toEqual([]);
  });

  it.each([
    [{ status: 401 }, 'denied', 'TFE_TOKEN'],
    [{ status: 404 }, 'not-found', 'Check the name of the workspace'],
    [json({ data: { attributes: {} } }), 'failed', 'hosted-state-download-url'],
    [{ status: 200, body: '<html>' }, 'failed', 'check TFE_HOSTNAME'],
  ])('that is answered %j says why', async (answered, outcome, words) => {
    rule = () => answered;
    const state = await readOne('tfstate+tfcloud://ws-abc', access());
    expect(state).toMatchObject({ outcome, message: expect.stringContaining(words) });
    expect(JSON.stringify(state)).not.toContain('token-1');
  });
});
