// The Organization as AWS can answer: pages, throttling, odd states, accounts that move. A small server plays Organizations.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { AwsConnection } from '../../../clients/aws/connection.ts';
import { readOrganization } from '../../../clients/aws/organizations.ts';

interface Answer {
  readonly status?: number;
  readonly body: object;
}
type Answers = (action: string, request: Record<string, unknown>, call: number) => Answer;

const running: (() => void)[] = [];
afterEach(() => {
  for (const stop of running.splice(0)) stop();
  delete process.env['AWS_ENDPOINT_URL_ORGANIZATIONS'];
});

const serve = async (answers: Answers): Promise<{ connection: AwsConnection; calls: string[] }> => {
  const calls: string[] = [];
  const server = createServer(async (incoming, outgoing) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const action = String(incoming.headers['x-amz-target']).split('.')[1] ?? '';
    calls.push(action);
    const count = calls.filter(call => call === action).length;
    const { status = 200, body } = answers(action, JSON.parse(Buffer.concat(chunks).toString() || '{}'), count);
    outgoing.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(body));
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  running.push(() => {
    server.closeAllConnections();
    server.close();
  });
  process.env['AWS_ENDPOINT_URL_ORGANIZATIONS'] = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const credentials = { accessKeyId: 'AKIATEST', secretAccessKey: 'test' };
  return { calls, connection: { region: 'eu-west-1', credentials, pathStyleBuckets: true, proxy: {}, maxAttempts: 3 } };
};

const row = (id: string, facts: object = {}) => ({
  Id: id.repeat(12),
  Name: `account ${id}`,
  State: 'ACTIVE',
  ...facts,
});
const read = (connection: AwsConnection, reading: { tree?: boolean; tags?: boolean; signal?: AbortSignal } = {}) =>
  readOrganization(connection, { tree: false, tags: false, signal: new AbortController().signal, ...reading });
const refusal = (type: string, message = 'no') => ({ status: 400, body: { __type: type, Message: message } });

describe('reading an Organization', () => {
  it('takes all pages, empty ones with a token too, and each account once', async () => {
    const pages = [
      { Accounts: [row('1')], NextToken: 'a' },
      { Accounts: [], NextToken: 'b' },
      { Accounts: [row('1'), row('2')] },
    ];
    const { connection, calls } = await serve((_action, _request, call) => ({ body: pages[call - 1] ?? {} }));
    expect((await read(connection)).accounts.map(({ id }) => id[0])).toEqual(['1', '2']);
    expect(calls).toEqual(['ListAccounts', 'ListAccounts', 'ListAccounts']);
  });

  it('reads State, and Status where State is not known yet', async () => {
    const accounts = [
      row('1', { State: 'SUSPENDED', Status: 'ACTIVE' }),
      { Id: '2'.repeat(12), Status: 'PENDING_CLOSURE' },
      row('3', { State: undefined }),
    ];
    const { connection } = await serve(() => ({ body: { Accounts: accounts } }));
    expect((await read(connection)).accounts.map(({ state }) => state)).toEqual([
      'SUSPENDED',
      'PENDING_CLOSURE',
      'UNKNOWN',
    ]);
  });

  it('begins anew when a page token expired, and never plans with half a list', async () => {
    const { connection } = await serve((_action, request, call) => {
      if (call === 2) return refusal('InvalidInputException', 'token expired');
      return {
        body:
          request['NextToken'] === undefined
            ? { Accounts: [row('1')], NextToken: `t${call}` }
            : { Accounts: [row('2')] },
      };
    });
    expect((await read(connection)).accounts).toHaveLength(2);
  });

  it('survives throttling, which Organizations answers with HTTP 400', async () => {
    const { connection, calls } = await serve((_action, _request, call) =>
      call < 3 ? refusal('TooManyRequestsException') : { body: { Accounts: [row('1')] } },
    );
    expect((await read(connection)).accounts).toHaveLength(1);
    expect(calls).toHaveLength(3);
  });

  it.each([
    ['access is denied', refusal('AccessDeniedException'), 'organization-denied', 'organizations:ListAccounts'],
    ['there is no Organization', refusal('AWSOrganizationsNotInUseException'), 'organization-denied', 'accounts.from'],
    ['it is throttled for ever', refusal('TooManyRequestsException'), 'organization-throttled', 'Wait some minutes'],
    [
      'a page token comes back',
      { body: { Accounts: [row('1')], NextToken: 'same' } },
      'organization-incomplete',
      'report the listing',
    ],
    [
      'an id is none',
      { body: { Accounts: [{ Id: '../../x', State: 'ACTIVE' }] } },
      'organization-incomplete',
      'report the listing',
    ],
  ])('fails as a whole when %s, and says what to do', async (_name, answer, code, remedy) => {
    const { connection } = await serve(() => answer);
    await expect(read(connection)).rejects.toMatchObject({ code, remedy: expect.stringContaining(remedy) });
  });

  it('stops at a signal', async () => {
    const { connection } = await serve(() => ({ body: { Accounts: [row('1')] } }));
    await expect(read(connection, { signal: AbortSignal.abort() })).rejects.toThrow();
  });
});

describe('reading the tree', () => {
  const tree =
    (places: (parent: string, call: number) => object[]): Answers =>
    (action, request, call) => {
      const parent = String(request['ParentId']);
      if (action === 'ListAccounts') return { body: { Accounts: [row('1'), row('2')] } };
      if (action === 'ListRoots') return { body: { Roots: [{ Id: 'r-1' }] } };
      if (action === 'ListAccountsForParent') return { body: { Accounts: places(parent, call) } };
      return {
        body: {
          OrganizationalUnits:
            parent === 'r-1'
              ? [
                  { Id: 'ou-1', Name: 'Prod' },
                  { Id: 'ou-2', Name: 'Empty' },
                ]
              : [],
        },
      };
    };

  it('places every account and knows units without accounts', async () => {
    const { connection } = await serve(
      tree(parent => (parent === 'r-1' ? [row('1')] : parent === 'ou-1' ? [row('2')] : [])),
    );
    const { accounts, units } = await read(connection, { tree: true });
    expect(accounts.map(({ path }) => path)).toEqual([[], ['Prod']]);
    expect(units.map(({ path }) => path.join('/'))).toEqual(['', 'Prod', 'Empty']);
  });

  it('is read again when an account moved meanwhile, and fails when it stays without a place', async () => {
    const moved = await serve(
      tree((parent, call) => (parent === 'r-1' ? [row('1')] : parent === 'ou-1' && call > 3 ? [row('2')] : [])),
    );
    expect((await read(moved.connection, { tree: true })).accounts.map(({ path }) => path)).toEqual([[], ['Prod']]);
    const lost = await serve(tree(parent => (parent === 'r-1' ? [row('1')] : [])));
    await expect(read(lost.connection, { tree: true })).rejects.toMatchObject({
      code: 'organization-incomplete',
      message: expect.stringContaining('2'.repeat(12)),
    });
  });

  it('names the very call that was denied', async () => {
    const whole = tree(() => []);
    const { connection } = await serve((action, request, call) =>
      action === 'ListAccountsForParent' ? refusal('AccessDeniedException') : whole(action, request, call),
    );
    await expect(read(connection, { tree: true })).rejects.toMatchObject({
      remedy: expect.stringContaining('organizations:ListAccountsForParent'),
    });
  });
});
