// The walkthrough of docs/drift-exporter.md with the real driftctl, as compose.yaml starts it: exporter, one scan, one look.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { CreateBucketCommand, GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { parse } from 'yaml';
import { createResources } from '../../clients/simulator/resources.ts';
import { startProgram } from '../cli/start-program.ts';
import { readExposition } from '../exporter/metrics/read-exposition.ts';
import { type DriftctlLab, startDriftctlLab } from './driftctl/driftctl-lab.ts';
import { account, orders } from './driftctl/sample-account.ts';

interface App {
  readonly command: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly volumes: readonly string[];
}

let lab: DriftctlLab;
let home: string;

beforeAll(async () => {
  lab = await startDriftctlLab();
  home = await mkdtemp(join(tmpdir(), 'walkthrough-'));
  // A listing that the simulator refuses.
  await writeFile(join(home, '.driftignore'), 'aws_appautoscaling_*\n');
  await createResources(await lab.enter(account), orders);
}, 1_800_000);
afterAll(async () => {
  await lab?.stop();
  await rm(home, { recursive: true, force: true });
});

it('the walkthrough ends with metrics of what driftctl found, from the state of compose.yaml', async () => {
  const { app } = (parse(await readFile('compose.yaml', 'utf8')) as { services: { app: App } }).services;
  const [, mounted = '', place = ''] = /^(.*?):(.*?):ro$/.exec(app.volumes[0] ?? '') ?? [];
  if (!('program' in lab.found)) throw new Error('there is no driftctl');
  const { command: driftctl, configDirectory } = lab.found.program;
  const [, bucket = '', key = ''] = /^s3:\/\/([^/]+)\/(.+)$/.exec(app.environment['RESULT_PATH'] ?? '') ?? [];
  const own = {
    accessKeyId: app.environment['AWS_S3_ACCESS_KEY_ID'] ?? '',
    secretAccessKey: app.environment['AWS_S3_SECRET_ACCESS_KEY'] ?? '',
  };
  const s3 = new S3Client({ endpoint: lab.url, region: 'us-east-1', forcePathStyle: true, credentials: own });
  onTestFinished(() => s3.destroy());
  await s3.send(new CreateBucketCommand({ Bucket: bucket }));
  const environment = {
    ...app.environment,
    ...(await lab.environmentOf(account)),
    AWS_REGION: 'eu-west-1',
    AWS_S3_ENDPOINT_URL: lab.url,
    DCTL_FROM: (app.environment['DCTL_FROM'] ?? '').replace(place, resolve(mounted)),
    INVENTORY_DRIFTCTL: driftctl,
    DCTL_CONFIG_DIR: configDirectory ?? '',
    PATH: process.env['PATH'] ?? '',
    HOME: home,
  };
  const exporter = startProgram({ args: [...app.command.slice(1), '--port', '0'], environment });
  onTestFinished(async () => {
    await exporter.stop('SIGKILL');
  });
  const url = await exporter.url();
  const scan = await startProgram({ args: ['drift'], environment, cwd: home }).end;
  expect(scan.exitCode, scan.stderr).toBe(0);
  const last = scan.stderr.split('\n').findLast(line => line.startsWith('{')) ?? '';
  expect((JSON.parse(last) as { msg: string }).msg).toMatch(/^Drift Scan Report saved\. Task Finished/);
  const saved = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
  const { summary, unmanaged } = JSON.parse((await saved.Body?.transformToString()) ?? '') as {
    summary: Record<string, number>;
    unmanaged: readonly { type: string }[];
  };
  expect(summary['total_unmanaged']).toBeGreaterThan(5);
  const series = readExposition(await (await fetch(`${url}/metrics`)).text());
  for (const name of ['total_resources', 'total_unmanaged', 'total_missing', 'total_managed']) {
    expect(series).toContainEqual({ name, labels: {}, value: summary[name] });
  }
  const types = Object.entries(Object.groupBy(unmanaged, ({ type }) => type)).map(([type, found]) => [
    type,
    found?.length,
  ]);
  const served = series
    .filter(({ name }) => name === 'unmanaged_items_count_by_type')
    .map(({ labels, value }) => [labels['resource'], value]);
  expect(Object.fromEntries(served)).toEqual(Object.fromEntries(types));
  const info = series.find(({ name }) => name === 'aws_inventory_driftctl_result_info');
  expect(info?.labels).toMatchObject({ engine: 'driftctl', version: 'v0.40.0', provider_version: '3.40.0' });
}, 180_000);
