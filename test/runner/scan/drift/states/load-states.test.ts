// Whole files read as the engine reads them: what becomes of each, and that no bad one takes a good one along.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { stateReadSchema } from '../../../../../contract/drift/drift-report.ts';
import { parseStateLocation } from '../../../../../contract/drift/state-location.ts';
import { judgeStates } from '../../../../../runner/scan/drift/report/judge-states.ts';
import { type LoadedStates, loadStates, type StateOrder } from '../../../../../runner/scan/drift/states/load-states.ts';
import type { StateDocument } from '../../../../../runner/scan/drift/states/state-document.ts';
import { accessOf } from '../../../../clients/states/state-access.ts';
import {
  instance,
  provider4State,
  provider5State,
  provider6State,
  resource,
  sampleAccount,
  state,
} from './sample-states.ts';

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'inventory-load-'));
});

afterEach(() => rmSync(directory, { recursive: true }));

const load = async (files: Readonly<Record<string, string>>, more: Partial<StateOrder> = {}): Promise<LoadedStates> => {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(directory, name), text);
  const loaded = await loadStates({
    locations: [parseStateLocation(`tfstate://${directory}/*`)],
    access: accessOf(),
    account: sampleAccount,
    keep: () => new Set(['arn']),
    ...more,
  });
  for (const read of loaded.reads) expect(stateReadSchema.parse(read)).toEqual(read);
  return loaded;
};

const other = '210987654321';
const google = 'provider["registry.terraform.io/hashicorp/google"]';
const vpcOf = (account: string) => instance({ id: 'vpc-9', arn: `arn:aws:ec2:eu-west-1:${account}:vpc/vpc-9` });

describe('states that are loaded', () => {
  it('each have one outcome, in order, with the resources of those that were read', async () => {
    const { reads, resources } = await load({
      a: provider4State(),
      b: provider5State().slice(0, 700),
      c: state([]),
      d: state([], { version: 5 }),
      e: state([resource('aws_vpc.x', [vpcOf(other)])]),
      f: '{"meta":{"key_provider.pbkdf2.x":"e30="},"encrypted_data":"AAAA","encryption_version":"v0"}',
      g: provider6State(),
      h: state([resource('google_x.a', [instance({ id: 'x' })], { provider: google })]),
    });
    expect(reads.map(({ location, outcome, resources: count }) => [location.at(-1), outcome, count])).toEqual([
      ['a', 'read', 6],
      ['b', 'invalid', 0],
      ['c', 'empty', 0],
      ['d', 'unsupported', 0],
      ['e', 'other-account', 0],
      ['f', 'state-encrypted', 0],
      ['g', 'read', 4],
      ['h', 'empty', 0],
    ]);
    expect(resources.map(({ source }) => source.source.at(-1)).join('')).toBe('aaaaaagggg');
    expect(reads[0]).toMatchObject({
      terraformVersion: '1.2.9',
      serial: 7,
      lineage: '3f6f7e0e-2a4b-4c1d-9e7f-0d1c2b3a4f5e',
    });
    expect(reads.filter(read => (read.outcome === 'read') === (read.message !== undefined))).toEqual([]);
  });

  it('of other accounts say whose they are', async () => {
    const { reads } = await load({
      e: state([resource('aws_vpc.x', [vpcOf(other)]), resource('aws_route.x', [instance({ id: 'r' })])]),
    });
    expect(reads[0]?.message).toBe(
      `It belongs elsewhere: 2 to account ${other}, nothing to account ${sampleAccount}; correct drift.from of this account.`,
    );
  });

  it('of several accounts are read without what belongs to others, which is said', async () => {
    const { reads, resources } = await load({
      e: state([resource('aws_vpc.x', [vpcOf(sampleAccount)]), resource('aws_vpc.y', [vpcOf(other)])]),
    });
    expect(resources.map(({ source }) => source.address)).toEqual(['aws_vpc.x']);
    expect(reads[0]).toMatchObject({
      outcome: 'read',
      resources: 1,
      message: expect.stringContaining(`1 to account ${other}`),
    });
  });

  it.each([
    ['aws_sns_topic_subscription', { arn: `arn:aws:sns:eu-west-1:${other}:topic:1`, owner_id: sampleAccount }],
    [
      'aws_ram_resource_share_accepter',
      { share_arn: 'x', id: `arn:aws:ram:eu-west-1:${other}:resource-share/1`, receiver_account_id: sampleAccount },
    ],
    ['aws_cloudwatch_event_target', { arn: `arn:aws:lambda:eu-west-1:${other}:function:f`, id: 'r-t' }],
  ])('are of this account though the ARN of their %s names another one', async (type, attributes) => {
    const { reads, resources } = await load({
      e: state([resource(`${type}.x`, [instance(attributes)]), resource('aws_route.x', [instance({ id: 'r' })])]),
    });
    expect(reads[0]).toMatchObject({ outcome: 'read', resources: 2 });
    expect(resources).toHaveLength(2);
  });

  it('of another account name what was left out without an account of its own', async () => {
    const far = 'provider["registry.terraform.io/hashicorp/aws"].far';
    const { reads } = await load({
      e: state([
        resource('aws_vpc.x', [vpcOf(other)], { provider: far }),
        resource('aws_route.x', [instance({ id: 'r' })]),
      ]),
    });
    expect(reads[0]).toMatchObject({ outcome: 'other-account', skipped: ['aws_route.x'], foreign: 1 });
    expect(judgeStates([{ location: 'a', outcome: 'read', resources: 1, skipped: [] }, ...reads])).toMatchObject({
      outcome: 'partial',
      message: expect.stringContaining('1 of its instances name no account, and went with it'),
    });
  });

  it('with resources of AWS by a provider that is not understood are read without them, which is said', async () => {
    const { reads } = await load({
      e: state([
        resource('aws_vpc.x', [vpcOf(sampleAccount)]),
        resource('aws_vpc.odd', [vpcOf(sampleAccount)], { provider: 'provider[???' }),
      ]),
    });
    expect(reads[0]).toMatchObject({ outcome: 'read', resources: 1, skipped: ['aws_vpc.odd'] });
  });

  it('with a bad instance are read without it, which is said', async () => {
    const { reads } = await load({ e: state([null, resource('aws_vpc.x', [vpcOf(sampleAccount), instance('no')])]) });
    expect(reads[0]).toMatchObject({ outcome: 'read', resources: 1, skipped: ['resources[0]', 'aws_vpc.x'] });
  });

  it('with bad instances alone are invalid, and not empty', async () => {
    const { reads } = await load({ e: state([resource('aws_vpc.x', [instance('no')])]) });
    expect(reads[0]).toMatchObject({ outcome: 'invalid', skipped: ['aws_vpc.x'] });
  });

  it('are shown one after the other, with what was read of them alone', async () => {
    const seen: [string, StateDocument][] = [];
    let inside = 0;
    await load(
      {
        a: provider5State(),
        b: state([]),
        c: state([
          resource('aws_vpc.x', [vpcOf(sampleAccount)]),
          resource('google_x.a', [instance({})], { provider: google }),
        ]),
        d: 'rubbish',
      },
      {
        tap: async (location, document) => {
          inside += 1;
          await Promise.resolve();
          expect(inside).toBe(1);
          seen.push([location, document]);
          inside -= 1;
        },
      },
    );
    expect(seen.map(([location]) => location.at(-1))).toEqual(['a', 'c']);
    const [[, first] = [], [, second] = []] = seen;
    expect(first?.resources.find(({ type }) => type === 'aws_db_instance')?.instances.length).toBe(1);
    expect(second?.resources.map(({ type, instances }) => [type, instances.length])).toEqual([['aws_vpc', 1]]);
  });

  it('keep the attributes that are asked for of each type', async () => {
    const asked: Record<string, ReadonlySet<string>> = { aws_vpc: new Set(['cidr_block', 'ipv6_cidr_block', 'none']) };
    const { resources } = await load({ a: provider4State() }, { keep: type => asked[type] ?? new Set() });
    expect(resources.map(({ attributes }) => attributes)).toEqual([
      { cidr_block: '10.20.0.0/16', ipv6_cidr_block: '' },
      ...Array(5).fill({}),
    ]);
  });

  it('of no place at all are none', async () => {
    expect(await load({}, { locations: [] })).toEqual({ reads: [], resources: [] });
  });
});
