// The real driftctl 0.40 with the real AWS provider 3.40, over a simulated account: what it is given, and what comes of it.
import { globSync, readFileSync } from 'node:fs';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createResources } from '../../clients/simulator/resources.ts';
import { renderState, type TerraformResource } from '../../clients/simulator/terraform-state.ts';
import { passThrough } from '../../runner/scan/drift/driftctl/pass-through.ts';
import { type DriftctlOrder, runDriftctl } from '../../runner/scan/drift/driftctl/run-driftctl.ts';
import { copyStates } from '../../runner/scan/drift/driftctl/state-copies.ts';
import { driftctlTypes } from '../../runner/scan/drift/driftctl/supported-types.ts';
import { type DriftctlLab, startDriftctlLab } from './driftctl/driftctl-lab.ts';
import { account, nameQueues, orders, queueUrl, regions } from './driftctl/sample-account.ts';

/** What the simulator adds by itself, a listing that it refuses, and parts that the sample's states do not declare. */
const simulatorNoise = [
  ...['aws_network_acl_rule', 'aws_appautoscaling_*', 'aws_ebs_volume', 'aws_default_*'],
  ...['aws_security_group_rule', 'aws_sns_topic_policy'],
].join('\n');

let lab: DriftctlLab;
let resources: readonly TerraformResource[];
let directory: string;

beforeAll(async () => {
  lab = await startDriftctlLab();
  directory = await mkdtemp(join(tmpdir(), 'driftctl-test-'));
  resources = nameQueues(await createResources(await lab.enter(account), orders));
}, 1_800_000);
afterEach(() => lab.refusing.setRules([]));
afterAll(async () => {
  await lab?.stop();
  await rm(directory, { recursive: true, force: true });
});

const scan = async (states: readonly (readonly TerraformResource[])[], more: Partial<DriftctlOrder> = {}) => {
  const order = { regions, ...more };
  const copying = copyStates({ directory, account, regions: order.regions, providerVersion: '3.40.0' });
  for (const [index, those] of states.entries())
    await copying.add(
      `tfstate+s3://states/${index}.tfstate`,
      JSON.parse(renderState(those, `lineage-${index}`)) as object,
    );
  const copies = await copying.finish();
  try {
    return await runDriftctl({
      ...{ found: lab.found, copies, directory, environment: more.environment ?? (await lab.environmentOf(account)) },
      ...{ driftignore: simulatorNoise, seconds: 120, signal: new AbortController().signal, secrets: [] },
      ...order,
    });
  } finally {
    await copying.remove();
  }
};

const named = (
  items: readonly { readonly type: string; readonly id: string; readonly region?: string | undefined }[] | undefined,
) => (items ?? []).map(({ type, id, region }) => `${region} ${type} ${id}`);

const ofType = (...types: readonly string[]) => resources.filter(({ type }) => types.includes(type));
const supported = () => resources.filter(({ type }) => driftctlTypes.has(type) && type !== 'aws_ebs_volume');

/** Command lines of the provider's processes that are still there. */
const providersOf = ({ found }: DriftctlLab): string[] => {
  const place = 'program' in found ? `${found.program.configDirectory}/.driftctl/plugins` : '';
  return globSync('/proc/[0-9]*/cmdline')
    .flatMap(file => {
      try {
        return readFileSync(file, 'utf8');
      } catch {
        return [];
      }
    })
    .filter(line => line.includes(place));
};

describe('the programs', () => {
  it('tell their versions', () => {
    expect(lab.found).toMatchObject({ program: { version: 'v0.40.0', providerVersion: '3.40.0' } });
  });
});

describe('an account in two regions', () => {
  it('is in sync when states of provider 6 declare all that is there', async () => {
    const { engine, document, alerts } = await scan([resources]);
    expect(alerts).toEqual({});
    expect([named(document?.unmanaged), named(document?.missing)]).toEqual([[], []]);
    expect(engine).toMatchObject({ outcome: 'in-sync', runs: regions.map(region => ({ region, exit: 0 })) });
    expect(document?.managed).toHaveLength(supported().length);
    expect(document?.managed.filter(({ type }) => type === 'aws_iam_role')).toHaveLength(2);
    expect(document?.coverage).toBe(100);
    expect(engine.message).toMatch(/^attributes that its provider 3\.40\.0 asks for .*aws_sqs_queue/);
  });

  it('has drifted by what no state declares and by what is gone, each in its region', async () => {
    const gone: TerraformResource = {
      ...{ type: 'aws_sqs_queue', name: 'gone', region: 'us-east-1' },
      attributes: { id: queueUrl('us-east-1', 'gone'), name: 'gone' },
    };
    const [table] = ofType('aws_dynamodb_table');
    const { engine, document } = await scan([[...resources.filter(one => one !== table), gone]]);
    expect(engine).toMatchObject({ outcome: 'drift' });
    expect(named(document?.unmanaged)).toEqual(['eu-west-1 aws_dynamodb_table eu-west-1-table']);
    expect(named(document?.missing)).toEqual([`us-east-1 aws_sqs_queue ${gone.attributes['id']}`]);
    expect(document?.missing[0]?.source?.source).toBe('tfstate+s3://states/0.tfstate');
  });

  it('has nothing missing when two states declare the same', async () => {
    const { engine, document } = await scan([resources, ofType('aws_sqs_queue', 'aws_iam_role')]);
    expect(named(document?.missing)).toEqual([]);
    expect(engine.message).toContain('4 resources that several states declare went to driftctl once');
    expect(document?.summary.total_iac_source_count).toBe(2);
  });

  it('of which a type is denied is not in sync, and all denied is a failure', async () => {
    const denied = { do: 'refuse', as: 'access-denied' } as const;
    lab.refusing.setRules([{ match: { service: 'sqs', region: 'us-east-1' }, answer: denied }]);
    const some = await scan([resources]);
    expect(some.engine.outcome).toBe('partial');
    expect(some.alerts['aws_sqs_queue']?.[0]?.message).toMatch(/^us-east-1: .*forbidden/);
    expect(named(some.document?.missing)).toEqual([]);

    lab.refusing.setRules([{ match: { service: 'sqs' }, answer: denied }]);
    const all = await scan([ofType('aws_sqs_queue')], { driftignore: '*\n!aws_sqs_queue' });
    expect([all.document?.summary.total_resources, all.engine.outcome]).toEqual([0, 'failed']);
  });

  it('of which a listing fails is scanned without it', async () => {
    const answer = { do: 'fail', status: 400, code: 'ValidationException', message: 'no such thing' } as const;
    lab.refusing.setRules([{ match: { service: 'dynamodb', region: 'eu-west-1' }, answer }]);
    const { engine, document, alerts } = await scan([resources]);
    expect(engine).toMatchObject({ outcome: 'partial', runs: regions.map(region => ({ region, exit: 0 })) });
    expect(Object.keys(alerts)).toEqual(['aws_dynamodb_table']);
    expect(named(document?.managed)).toContain('us-east-1 aws_dynamodb_table us-east-1-table');
  });

  it('whose keys nobody knows is a failure that says so, and leaves no provider behind', async () => {
    const environment = await lab.environmentOf(account);
    lab.refusing.setRules([{ match: { service: 'sts' }, answer: { do: 'refuse', as: 'access-denied' } }]);
    const { engine, document } = await scan([resources], { regions: ['eu-west-1'], environment });
    expect([engine.outcome, document]).toEqual(['failed', undefined]);
    expect(engine.message).toContain('it ended with 2');
    await expect.poll(() => providersOf(lab)).toEqual([]);
  });

  it('is not waited for beyond its time, and no process is left', async () => {
    lab.refusing.setRules([{ match: { service: 'sqs' }, answer: { do: 'hang' } }]);
    const { engine } = await scan([resources], { regions: ['eu-west-1'], seconds: 4 });
    expect(engine).toMatchObject({
      outcome: 'failed',
      runs: [{ message: 'it did not end within its time and was ended' }],
    });
    await expect.poll(() => providersOf(lab)).toEqual([]);
  });

  it('is scanned without a call to anybody but AWS, and nothing is left on the disk', async () => {
    await scan([resources], { regions: ['eu-west-1'] });
    expect(lab.tls.strangers).toEqual([]);
    expect(lab.tls.requests.some(line => line.includes('sqs.eu-west-1.amazonaws.com'))).toBe(true);
    expect(await readdir(directory)).toEqual([]);
  });
});

describe('every type that driftctl supports', () => {
  it('is read of a state that has its id alone, whatever its provider asks for', async () => {
    const bare = [...driftctlTypes].map(type => ({
      ...{ type, name: type, region: 'eu-west-1' },
      attributes: { id: `bare-${type}` },
    }));
    const { engine, document, alerts } = await scan([bare], { regions: ['eu-west-1'] });
    expect(alerts).toEqual({});
    expect(engine.runs).toEqual([{ region: 'eu-west-1', exit: 1 }]);
    const missing = new Set(document?.missing.map(({ type }) => type));
    expect(missing.size).toBeGreaterThan(70);
  });
});

describe('driftctl as its users run it', () => {
  it('reads their variables and their state, and its document is kept', async () => {
    const own = await mkdtemp(join(tmpdir(), 'driftctl-user-'));
    const copying = copyStates({ directory: own, account, regions: ['eu-west-1'], providerVersion: '3.40.0' });
    await copying.add('a', JSON.parse(renderState(resources, 'a')) as object);
    await copying.finish();
    await writeFile(join(own, '.driftignore'), simulatorNoise);
    const result = await passThrough({
      found: lab.found,
      environment: {
        ...(await lab.environmentOf(account)),
        ...{ AWS_REGION: 'eu-west-1', DCTL_FROM: 'tfstate://states/eu-west-1/00000.tfstate' },
      },
      ...{ from: [], directory: own, temporaryDirectory: own, seconds: 120, signal: new AbortController().signal },
    });
    expect(result.engine).toMatchObject({ outcome: 'in-sync', version: 'v0.40.0' });
    expect(result.verbatim).toMatchObject({ unmanaged: null, provider_version: '3.40.0', coverage: 100 });
    await rm(own, { recursive: true });
  });
});
