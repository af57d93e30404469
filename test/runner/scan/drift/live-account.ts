// An account of the simulator behind a recording server, for tests of details: made resources, states of them, and what differs.
import { randomInt } from 'node:crypto';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { afterEach, beforeEach, expect, inject } from 'vitest';
import { type AwsConnection, clientConfiguration } from '../../../../clients/aws/connection.ts';
import { compareResource } from '../../../../runner/scan/drift/changes/compare.ts';
import { detailOf } from '../../../../runner/scan/drift/details.ts';
import { readDetails } from '../../../../runner/scan/drift/read-details.ts';
import type { FoundResource } from '../../../../runner/scan/drift/resources.ts';
import { connectTo } from '../../../setup/connection.ts';
import { type RecordingServer, type Rule, startRecordingServer } from '../../../setup/recording-server.ts';
import { enterAccount } from '../../../setup/seeds/enter-account.ts';
import { declaredSample } from './changes/found-sample.ts';
import { findLive } from './found-live.ts';

export interface LiveAccount {
  readonly server: RecordingServer;
  readonly account: string;
  readonly connection: AwsConnection;
  /** Answers instead of the simulator from now on. */
  readonly answer: (rule: Rule) => void;
  readonly find: (...keys: readonly string[]) => Promise<FoundResource[]>;
  readonly configuration: () => ReturnType<typeof clientConfiguration>;
}

export interface Declared {
  readonly type: string;
  readonly state: Readonly<Record<string, unknown>>;
  readonly found: FoundResource;
}

export const read = ({ connection }: LiveAccount, found: readonly FoundResource[], ...types: string[]) =>
  readDetails({ found, declaredTypes: new Set(types), connection, signal: new AbortController().signal });

/** Paths of what differs between the states and AWS as it is now. */
export const changesOf = async (live: LiveAccount, declared: readonly Declared[]) => {
  const found = declared.map(each => each.found);
  const { details, alerts } = await read(live, found, ...declared.map(({ type }) => type));
  expect(alerts).toEqual({});
  return declared.flatMap(({ type, state, found: one }) =>
    compareResource({ declared: declaredSample({ type, state }), found: one, detail: detailOf(details, one) }).map(
      ({ path, from, to }) => [`${type}.${path.join('.')}`, from, to],
    ),
  );
};

export const trust = (service: string) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' }],
  });
export const policyFor = (action: string, resource = '*') =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: action, Resource: resource }] });

/** As the parts of a found whole are. */
export const partOf = (whole: FoundResource, type: string): FoundResource => ({
  ...whole,
  type,
  arn: '',
  tags: {},
  description: undefined,
  partOf: whole.id,
});

export const uniqueName = () => `it-${randomInt(1_000_000_000)}`;

export const makeBucket = async ({ configuration }: LiveAccount) => {
  const Bucket = uniqueName();
  const client = new S3Client({ ...configuration(), forcePathStyle: true });
  const CreateBucketConfiguration = { LocationConstraint: 'eu-west-1' as const };
  await client.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration }));
  return { Bucket, client };
};

/** A fresh account for each test of the file. */
export const useLiveAccount = (): (() => LiveAccount) => {
  let live: LiveAccount | undefined;
  beforeEach(async () => {
    let rule: Rule = () => undefined;
    const server = await startRecordingServer(inject('simulator'), request => rule(request));
    const account = String(randomInt(100_000_000_000, 999_999_999_999));
    const connection = { ...(await enterAccount(connectTo(server.url, 1), account)), region: 'eu-west-1' };
    live = {
      server,
      account,
      connection,
      answer: next => {
        rule = next;
      },
      find: (...keys) => findLive(connection, account, keys),
      configuration: () => clientConfiguration(connection),
    };
  });
  afterEach(() => live?.server.stop());
  return () => {
    if (live === undefined) throw new Error('only in tests');
    return live;
  };
};
