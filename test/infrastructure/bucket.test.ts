// The bucket of the reports, made here or found: protected as asked for, and nowhere less than it was.
import {
  type BucketLocationConstraint,
  CreateBucketCommand,
  GetBucketEncryptionCommand,
  GetBucketTaggingCommand,
  GetObjectLockConfigurationCommand,
  type ObjectLockConfiguration,
  PutBucketEncryptionCommand,
  PutObjectCommand,
  PutObjectLockConfigurationCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { type ApplyOptions, apply, plan, removals } from './apply-in-process.ts';
import { s3Of } from './clients.ts';
import { startEstate, type TestEstate } from './estate.ts';

let estate: TestEstate;
let s3: S3Client;

beforeEach(async () => {
  estate = await startEstate(inject('simulator'), ['security']);
  s3 = s3Of(estate);
});
afterEach(async () => {
  s3.destroy();
  await estate.stop();
});

const kinds = ['bucket'] as const;
const key = 'arn:aws:kms:eu-west-1:111111111111:key/11111111-2222-3333-4444-555555555555';
const locked = (mode: string, days: number): ApplyOptions => ({
  kinds,
  infrastructure: { bucket: { objectLock: { mode, days } } },
});

/** As somebody else would have made it. */
const findOne = async (lock?: ObjectLockConfiguration['Rule']): Promise<void> => {
  await s3.send(
    new CreateBucketCommand({
      Bucket: estate.bucket,
      CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' as BucketLocationConstraint },
      ...(lock === undefined ? {} : { ObjectLockEnabledForBucket: true }),
    }),
  );
  if (lock !== undefined) {
    const ObjectLockConfiguration = { ObjectLockEnabled: 'Enabled' as const, Rule: lock };
    await s3.send(new PutObjectLockConfigurationCommand({ Bucket: estate.bucket, ObjectLockConfiguration }));
  }
};

const encryptWithKey = async (): Promise<void> => {
  const ApplyServerSideEncryptionByDefault = { SSEAlgorithm: 'aws:kms' as const, KMSMasterKeyID: key };
  const ServerSideEncryptionConfiguration = { Rules: [{ ApplyServerSideEncryptionByDefault }] };
  await s3.send(new PutBucketEncryptionCommand({ Bucket: estate.bucket, ServerSideEncryptionConfiguration }));
};

const encryption = async (): Promise<unknown> => {
  const answer = await s3.send(new GetBucketEncryptionCommand({ Bucket: estate.bucket }));
  return answer.ServerSideEncryptionConfiguration?.Rules?.[0]?.ApplyServerSideEncryptionByDefault;
};

const lock = async (): Promise<unknown> => {
  const answer = await s3.send(new GetObjectLockConfigurationCommand({ Bucket: estate.bucket }));
  return answer.ObjectLockConfiguration?.Rule?.DefaultRetention;
};

const differences = async (options: ApplyOptions, attribute: string) =>
  (await plan(estate, options)).flatMap(({ assessment }) =>
    (assessment?.differences ?? []).filter(difference => difference.attribute === attribute),
  );

describe('a bucket that somebody else made', () => {
  it('keeps the key that it is encrypted with, until it is to be replaced', async () => {
    await findOne();
    await encryptWithKey();
    const before = { algorithm: 'aws:kms', kmsKey: key };
    const after = { algorithm: 'AES256', kmsKey: null };
    expect(await differences({ kinds }, 'encryption')).toEqual([
      { attribute: 'encryption', before, after, takesAway: true },
    ]);
    expect(await apply(estate, { kinds })).toMatchObject({ unread: [], failures: [] });
    expect(await encryption()).toMatchObject({ SSEAlgorithm: 'aws:kms', KMSMasterKeyID: key });
    expect(await apply(estate, { kinds, replace: true })).toMatchObject({ failures: [] });
    expect(await encryption()).toEqual({ SSEAlgorithm: 'AES256' });
  });

  it('gets the key that the settings name', async () => {
    await findOne();
    expect(await apply(estate, { kinds, kmsKey: key })).toMatchObject({ failures: [] });
    expect(await encryption()).toMatchObject({ SSEAlgorithm: 'aws:kms', KMSMasterKeyID: key });
  });

  it.each([
    ['fewer days', { DefaultRetention: { Mode: 'GOVERNANCE', Days: 90 } }, ['GOVERNANCE', 30]],
    ['fewer days than its years have', { DefaultRetention: { Mode: 'GOVERNANCE', Years: 1 } }, ['GOVERNANCE', 364]],
    ['a mode that can be passed by', { DefaultRetention: { Mode: 'COMPLIANCE', Days: 7 } }, ['GOVERNANCE', 30]],
  ] as const)('is not locked for %s than it is, until it is to be replaced', async (_what, there, [mode, days]) => {
    await findOne(there);
    const [difference] = await differences(locked(mode, days), 'objectLock');
    expect(difference).toMatchObject({ after: { mode, days }, takesAway: true });
    expect(await apply(estate, locked(mode, days))).toMatchObject({ failures: [] });
    expect(await lock()).toMatchObject(there.DefaultRetention);
    await apply(estate, { ...locked(mode, days), replace: true });
    expect(await lock()).toMatchObject({ Mode: mode, Days: days });
  });

  it('is locked for longer, and its years are taken as days', async () => {
    await findOne({ DefaultRetention: { Mode: 'GOVERNANCE', Years: 2 } });
    expect(await differences(locked('GOVERNANCE', 730), 'objectLock')).toEqual([]);
    await apply(estate, locked('COMPLIANCE', 731));
    expect(await lock()).toMatchObject({ Mode: 'COMPLIANCE', Days: 731 });
  });

  it('is locked where it was not', async () => {
    await findOne();
    expect(await apply(estate, locked('GOVERNANCE', 30))).toMatchObject({ failures: [] });
    expect(await lock()).toMatchObject({ Mode: 'GOVERNANCE', Days: 30 });
  });

  it('stays in the region where it is, and says so', async () => {
    const us = s3Of(estate, 'security', 'us-east-1');
    await us.send(new CreateBucketCommand({ Bucket: estate.bucket }));
    us.destroy();
    const [planned] = await plan(estate, { kinds });
    expect(planned?.assessment?.remarks).toContain('it lies in us-east-1, and stays there');
    expect(await apply(estate, { kinds })).toMatchObject({ failures: [] });
    expect(await apply(estate, { kinds })).toMatchObject({ due: [] });
  });

  it('is not taken for one of ours', async () => {
    await findOne();
    await apply(estate, { kinds });
    const [removal] = await removals(estate, { kinds });
    expect(removal?.removal).toMatchObject({ exists: true, kept: 'it was not made here' });
  });
});

describe('a bucket that was made here', () => {
  it('follows the settings, in both directions', async () => {
    await apply(estate, { ...locked('COMPLIANCE', 60), kmsKey: key });
    expect(await encryption()).toMatchObject({ KMSMasterKeyID: key });
    expect(await lock()).toMatchObject({ Mode: 'COMPLIANCE', Days: 60 });
    await apply(estate, locked('GOVERNANCE', 30));
    expect(await encryption()).toEqual({ SSEAlgorithm: 'AES256' });
    expect(await lock()).toMatchObject({ Mode: 'GOVERNANCE', Days: 30 });
  });

  it('is never destroyed while its objects are locked', async () => {
    await apply(estate, locked('GOVERNANCE', 30));
    const object = {
      Bucket: estate.bucket,
      Key: 'AWSRecon/latest.json',
      Body: '{}',
      ChecksumAlgorithm: 'CRC32' as const,
    };
    await s3.send(new PutObjectCommand(object));
    const [removal] = await removals(estate, { kinds, withData: true });
    expect(removal?.removal).toMatchObject({ kept: 'its objects are locked', steps: [] });
  });

  it('carries its tag from the very call that makes it', async () => {
    estate.proxy.setRules([
      { match: { service: 's3', action: /^Put/ }, answer: { do: 'refuse', as: 'access-denied' } },
    ]);
    expect((await apply(estate, { kinds })).failures).toHaveLength(1);
    const { TagSet } = await s3.send(new GetBucketTaggingCommand({ Bucket: estate.bucket }));
    expect(TagSet).toEqual([{ Key: 'aws-inventory:managed-by', Value: 'aws-inventory-orchestrator' }]);
    estate.proxy.setRules([]);
    expect(await apply(estate, { kinds })).toMatchObject({ failures: [] });
    const [removal] = await removals(estate, { kinds });
    expect(removal?.removal).toMatchObject({ exists: true, kept: null });
  });
});

describe('a bucket that may not be looked at', () => {
  const deny = (message?: string): void =>
    estate.proxy.setRules([
      {
        match: { service: 's3', action: 'GetBucketLocation' },
        answer:
          message === undefined
            ? { do: 'refuse', as: 'access-denied' }
            : { do: 'fail', status: 403, code: 'AccessDenied', message },
      },
    ]);

  it('is told as a right that is missing where S3 names the right', async () => {
    await findOne();
    deny(
      `User: arn:aws:sts::${estate.security}:assumed-role/Admin/me is not authorized to perform: s3:GetBucketLocation on resource: "arn:aws:s3:::${estate.bucket}" because no identity-based policy allows the s3:GetBucketLocation action`,
    );
    const [planned] = await plan(estate, { kinds });
    expect(planned?.error?.code).toBe('infrastructure-refused');
    expect(planned?.error?.remedy).toContain('Allow s3:GetBucketLocation');
  });

  it('is told with both causes where S3 names none', async () => {
    await findOne();
    deny('Access Denied');
    const [planned] = await plan(estate, { kinds });
    expect(planned?.error?.code).toBe('bucket-taken');
    expect(planned?.error?.message).toContain(`does not belong to ${estate.security}`);
    expect(planned?.error?.remedy).toMatch(/another name.*s3:GetBucketLocation/s);
    const [removal] = await removals(estate, { kinds });
    expect(removal?.removal).toMatchObject({
      exists: true,
      kept: expect.stringMatching(/another account.*may not see/),
    });
  });
});
