// A small Organization in a simulator of its own, and the real command run against it as a user would run it.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { execa } from 'execa';
import { startMoto } from '../../clients/simulator/moto.ts';
import { prepareMoto } from '../../clients/simulator/moto-environment.ts';
import { buildOrganization, type PlannedAccount } from '../../clients/simulator/organization.ts';
import { type RefusingProxy, startRefusingProxy } from '../../clients/simulator/proxy.ts';
import { type Latest, latestSchema, type Manifest, manifestSchema } from '../../contract/manifest.ts';
import { sandboxEnvironment } from '../../sandbox/sweep.ts';

export interface CommandEnd {
  readonly exitCode: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

const starter =
  (environment: Record<string, string>) =>
  (args: readonly string[], more: Record<string, string> = {}) =>
    execa(process.execPath, ['dist/aws-inventory.mjs', ...args], {
      env: { ...environment, ...more },
      extendEnv: false,
      reject: false,
    });

export interface Fleet {
  readonly bucket: string;
  readonly proxy: RefusingProxy;
  /** Ids of the members, in the order of their names. */
  readonly ids: readonly string[];
  readonly managementAccountId: string;
  /** Starts the command without waiting for it. */
  readonly start: (
    args: readonly string[],
    environment?: Record<string, string>,
  ) => ReturnType<ReturnType<typeof starter>>;
  /** `aws-inventory run` with what every run here needs, to its end. */
  readonly run: (args: readonly string[], environment?: Record<string, string>) => Promise<CommandEnd>;
  readonly read: (key: string) => Promise<string>;
  readonly write: (key: string, text: string) => Promise<void>;
  readonly keys: () => Promise<string[]>;
  readonly manifest: (run: string) => Promise<Manifest>;
  readonly latest: () => Promise<Latest>;
  readonly stateDirectory: string;
  readonly stop: () => Promise<void>;
}

const member = (name: string, facts: Partial<PlannedAccount> = {}): PlannedAccount => ({
  name,
  path: ['Workloads', 'Prod'],
  state: 'ACTIVE',
  tags: {},
  resources: [],
  ...facts,
});

/** Two of them unlike the rest: one suspended, one whose name tries to break what prints it. */
export const members = (count: number): PlannedAccount[] =>
  Array.from({ length: count }, (_, at) => {
    if (at === 0) return member('closed', { state: 'SUSPENDED' });
    if (at === 1) return member('"\n<script>${x}', { path: ['Sandbox'] });
    return member(`team ${at}`);
  });

/** One region and one type: what is tested here is the run, not the inventory. */
export const quickSettings = 'regions: [eu-west-1]\ninventory: {types: ["AWS::S3::Bucket"]}\nrun: {retries: 0}\n';

export interface FleetOptions {
  /** Where the proxy listens; the loopback address when left out. */
  readonly address?: string;
  /** The bucket of the reports, when it is not the one that comes with the Organization: it need not be there yet. */
  readonly bucket?: string;
}

export const startFleet = async (count: number, options: FleetOptions = {}): Promise<Fleet> => {
  const python = await prepareMoto({
    environment: process.env,
    requirements: 'sandbox/requirements.txt',
    announce: text => console.error(text),
  });
  const moto = await startMoto(python);
  const { address, bucket: ownBucket } = options;
  const proxy = await startRefusingProxy({ upstream: moto.url, ...(address === undefined ? {} : { address }) });
  const built = await buildOrganization({ url: moto.url, plan: { managementResources: [], members: members(count) } });
  const bucket = ownBucket ?? built.reportsBucket;
  const stateDirectory = mkdtempSync(join(tmpdir(), 'inventory-flow-'));
  const environment = sandboxEnvironment(proxy.url, process.env, stateDirectory);
  const s3 = new S3Client({
    endpoint: moto.url,
    region: 'eu-west-1',
    forcePathStyle: true,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  const read = async (key: string) => {
    const answer = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    return (await answer.Body?.transformToString()) ?? '';
  };
  const keys = async () => {
    const answer = await s3.send(new ListObjectsV2Command({ Bucket: bucket }));
    return (answer.Contents ?? []).map(object => object.Key ?? '');
  };
  const start = starter(environment);
  return {
    bucket,
    proxy,
    ids: built.members.map(({ id }) => id),
    managementAccountId: built.managementAccountId,
    start,
    run: async (args, more) => {
      const { exitCode, stdout, stderr } = await start(['run', '--bucket', bucket, '--output', 'json', ...args], more);
      return { exitCode, stdout: String(stdout), stderr: String(stderr) };
    },
    read,
    keys,
    write: async (key, text) => {
      await s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: text }));
    },
    manifest: async run => {
      const key = (await keys()).find(found => found.endsWith(`/run_${run}.json`));
      return manifestSchema.parse(JSON.parse(await read(key ?? `there is no manifest of ${run}`)));
    },
    latest: async () => latestSchema.parse(JSON.parse(await read('AWSRecon/latest.json'))),
    stateDirectory,
    stop: async () => {
      s3.destroy();
      await proxy.stop();
      await moto.stop();
      rmSync(stateDirectory, { recursive: true, force: true });
    },
  };
};

/** Processes that have a state directory in their arguments or environment (supervisors, containers) and still run. */
export const leftProcesses = (stateDirectory: string): string[] =>
  readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .flatMap(pid => {
      try {
        if (Number(pid) === process.pid) return [];
        const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
        const environment = readFileSync(`/proc/${pid}/environ`, 'utf8');
        return `${command}${environment}`.includes(stateDirectory) ? [command.replaceAll('\0', ' ')] : [];
      } catch {
        return [];
      }
    });
