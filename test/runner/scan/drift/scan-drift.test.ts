// The drift as a tool of the container `scan`: what it compares, and what of the account outlives its failure.
import { CreateBucketCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { CreateQueueCommand } from '@aws-sdk/client-sqs';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import { openSimulator } from '../../../../clients/simulator/account-clients.ts';
import { randomAccountId } from '../../../setup/run-container.ts';
import { type ScanStart, scanAccount } from '../scan-fixture.ts';

const account = randomAccountId();
const region = 'eu-west-1';
const bucket = `states-${account}`;
const urlOf = (name: string) => `https://sqs.${region}.amazonaws.com/${account}/${name}`;

const state = (...names: readonly string[]): string =>
  JSON.stringify({
    ...{ version: 4, terraform_version: '1.11.4', serial: 1, lineage: 'l', outputs: {} },
    resources: names.map(name => ({
      ...{ mode: 'managed', type: 'aws_sqs_queue', name },
      provider: 'provider["registry.terraform.io/hashicorp/aws"]',
      instances: [
        {
          schema_version: 0,
          attributes: {
            id: urlOf(name),
            url: urlOf(name),
            arn: `arn:aws:sqs:${region}:${account}:${name}`,
            name,
            region,
          },
        },
      ],
    })),
  });

beforeAll(async () => {
  const simulator = openSimulator(inject('simulator'), 8);
  const clients = await simulator.enter(account);
  for (const QueueName of ['declared', 'by-hand']) {
    await clients.client('sqs', region).send(new CreateQueueCommand({ QueueName }));
  }
  const s3 = clients.client('s3', region);
  await s3.send(new CreateBucketCommand({ Bucket: bucket, CreateBucketConfiguration: { LocationConstraint: region } }));
  await s3.send(new PutObjectCommand({ Bucket: bucket, Key: 'a.tfstate', Body: state('declared', 'gone') }));
  simulator.close();
});

const scan = (environment: Readonly<Record<string, string>>, more: Partial<ScanStart> = {}) =>
  scanAccount({
    url: inject('simulator'),
    account,
    ...more,
    environment: {
      INVENTORY_SERVICES: 'sqs',
      INVENTORY_DRIFT_FROM: JSON.stringify([`tfstate+s3://${bucket}/*.tfstate`]),
      INVENTORY_DRIFT_ENGINE: 'ours',
      ...environment,
    },
  });

describe('a scan with states', () => {
  it('counts what has drifted in its message and in scan.json', async () => {
    const run = await scan({});
    expect(run.exitCode).toBe(0);
    expect(run.report?.tools.map(({ tool }) => tool)).toEqual(['inventory', 'drift']);
    expect(run.message).toMatchObject({
      outcome: 'succeeded',
      counts: { drift: { managed: 1, unmanaged: 1, missing: 1, changed: 0 } },
    });
    expect(run.report?.verdict.counts?.drift).toEqual(run.message?.counts?.drift);
    for (const secret of run.secrets) expect(run.log).not.toContain(secret);
  });

  it('accepts the drift that a rule names', async () => {
    const rules = [{ type: 'aws_sqs_queue', id: '*/by-hand', owner: 'me', reason: 'made by hand' }];
    const run = await scan({ INVENTORY_DRIFT_IGNORE: JSON.stringify(rules) });
    expect(run.message?.counts?.drift).toMatchObject({ unmanaged: 0, missing: 1 });
  });

  it.each([
    [
      'templates that do not fit it',
      { INVENTORY_DRIFT_PROBLEM: 'it has no tag team' },
      'states-unreadable',
      'it has no tag team',
    ],
    [
      'a bucket that is not there',
      { INVENTORY_DRIFT_FROM: '["tfstate+s3://no-such-bucket-of-mine/x"]' },
      'states-unreadable',
      'no-such-bucket-of-mine',
    ],
    [
      'no session for its states',
      { INVENTORY_DRIFT_STATE_ROLE_ARN: 'arn:aws:iam::999988887777:role/state-reader' },
      'no-credentials',
      'no [state] section',
    ],
  ])(
    'of an account with %s is partial, with its inventory whole and no count of drift',
    async (_case, environment, code, said) => {
      const run = await scan(environment);
      expect(run.exitCode).toBe(0);
      expect(run.message).toMatchObject({ outcome: 'partial', code });
      expect(run.message?.message).toContain(said);
      expect(run.message?.counts).not.toHaveProperty('drift');
      expect(run.records?.map(({ name }) => name).sort()).toEqual(['by-hand', 'declared']);
    },
  );

  it('that names no state compares nothing', async () => {
    const run = await scanAccount({ url: inject('simulator'), account, environment: { INVENTORY_SERVICES: 'sqs' } });
    expect(run.report?.tools.map(({ tool }) => tool)).toEqual(['inventory']);
    expect(run.message?.counts).not.toHaveProperty('drift');
  });
});
