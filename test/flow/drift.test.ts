// A run with states: each account is compared with its own, read by a session that may read no others.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { driftReportSchema } from '../../contract/drift/drift-report.ts';
import { type Fleet, startFleet } from './fleet.ts';

let fleet: Fleet;
let config: string;

/** Below the management account's root, `{ou_path}` has no value. */
const from = (bucket: string) => [`tfstate+s3://${bucket}/states/{ou_path}/{account_id}/**/*.tfstate`];

const stateOf = (account: string): string => {
  const arn = `arn:aws:sqs:eu-west-1:${account}:gone`;
  const url = `https://sqs.eu-west-1.amazonaws.com/${account}/gone`;
  const instance = { schema_version: 0, attributes: { id: url, url, arn, name: 'gone', region: 'eu-west-1' } };
  const provider = 'provider["registry.opentofu.org/hashicorp/aws"]';
  const resource = { mode: 'managed', type: 'aws_sqs_queue', name: 'gone', provider, instances: [instance] };
  return JSON.stringify({
    ...{ version: 4, terraform_version: '1.9.0', serial: 1, lineage: account, outputs: {} },
    resources: [resource],
  });
};

const ids = () => ({ odd: fleet.ids[1] ?? '', first: fleet.ids[2] ?? '', second: fleet.ids[3] ?? '' });

beforeAll(async () => {
  fleet = await startFleet(4);
  config = join(fleet.stateDirectory, 'config.yaml');
  const { first, second } = ids();
  for (const id of [first, second]) await fleet.write(`states/Workloads/Prod/${id}/a.tfstate`, stateOf(id));
  const settings = {
    regions: ['eu-west-1'],
    inventory: { types: ['AWS::SQS::Queue'] },
    run: { retries: 0 },
    drift: {
      engine: 'ours',
      from: from(fleet.bucket),
      state: { role: 'arn:aws:iam::{account_id}:role/state-reader', externalId: 'of-the-states' },
      overrides: { [ids().odd]: { from: [] } },
    },
  };
  writeFileSync(config, JSON.stringify(settings));
});
afterAll(() => fleet.stop());
beforeEach(() => fleet.proxy.setRules([]));

const rowOf = async (run: string, id: string) => (await fleet.manifest(run)).accounts.find(row => row.id === id);

describe('a run with states', () => {
  it('has counts of each account and their sums, and the report of each beside its inventory', async () => {
    const { odd, first, second } = ids();
    const mark = fleet.proxy.history.length;
    const { exitCode } = await fleet.run(['--config', config, '--run-id', 'states']);
    // The management account has no unit that its template asks for.
    expect(exitCode).toBe(3);
    const manifest = await fleet.manifest('states');
    expect(manifest.totals).toMatchObject({ succeeded: 3, partial: 1, missing: 2, unmanaged: 0, changed: 0 });
    for (const id of [first, second]) {
      const row = manifest.accounts.find(each => each.id === id);
      expect(row).toMatchObject({ outcome: 'succeeded', counts: { drift: { missing: 1, managed: 0, coverage: 0 } } });
      const key = row?.reports.find(({ kind }) => kind === 'drift')?.key ?? 'none';
      const report = driftReportSchema.parse(JSON.parse(await fleet.read(key)));
      expect(report.account).toBe(id);
      expect(report.missing.map(({ arn, id: missing }) => arn ?? missing).join()).toContain(id);
      expect(report.sources.map(({ location }) => location)).toEqual([
        `tfstate+s3://${fleet.bucket}/states/Workloads/Prod/${id}/a.tfstate`,
      ]);
    }
    expect((await rowOf('states', odd))?.counts).not.toHaveProperty('drift');
    expect(await rowOf('states', fleet.managementAccountId)).toMatchObject({
      outcome: 'partial',
      code: 'states-unreadable',
      message: expect.stringContaining('{ou_path}'),
    });

    const asked = fleet.proxy.history.slice(mark);
    const assumed = asked.filter(({ parameters }) => parameters['RoleArn']?.endsWith('state-reader'));
    // The simulator keeps no ExternalId.
    expect(assumed.map(({ parameters }) => parameters['ExternalId'])).toEqual(['present', 'present']);
    const read = asked.filter(({ key, action }) => action === 'GetObject' && key?.startsWith('states/'));
    expect(read.map(({ accountId }) => accountId).sort()).toEqual([first, second].sort());
    expect(read.filter(({ accountId, key }) => !key?.includes(accountId))).toEqual([]);
  });

  it('loses no inventory when the role of the states is refused', async () => {
    const { first } = ids();
    const roleArn = new RegExp(`:${first}:role/state-reader$`);
    const refused = { do: 'refuse', as: 'access-denied' } as const;
    fleet.proxy.setRules([{ match: { service: 'sts', action: 'AssumeRole', roleArn }, answer: refused }]);
    const { exitCode } = await fleet.run(['--config', config, '--run-id', 'refused', '--accounts', first]);
    expect(exitCode).toBe(3);
    const row = await rowOf('refused', first);
    expect(row).toMatchObject({ outcome: 'partial', code: 'state-role-refused' });
    expect(row?.message).toContain(`arn:aws:iam::${first}:role/state-reader was not assumed`);
    expect(row?.reports.map(({ kind }) => kind).sort()).toEqual(['recon', 'scan']);
    expect(row?.counts).not.toHaveProperty('drift');
  });
});
