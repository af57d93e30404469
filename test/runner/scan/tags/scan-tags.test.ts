// The tags as a tool of the container `scan`: what it counts, and what of the account outlives its failure.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { CreateTopicCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand } from '@aws-sdk/client-sqs';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import { openSimulator } from '../../../../clients/simulator/account-clients.ts';
import type { Cell } from '../../../../contract/scan-report.ts';
import { tagReportSchema } from '../../../../contract/tags/tag-report.ts';
import { checkTags } from '../../../../runner/scan/tags/check-tags.ts';
import { makeDirectory, randomAccountId } from '../../../setup/run-container.ts';
import { scanAccount } from '../scan-fixture.ts';

const account = randomAccountId();
const region = 'eu-west-1';
const rules = {
  required: [
    { key: 'owner', values: null, types: null },
    { key: 'stage', values: ['prod'], types: ['AWS::SQS::*'] },
  ],
  exclude: [],
};

beforeAll(async () => {
  const simulator = openSimulator(inject('simulator'), 8);
  const clients = await simulator.enter(account);
  const sqs = clients.client('sqs', region);
  await sqs.send(new CreateQueueCommand({ QueueName: 'tagged', tags: { owner: 'me', stage: 'prod' } }));
  await sqs.send(new CreateQueueCommand({ QueueName: 'wrong', tags: { owner: 'me', stage: 'dev' } }));
  await sqs.send(new CreateQueueCommand({ QueueName: 'bare' }));
  await clients
    .client('sns', region)
    .send(new CreateTopicCommand({ Name: 'topic', Tags: [{ Key: 'owner', Value: 'me' }] }));
  simulator.close();
});

const scan = (environment: Readonly<Record<string, string>>) =>
  scanAccount({ url: inject('simulator'), account, environment: { INVENTORY_SERVICES: 'sqs,sns', ...environment } });

describe('a scan with required tags', () => {
  it('counts never-tagged resources too, in its message, in scan.json and by region', async () => {
    const run = await scan({ INVENTORY_TAGS: JSON.stringify(rules) });
    expect(run.exitCode).toBe(0);
    expect(run.report?.tools.map(({ tool }) => tool)).toEqual(['inventory', 'tags']);
    expect(run.message).toMatchObject({
      outcome: 'succeeded',
      counts: { tags: { checked: 4, compliant: 2, untagged: 1 }, compliance: 0.5 },
    });
    expect(run.report?.tools[1]?.tagRegions).toEqual([
      {
        ...{ region, checked: 4, compliant: 2, untagged: 1 },
        tags: [
          { key: 'owner', checked: 4, compliant: 3 },
          { key: 'stage', checked: 3, compliant: 1 },
        ],
      },
    ]);
  });

  it('that requires none checks none', async () => {
    const run = await scan({});
    expect(run.report?.tools.map(({ tool }) => tool)).toEqual(['inventory']);
    expect(run.message?.counts).not.toHaveProperty('tags');
  });
});

describe('tags.json', () => {
  const record = (at: number, tags: object, more: object = {}) => ({
    ...{ account, service: 'SQS', region, timestamp: '', resourceType: 'AWS::SQS::Queue', resourceId: String(at) },
    resource: { type: 'queue', arn: `arn:aws:sqs:${region}:${account}:q${at}` },
    ...{ name: null, createdAt: null, tags, sources: ['native'] },
    ...more,
  });

  const check = async (text: string) => {
    const place = await makeDirectory();
    await writeFile(`${place.directory}/output.json`, text);
    const cells: Cell[] = [
      { type: 'AWS::KMS::Key', service: 'KMS', tier: 'native', region, outcome: 'denied', resources: 0 },
    ];
    const signal = new AbortController().signal;
    try {
      const order = { account, rules, cells, reportsDirectory: place.directory, date: '2026-11-26T00:00:00Z', signal };
      const result = await checkTags(order).catch((error: unknown) => error);
      const names = await readdir(place.directory);
      const report = names.includes('tags.json') ? await readFile(`${place.directory}/tags.json`, 'utf8') : undefined;
      return { result, names: names.sort(), report };
    } finally {
      await place.remove();
    }
  };

  it('has findings, counts, and the types that could not be listed', async () => {
    const lines = [record(1, { owner: 'me', stage: 'prod' }), record(2, {}, { name: 'a"\n' })];
    const { report, names } = await check(`[\n${lines.map(line => JSON.stringify(line)).join(',\n')}\n]\n`);
    const parsed = tagReportSchema.parse(JSON.parse(report ?? ''));
    expect(parsed).toMatchObject({
      ...{ account, source: 'inventory', summary: { checked: 2, compliant: 1, untagged: 1, compliance: 0.5 } },
      unseen: [{ type: 'AWS::KMS::Key', regions: [region], outcome: 'denied' }],
      findings: [{ name: 'a"\n', missing: ['owner', 'stage'] }],
    });
    expect(names).toEqual(['output.json', 'tags.json']);
  });

  it('is whole for an account without resources', async () => {
    const { report } = await check('[\n]\n');
    expect(tagReportSchema.parse(JSON.parse(report ?? ''))).toMatchObject({
      findings: [],
      summary: { compliance: null },
    });
  });

  it('is not there when the inventory’s report is torn', async () => {
    const { result, names } = await check(`[\n${JSON.stringify(record(1, {}))},\n{"acc`);
    expect(result).toMatchObject({ code: 'report-unreadable' });
    expect(names).toEqual(['output.json']);
  });
});
