// Both engines over one simulated account: where driftctl has a word, ours is the same, but for what the docs explain.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type AwsConnection, clientConfiguration } from '../../clients/aws/connection.ts';
import { scanTuning } from '../../clients/aws/inventory/walk.ts';
import { createResources } from '../../clients/simulator/resources.ts';
import { renderState } from '../../clients/simulator/terraform-state.ts';
import { type DriftReport, driftReportSchema } from '../../contract/drift/drift-report.ts';
import { terraformType } from '../../contract/drift/terraform-types.ts';
import { driftctlTypes } from '../../runner/scan/drift/driftctl/supported-types.ts';
import { seedGroups } from '../setup/seeds/seeds.ts';
import { type DriftctlLab, startDriftctlLab } from './driftctl/driftctl-lab.ts';
import { describeDisagreements } from './driftctl/print-disagreements.ts';
import { account, nameQueues, orders, regions } from './driftctl/sample-account.ts';

let lab: DriftctlLab;
let directory: string;

/** Every kind of resource that the inventory's own tests can make, in no state. */
const seedAll = async (region: string): Promise<void> => {
  const { accessKeyId, secretAccessKey, sessionToken = '' } = await lab.keysOf(account);
  const credentials = { accessKeyId, secretAccessKey, sessionToken };
  const connection: AwsConnection = { region, credentials, pathStyleBuckets: true, proxy: {} };
  const configuration = { ...clientConfiguration(connection, scanTuning), endpoint: lab.url };
  // Some find what another has made already; what is there is what both engines look at.
  for (const group of ['base', 'data', 'compute', 'governance', 'applications'])
    for (const seed of seedGroups[group] ?? [])
      await seed.create({ configuration, region, account }).catch(() => undefined);
};

beforeAll(async () => {
  lab = await startDriftctlLab();
  directory = await mkdtemp(join(tmpdir(), 'drift-engines-'));
  const resources = nameQueues(await createResources(await lab.enter(account), orders));
  await mkdir(join(directory, 'states'));
  for (const [region, those] of Map.groupBy(resources, ({ region: at }) => at)) {
    // One of ten was made by hand.
    const declared = those.filter((_, at) => at % 10 !== 7);
    await writeFile(join(directory, 'states', `${region}.tfstate`), renderState(declared, region));
  }
  await writeFile(join(directory, '.driftignore'), simulatorNoise);
}, 1_800_000);
afterAll(async () => {
  await lab?.stop();
  await rm(directory, { recursive: true, force: true });
});

/** CloudFormation's types of all that driftctl looks at, and of the wholes of its parts. */
const askedTypes = [...driftctlTypes].flatMap(type => {
  const row = terraformType(type);
  return row === undefined ? [] : [row.resourceType, ...(row.whole === undefined ? [] : [row.whole])];
});

/** What the simulator refuses, and what it has of every image that it offers. */
const simulatorNoise = 'aws_appautoscaling_*\naws_ebs_snapshot\n';

const compare = async (engine: 'ours' | 'driftctl' | 'both') => {
  const begun = performance.now();
  const { stdout, stderr, exitCode } = await execa(
    process.execPath,
    [
      ...['dist/aws-inventory.mjs', 'drift', '--engine', engine, '--output', 'json'],
      ...['--from', `tfstate://${join(directory, 'states')}`, '--regions', regions.join(',')],
      ...['--types', [...new Set(askedTypes)].join(','), '--ignore-file', join(directory, '.driftignore')],
    ],
    {
      reject: false,
      extendEnv: false,
      env: {
        ...(await lab.environmentOf(account)),
        ...{ PATH: process.env['PATH'], HOME: directory, AWS_REGION: 'eu-west-1' },
        ...{ AWS_EC2_METADATA_DISABLED: 'true', NODE_COMPILE_CACHE: join(directory, 'compile-cache') },
        INVENTORY_DRIFTCTL: 'program' in lab.found ? lab.found.program.command : '',
      },
    },
  );
  expect([0, 1], stderr).toContain(exitCode);
  const report: DriftReport = driftReportSchema.parse(JSON.parse(stdout));
  return { report, stderr, seconds: (performance.now() - begun) / 1000 };
};

/** What the two say differently, and why that is so: docs/drift.md tells it in the same order. */
const explained: readonly { readonly type: string; readonly ours: string; readonly driftctl: string }[] = [
  // The entries that AWS gives to every default network ACL.
  { type: 'aws_network_acl_rule', ours: 'absent', driftctl: 'unmanaged' },
  // Of Neptune and DocumentDB, which RDS lists among its own.
  { type: 'aws_db_instance', ours: 'absent', driftctl: 'unmanaged' },
  { type: 'aws_rds_cluster', ours: 'absent', driftctl: 'unmanaged' },
];

const unexplained = ({ disagreements }: DriftReport) =>
  disagreements.filter(
    ({ type, ours, driftctl }) =>
      !explained.some(each => each.type === type && each.ours === ours && each.driftctl === driftctl),
  );

it('say the same of an account that states manage, and ours sooner', async () => {
  const { report } = await compare('both');
  expect(report.alerts).toEqual({});
  expect(unexplained(report)).toEqual([]);
  expect(report.engines.map(({ engine, outcome }) => [engine, outcome])).toEqual([
    ['ours', 'drift'],
    ['driftctl', 'drift'],
  ]);
  expect(report.managed.length).toBeGreaterThan(20);
  const [first, second] = [await compare('ours'), await compare('driftctl')];
  const [ours, theirs] = [await compare('ours'), await compare('driftctl')];
  const own = [first, ours].map(({ seconds, report: { engines } }) => [seconds, engines[0]?.seconds ?? 0]);
  const others = [second, theirs].map(({ seconds, report: { engines } }) => [seconds, engines[1]?.seconds ?? 0]);
  // The whole command, the inventory included, and of that the engine's own part.
  console.log(`ours ${JSON.stringify(own)}, with driftctl ${JSON.stringify(others)} seconds`);
}, 300_000);

it('say the same of every type that driftctl supports and the simulator can make', async () => {
  await seedAll('eu-west-1');
  const { report } = await compare('both');
  const theirs = new Set([...report.managed, ...report.unmanaged].map(({ type }) => type));
  console.log(describeDisagreements(report).join('\n'), [...theirs].filter(type => driftctlTypes.has(type)).length);
  expect(unexplained(report)).toEqual([]);
  expect([...theirs].filter(type => driftctlTypes.has(type)).length).toBeGreaterThan(40);
}, 300_000);
