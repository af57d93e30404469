// States behind URLs: headers, sign-in, redirections, and what each status means.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { maxStateBytes } from '../../../clients/states/state-answer.ts';
import {
  type Answer,
  type RecordedRequest,
  type RecordingServer,
  startRecordingServer,
} from '../../setup/recording-server.ts';
import { accessOf, loopback, readOne } from './state-access.ts';

let server: RecordingServer;
let rule: (request: RecordedRequest) => Answer | 'never';

beforeEach(async () => {
  rule = () => ({ status: 200, body: 'a state' });
  server = await startRecordingServer(undefined, request => rule(request));
});

afterEach(() => server.stop());

const host = (): string => server.url.slice('http://'.length);

describe('a state behind a URL', () => {
  it('is asked for with the headers that are given', async () => {
    const access = accessOf({ headers: { 'PRIVATE-TOKEN': 'glpat-1' } });
    expect(await readOne(`tfstate+http://${host()}/state/prod`, access)).toEqual({
      location: `tfstate+http://${host()}/state/prod`,
      text: 'a state',
    });
    expect(server.requests[0]).toMatchObject({
      method: 'GET',
      url: '/state/prod',
      headers: { 'private-token': 'glpat-1' },
    });
  });

  it('is asked for with the user of its URL, which is shown nowhere', async () => {
    rule = () => ({ status: 401 });
    const state = await readOne(`tfstate+http://ci:h%40nter22@${host()}/state?x=1`, accessOf());
    const { authorization } = server.requests[0]?.headers ?? {};
    expect(Buffer.from(authorization?.replace('Basic ', '') ?? '', 'base64').toString()).toBe('ci:h@nter22');
    expect(JSON.stringify(state)).not.toMatch(/nter22|x=1/);
    expect(state).toMatchObject({ location: `tfstate+http://${host()}/state?…`, outcome: 'denied' });
  });

  it.each([
    ['a header', 'tfstate+http://states.example/x', { 'PRIVATE-TOKEN': 'glpat-1' }],
    ['a password', 'tfstate+http://ci:hunter22@states.example/x', {}],
  ])('gets no %s in the clear, off this machine', async (_what, location, headers) => {
    const state = await readOne(location, accessOf({ headers }));
    expect(state).toMatchObject({ outcome: 'denied', message: expect.stringContaining('tfstate+https://') });
    expect(JSON.stringify(state)).not.toMatch(/glpat|hunter22/);
  });

  it.each([
    [401, 'denied', 'header'],
    [403, 'denied', 'header'],
    [404, 'not-found', 'Correct the URL'],
    [204, 'not-found', 'there is no such state'],
    [418, 'failed', 'answered 418'],
    [503, 'failed', 'Retry'],
  ])('that answers %i is %s', async (status, outcome, words) => {
    rule = () => ({ status });
    expect(await readOne(`tfstate+http://${host()}/x`, accessOf())).toMatchObject({
      outcome,
      message: expect.stringContaining(words),
    });
    expect(server.requests.length).toBe(status === 503 ? 2 : 1);
  });

  it('is asked for again when the server had a bad moment', async () => {
    rule = () => (server.requests.length === 1 ? { status: 502 } : { status: 200, body: 'a state' });
    expect(await readOne(`tfstate+http://${host()}/x`, accessOf())).toMatchObject({ text: 'a state' });
  });

  it('is not taken in above the limit', async () => {
    rule = () => ({ status: 200, headers: { 'content-length': String(maxStateBytes + 1) }, body: '{' });
    expect(await readOne(`tfstate+http://${host()}/x`, accessOf())).toMatchObject({ outcome: 'invalid' });
  });

  it('is followed to where it is, and other hosts get no secret', async () => {
    const other = await startRecordingServer(undefined, () => ({ status: 200, body: 'moved' }));
    rule = ({ url }) => ({ status: 302, headers: { location: url === '/a' ? '/b' : `${other.url}/c` } });
    const access = accessOf({ headers: { 'private-token': 'glpat-1' } });
    const state = await readOne(`tfstate+http://ci:pass@${host()}/a`, access);
    await other.stop();
    expect(state).toMatchObject({ text: 'moved' });
    expect(server.requests.map(({ url, headers }) => [url, headers['private-token']])).toEqual([
      ['/a', 'glpat-1'],
      ['/b', 'glpat-1'],
    ]);
    expect(other.requests[0]?.headers).not.toHaveProperty('private-token');
    expect(other.requests[0]?.headers).not.toHaveProperty('authorization');
  });

  it('is asked for through the proxy of the connection', async () => {
    const aws = { ...loopback, proxy: { HTTP_PROXY: server.url } };
    expect(await readOne('tfstate+http://states.invalid/x', accessOf({ aws }))).toMatchObject({ text: 'a state' });
    expect(server.requests.map(({ url }) => url)).toEqual(['http://states.invalid/x']);
  });

  it('is given up when it leads in circles', async () => {
    rule = () => ({ status: 302, headers: { location: '/again' } });
    expect(await readOne(`tfstate+http://${host()}/x`, accessOf())).toMatchObject({ outcome: 'failed' });
    expect(server.requests.length).toBe(6);
  });

  it('is given up when the time is over', async () => {
    const stop = new AbortController();
    rule = () => {
      stop.abort();
      return 'never';
    };
    expect(await readOne(`tfstate+http://${host()}/x`, accessOf({ signal: stop.signal }))).toMatchObject({
      outcome: 'failed',
      message: expect.stringContaining('ran out of time'),
    });
  });

  it('of a server that is not there has failed, and says how', async () => {
    const port = new URL(server.url).port;
    await server.stop();
    expect(await readOne(`tfstate+http://127.0.0.1:${port}/x`, accessOf())).toMatchObject({
      outcome: 'failed',
      message: expect.stringContaining('ECONNREFUSED'),
    });
  });
});
