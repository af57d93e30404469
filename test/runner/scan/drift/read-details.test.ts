// Asking AWS for details: what is asked, of whom and where, and what becomes of refusals.
import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import { describe, expect, it } from 'vitest';
import { detailKey, unreadDetails } from '../../../../runner/scan/drift/details.ts';
import { readDetails } from '../../../../runner/scan/drift/read-details.ts';
import { s3Error, stsError } from '../../../setup/recording-server.ts';
import { pick } from './found-live.ts';
import { makeBucket, policyFor, read, trust, uniqueName, useLiveAccount } from './live-account.ts';

const account = useLiveAccount();

const isPolicyOf = (bucket: string) => (url: string) => new RegExp(`^/${bucket}/?[?]policy(&|=|$)`).test(url);

describe('asking for details', () => {
  it('is of every bucket for its parts, and for what only serves a comparison where a state declares it', async () => {
    const live = account();
    const { Bucket } = await makeBucket(live);
    const found = await live.find('s3.bucket');
    const bucket = pick(found, 'AWS::S3::Bucket', Bucket);
    const { details } = await read(live, found, 'aws_instance');
    expect(details.get(detailKey(bucket))).toEqual({
      values: { Policy: null, PublicAccessBlock: null, Notification: null, Analytics: [], Inventory: [], Metrics: [] },
      failures: {},
    });
    const { details: more } = await read(live, found, 'aws_s3_bucket');
    expect(Object.keys(more.get(detailKey(bucket))?.values ?? {})).toEqual(
      expect.arrayContaining(['Versioning', 'Encryption', 'Tags']),
    );
  });

  it('goes to the region of each bucket, whatever the region of the scan', async () => {
    const live = account();
    const { Bucket } = await makeBucket(live);
    const found = await live.find('s3.bucket');
    live.server.requests.length = 0;
    await read({ ...live, connection: { ...live.connection, region: 'us-east-1' } }, found);
    const [asked] = live.server.requests.filter(({ url }) => isPolicyOf(Bucket)(url));
    expect(asked?.headers.authorization).toContain('/eu-west-1/s3/');
  });

  it('tells of the one that is refused, and of all the others what they answer', async () => {
    const live = account();
    const [denied, open] = [(await makeBucket(live)).Bucket, (await makeBucket(live)).Bucket];
    const found = await live.find('s3.bucket');
    live.answer(({ url }) =>
      isPolicyOf(denied)(url)
        ? s3Error(403, 'AccessDenied', 'User is not authorized to perform: s3:GetBucketPolicy')
        : undefined,
    );
    const { details, alerts } = await read(live, found);
    const key = detailKey(pick(found, 'AWS::S3::Bucket', denied));
    expect(details.get(key)?.failures).toEqual({ Policy: expect.stringContaining('AccessDenied') as string });
    expect(details.get(key)?.values).not.toHaveProperty('Policy');
    expect(details.get(key)?.values).toMatchObject({ PublicAccessBlock: null });
    expect(details.get(detailKey(pick(found, 'AWS::S3::Bucket', open)))?.values).toMatchObject({ Policy: null });
    expect([...unreadDetails(details)]).toEqual([[`${key} Policy`, expect.stringContaining('AccessDenied')]]);
    expect(alerts).toEqual({
      aws_s3_bucket_policy: [
        {
          message: expect.stringMatching(
            /s3:GetBucketPolicy failed for 1 resource of AWS::S3::Bucket in eu-west-1.*AccessDenied/,
          ) as string,
        },
      ],
    });
  });

  it('ends a question that is refused again and again, and says so of every resource', async () => {
    const live = account();
    const buckets: string[] = [];
    for (let made = 0; made < 24; made += 1) buckets.push((await makeBucket(live)).Bucket);
    const found = await live.find('s3.bucket');
    live.answer(({ url }) => (/^\/[^?]*\?policy/.test(url) ? s3Error(403, 'AccessDenied', 'no') : undefined));
    const { details, alerts } = await read(live, found);
    expect(live.server.requests.filter(({ url }) => /^\/[^?]*\?policy/.test(url)).length).toBeLessThan(buckets.length);
    expect(unreadDetails(details).size).toBe(buckets.length);
    expect(alerts['aws_s3_bucket_policy']?.[0]?.message).toContain(`${buckets.length} resources`);
  });

  it('ends at once when the credentials have expired', async () => {
    const live = account();
    await makeBucket(live);
    const role = uniqueName();
    await new IAMClient(live.configuration()).send(
      new CreateRoleCommand({ RoleName: role, AssumeRolePolicyDocument: trust('x.amazonaws.com') }),
    );
    const found = await live.find('s3.bucket', 'iam.role');
    const expired = ['ExpiredToken', 'The security token included in the request is expired'] as const;
    live.answer(({ method }) => (method === 'POST' ? stsError(403, ...expired) : s3Error(400, ...expired)));
    live.server.requests.length = 0;
    const { details } = await read(live, found, 'aws_iam_role');
    expect(live.server.requests.length).toBeLessThan(10);
    expect([...unreadDetails(details).values()].every(text => /Expired/.test(text))).toBe(true);
  });

  it('asks nothing once the scan has been ended, and says so', async () => {
    const live = account();
    const { Bucket } = await makeBucket(live);
    const found = await live.find('s3.bucket');
    live.server.requests.length = 0;
    const { details, alerts } = await readDetails({
      found,
      declaredTypes: new Set(),
      connection: live.connection,
      signal: AbortSignal.abort(),
    });
    expect(live.server.requests).toEqual([]);
    expect(details.get(detailKey(pick(found, 'AWS::S3::Bucket', Bucket)))?.failures['Policy']).toContain('ended');
    expect(alerts['aws_s3_bucket_policy']).toHaveLength(1);
  });

  it('asks for a queue’s attributes only when the listing could not tell them', async () => {
    const live = account();
    const sqs = new SQSClient(live.configuration());
    const QueueName = uniqueName();
    await sqs.send(new CreateQueueCommand({ QueueName, Attributes: { Policy: policyFor('sqs:SendMessage') } }));
    const found = await live.find('sqs.queue');
    live.server.requests.length = 0;
    const { details: listed } = await read(live, found);
    expect(live.server.requests).toEqual([]);
    const bare = found.map(each => ({ ...each, description: undefined }));
    const { details: asked } = await read(live, bare);
    const policies = [listed, asked].map(details => {
      const { Attributes } = details.get(detailKey(pick(found, 'AWS::SQS::Queue', QueueName)))?.values ?? {};
      const { Policy } = Attributes as Readonly<Record<string, unknown>>;
      return typeof Policy === 'string' ? JSON.parse(Policy) : Policy;
    });
    expect(policies).toEqual(Array(2).fill(JSON.parse(policyFor('sqs:SendMessage'))));
  });
});
