// The source of `tags --source inventory`, against an account of the simulator.
import { afterEach, describe, expect, inject, it, onTestFinished, vi } from 'vitest';
import { inventorySource } from '../../cli/inventory-source.ts';
import { openSimulator } from '../../clients/simulator/account-clients.ts';
import { createResources } from '../../clients/simulator/resources.ts';
import { readSettings } from '../../contract/read-settings.ts';
import { anyValue } from '../../contract/tags/tag-rules.ts';
import { tallyOpener } from '../../exporter/tag-compliance/region-tally.ts';
import { countUnseen, scanAccounts, scanTroubles } from '../../exporter/tag-compliance/scan-accounts.ts';
import { startAccountServer } from '../servers/start-account-server.ts';
import { connectTo } from '../setup/connection.ts';
import { startRecordingServer } from '../setup/recording-server.ts';
import { randomAccountId } from '../setup/run-container.ts';

afterEach(() => void vi.unstubAllEnvs());

const scan = async (url: string, account: string, types: readonly string[]) => {
  const settings = readSettings({ environment: {}, overrides: { inventory: { types } } });
  const rules = { required: [anyValue('owner')], exclude: [] };
  const role = { roleArn: `arn:aws:iam::${account}:role/audit` };
  return await scanAccounts(
    {
      accounts: [{ id: account, name: 'a', regions: ['eu-west-1'], role, rules }],
      openTally: tallyOpener('modern'),
      read: inventorySource({ connection: connectTo(url, 1), settings }),
      atOnce: 1,
    },
    new AbortController().signal,
  );
};

describe('a scan by a sweep', () => {
  it('sees what was never tagged, and counts the types that it could not list', async () => {
    const account = randomAccountId();
    const simulator = openSimulator(inject('simulator'), 2);
    const order = { kind: 'queue', region: 'eu-west-1' } as const;
    await createResources(await simulator.enter(account), [
      { ...order, name: 'tagged', tags: { owner: 'x' } },
      { ...order, name: 'bare', tags: {} },
    ]);
    simulator.close();
    const denied = { 'AWS::Bedrock::Flow': { denied: { permission: 'bedrock:ListFlows' } } };
    const server = await startAccountServer({ upstream: inject('simulator'), model: { everywhere: denied } });
    onTestFinished(server.stop);
    const found = await scan(server.url, account, ['AWS::SQS::Queue', 'AWS::Bedrock::Flow']);
    expect(scanTroubles(found)).toEqual([]);
    const [region] = found.accounts[0]?.regions.filter(each => each.region === 'eu-west-1') ?? [];
    expect(region?.counts).toMatchObject({
      ...{ checked: 2, compliant: 1, untagged: 1 },
      lacking: [{ arn: `arn:aws:sqs:eu-west-1:${account}:bare`, resourceType: 'queue', tags: ['owner'] }],
    });
    expect(countUnseen(found)).toBe(1);
    expect(found.accounts[0]?.regions.map(each => each.region)).toEqual(['eu-west-1', 'global']);
  });

  it('fails as a whole when nothing could be listed', async () => {
    const refusal = { status: 403, body: JSON.stringify({ __type: 'AccessDeniedException', message: 'no' }) };
    const server = await startRecordingServer(inject('simulator'), ({ body }) =>
      String(body).includes('Action=AssumeRole') ? undefined : refusal,
    );
    onTestFinished(server.stop);
    const found = await scan(server.url, randomAccountId(), ['AWS::SQS::Queue']);
    expect(scanTroubles(found)).toMatchObject([{ regions: ['eu-west-1'], failure: { code: 'scan-denied' } }]);
  });
});
