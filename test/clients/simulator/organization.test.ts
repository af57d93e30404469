// An Organization in the simulator, read back through the real APIs; and its bucket, copied before all is forgotten.
import { randomInt } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DescribeInstancesCommand } from '@aws-sdk/client-ec2';
import { ListRolesCommand } from '@aws-sdk/client-iam';
import {
  ListAccountsCommand,
  ListAccountsForParentCommand,
  ListOrganizationalUnitsForParentCommand,
  ListRootsCommand,
  ListTagsForResourceCommand,
} from '@aws-sdk/client-organizations';
import { GetBucketVersioningCommand, ListBucketsCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { type AccountClients, openSimulator, type SimulatorDoor } from '../../../clients/simulator/account-clients.ts';
import { copyBucket, isSafePath } from '../../../clients/simulator/copy-bucket.ts';
import {
  type BuiltOrganization,
  buildOrganization,
  listUnits,
  type PlannedAccount,
} from '../../../clients/simulator/organization.ts';

const managementAccountId = String(randomInt(100_000_000_000, 999_999_999_999));
const plain = { path: [], state: 'ACTIVE', tags: {}, resources: [] } as const;
const members: readonly PlannedAccount[] = [
  {
    ...plain,
    name: 'payments "prod" 🎉',
    path: ['Workloads', 'Prod', 'Payments'],
    tags: { stage: 'prod' },
    resources: [
      { kind: 'role', region: 'us-east-1', name: 'managed/inventory', tags: {} },
      { kind: 'bucket', region: 'eu-central-1', name: 'ledger', tags: { owner: 'payments' } },
      { kind: 'network', region: 'eu-central-1', name: 'core', tags: {}, instances: 2 },
    ],
  },
  { ...plain, name: '"\n<script>${x}' },
  { ...plain, name: 'closed', path: ['Workloads'], state: 'SUSPENDED' },
];

let door: SimulatorDoor;
let management: AccountClients;
let built: BuiltOrganization;
let directory: string;

beforeAll(async () => {
  built = await buildOrganization({
    url: inject('simulator'),
    plan: { managementResources: [], members },
    managementAccountId,
  });
  door = openSimulator(inject('simulator'), 4);
  management = await door.enter(managementAccountId);
  directory = await mkdtemp(join(tmpdir(), 'copied-'));
});
afterAll(async () => {
  door.close();
  await rm(directory, { recursive: true, force: true });
});

test('its accounts have the names and states of the plan, beside the management account', async () => {
  const listed = await management.client('organizations', 'us-east-1').send(new ListAccountsCommand({}));
  expect(listed.Accounts?.map(({ Id, Name, State }) => [Id, Name, State])).toEqual([
    [managementAccountId, 'master', 'ACTIVE'],
    ...built.members.map(({ id, name, state }) => [id, name, state]),
  ]);
});

test('its units are nested as the paths say', async () => {
  const organizations = management.client('organizations', 'us-east-1');
  let parent = (await organizations.send(new ListRootsCommand({}))).Roots?.[0]?.Id;
  for (const name of ['Workloads', 'Prod', 'Payments']) {
    const units = await organizations.send(new ListOrganizationalUnitsForParentCommand({ ParentId: parent }));
    parent = units.OrganizationalUnits?.find(unit => unit.Name === name)?.Id;
  }
  const inside = await organizations.send(new ListAccountsForParentCommand({ ParentId: parent }));
  expect(inside.Accounts?.map(account => account.Name)).toEqual(['payments "prod" 🎉']);
  const tags = await organizations.send(new ListTagsForResourceCommand({ ResourceId: built.members[0]?.id }));
  expect(tags.Tags).toEqual([{ Key: 'stage', Value: 'prod' }]);
});

test('its resources stand in their accounts and regions', async () => {
  const payments = await door.enter(built.members[0]?.id ?? '');
  const buckets = await payments.client('s3', 'eu-west-1').send(new ListBucketsCommand({}));
  expect(buckets.Buckets?.map(bucket => bucket.Name)).toEqual([`ledger-${payments.accountId}`]);
  const machines = await payments.client('ec2', 'eu-central-1').send(new DescribeInstancesCommand({}));
  expect(machines.Reservations?.flatMap(reservation => reservation.Instances ?? [])).toHaveLength(2);
  const roles = await payments.client('iam', 'us-east-1').send(new ListRolesCommand({ PathPrefix: '/managed/' }));
  expect(roles.Roles?.map(role => role.Arn)).toEqual([`arn:aws:iam::${payments.accountId}:role/managed/inventory`]);
});

test('the units of a plan come once each, outer ones first', () => {
  const paths = [['A', 'B', 'C'], ['A'], [], ['D', 'B'], ['A', 'B']];
  expect(listUnits(paths.map(path => ({ ...plain, name: 'x', path })))).toEqual([
    ['A'],
    ['D'],
    ['A', 'B'],
    ['D', 'B'],
    ['A', 'B', 'C'],
  ]);
});

test('its reports bucket is versioned, and is copied to a directory without leaving it', async () => {
  const s3 = management.client('s3', 'eu-west-1');
  const Bucket = built.reportsBucket;
  expect((await s3.send(new GetBucketVersioningCommand({ Bucket }))).Status).toBe('Enabled');
  const keys = [
    'AWSRecon/2026/11/20/recon_1.json',
    'AWSRecon/latest.json',
    'AWSRecon/../../escape',
    '/absolute',
    'a//b',
  ];
  for (const Key of keys) await s3.send(new PutObjectCommand({ Bucket, Key, Body: `content of ${Key}` }));
  const copied = await copyBucket(inject('simulator'), Bucket, directory);
  expect(copied).toEqual({ objects: 2, bytes: 74, leftOut: ['/absolute', 'AWSRecon/../../escape', 'a//b'] });
  expect(
    (await readdir(directory, { recursive: true, withFileTypes: true })).filter(file => file.isFile()),
  ).toHaveLength(2);
  expect(await readFile(join(directory, 'AWSRecon/latest.json'), 'utf8')).toBe('content of AWSRecon/latest.json');
});

test.each(['a\\b', 'a/./b', '..', '', 'a/', 'a\0b'])('a key like %j is no path', key => {
  expect(isSafePath(key)).toBe(false);
});
