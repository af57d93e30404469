// The sandbox as a whole: simulator, proxy and Organization, entered through its one endpoint.
import { ListAccountsCommand, OrganizationsClient } from '@aws-sdk/client-organizations';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Sandbox, startSandbox } from '../../sandbox/start.ts';

const status = { say: () => {}, show: () => {} };
let sandbox: Sandbox;

beforeAll(async () => {
  const { signal } = new AbortController();
  sandbox = await startSandbox({ accounts: 2, faults: true, environment: process.env, status, signal });
});
afterAll(() => sandbox.stop());

const options = () => ({
  endpoint: sandbox.url,
  region: 'eu-west-1',
  maxAttempts: 1,
  credentials: { accessKeyId: 'AKIATEST', secretAccessKey: 'test' },
});

test('the accounts are those of the plan, with ids that are the same on every machine', async () => {
  const accounts = await new OrganizationsClient(options()).send(new ListAccountsCommand({}));
  expect(accounts.Accounts?.slice(0, 2).map(({ Id, Name }) => [Id, Name])).toEqual([
    ['123456789012', 'master'],
    ['622437552984', 'log archive'],
  ]);
  expect(accounts.Accounts?.slice(2).map(account => account.Name)).toEqual([
    'role missing',
    'scan denied',
    'upload refused',
    'keys denied in one region',
  ]);
});

test('the role of one account cannot be assumed, and STS says why', async () => {
  const assume = (id: string | undefined) => {
    const RoleArn = `arn:aws:iam::${id}:role/managed/inventory`;
    return new STSClient(options()).send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'test' }));
  };
  const [healthy, missing] = sandbox.organization.members;
  await expect(assume(healthy?.id)).resolves.toBeDefined();
  await expect(assume(missing?.id)).rejects.toMatchObject({
    name: 'AccessDenied',
    message: `User: arn:aws:sts::123456789012:user/moto is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::${missing?.id}:role/managed/inventory`,
  });
});

test('a start that is no longer wanted leaves nothing behind', async () => {
  const aborted = startSandbox({ faults: false, environment: process.env, status, signal: AbortSignal.abort() });
  await expect(aborted).rejects.toThrow(/abort/);
});
