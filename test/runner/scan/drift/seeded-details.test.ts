// Every question is answered by the simulator for a resource that it made: no call is of another service, shape or name.
import { randomInt } from 'node:crypto';
import { CreateInstanceProfileCommand, CreatePolicyCommand, IAMClient } from '@aws-sdk/client-iam';
import { CreateKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { describe, expect, inject, it } from 'vitest';
import { clientConfiguration } from '../../../../clients/aws/connection.ts';
import { nativeServices } from '../../../../contract/catalogue/native-services.ts';
import { detailedTypes, detailQuestions } from '../../../../contract/drift/detail-questions.ts';
import { comparedTypes } from '../../../../runner/scan/drift/changes/compare.ts';
import { readDetails } from '../../../../runner/scan/drift/read-details.ts';
import { connectTo } from '../../../setup/connection.ts';
import { enterAccount } from '../../../setup/seeds/enter-account.ts';
import type { Seed } from '../../../setup/seeds/seed.ts';
import { seedGroups } from '../../../setup/seeds/seeds.ts';
import { findLive } from './found-live.ts';

const catalogue = nativeServices.flatMap(({ types }) => types);
const keys = catalogue.flatMap(type => (detailedTypes.has(type.cloudFormationType) ? [type.key] : []));

/** What the simulator makes without a seed of its own. */
const more: Seed = {
  types: ['s3.bucket', 'iam.policy', 'iam.instance-profile', 'kms.key'],
  create: async ({ configuration, account }) => {
    const iam = new IAMClient(configuration);
    const PolicyDocument = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}';
    await iam.send(new CreatePolicyCommand({ PolicyName: 'seeded', PolicyDocument }));
    await iam.send(new CreateInstanceProfileCommand({ InstanceProfileName: 'seeded' }));
    await new KMSClient(configuration).send(new CreateKeyCommand({}));
    const s3 = new S3Client({ ...configuration, forcePathStyle: true });
    await s3.send(new CreateBucketCommand({ Bucket: `seeded-${account}` }));
    return [];
  },
};

const seeds = [more, ...Object.values(seedGroups).flat()].filter(({ types }) =>
  types.some(type => keys.includes(type)),
);

const region = 'us-east-1';

/** Names of what was told of the seed's resources, after their types; and what was refused. */
const detailsOf = async ({ types, create }: Seed) => {
  const account = String(randomInt(100_000_000_000, 999_999_999_999));
  const connection = { ...(await enterAccount(connectTo(inject('simulator')), account)), region };
  await create({ configuration: clientConfiguration(connection), region, account });
  const listed = await findLive(
    connection,
    account,
    types.filter(type => keys.includes(type)),
  );
  // What a listing or the Tagging API has told needs no question.
  const found = listed.map(each => ({ ...each, tags: {} }));
  const signal = new AbortController().signal;
  const { details, alerts } = await readDetails({ found, declaredTypes: new Set(comparedTypes), connection, signal });
  const told = [...details].flatMap(([key, { values }]) =>
    Object.keys(values).map(value => `${key.split(' ')[0]} ${value}`),
  );
  return { told, alerts: Object.values(alerts).flat() };
};

describe('each question about a made resource', () => {
  it('is answered', { timeout: 180_000 }, async () => {
    const told = new Set<string>();
    for (const seed of seeds) {
      const answers = await detailsOf(seed);
      expect(answers.alerts, `of ${seed.types}`).toEqual([]);
      for (const each of answers.told) told.add(each);
    }
    const asked = detailQuestions.flatMap(({ resourceTypes, values }) =>
      resourceTypes.flatMap(type => values.map(value => `${type} ${value}`)),
    );
    expect(asked.filter(each => !told.has(each))).toEqual([]);
  });
});
