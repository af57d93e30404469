// The contestants of npm run bench:inventory: each a process of its own with the account's credentials, and what it found.
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { execa } from 'execa';
import type { InventoryRecord } from '../../contract/catalogue/inventory-record.ts';
import { writeCredentialsFile } from '../../runner/assume/credentials-file.ts';
import { inventoryFlags, type ToolOrder, toolOrderVariable } from '../../runner/scan/tool-order.ts';
import { type Cost, measure } from './measure.ts';

export interface Target {
  readonly url: string;
  readonly account: string;
  readonly regions: readonly string[];
  readonly services: 'all' | readonly string[];
  readonly credentials: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken?: string;
  };
}

export interface Workshop {
  /** Everything of the bench that is not the cache. */
  readonly directory: string;
  readonly dist: string;
  readonly taggingProgram: string;
}

/** Bundles the programs into the directory, as the image has them. */
export const openWorkshop = async (directory: string, dist: string | undefined): Promise<Workshop> => {
  const own = dist ?? join(directory, 'dist');
  if (dist === undefined) await execa(process.execPath, ['build/bundle.mjs', own]);
  const taggingProgram = join(directory, 'tagging.mjs');
  await build({
    entryPoints: ['build/bench-inventory-tagging.ts'],
    outfile: taggingProgram,
    ...{
      bundle: true,
      minify: true,
      platform: 'node',
      format: 'esm',
      target: 'node24',
      mainFields: ['module', 'main'],
    },
    banner: {
      js: 'import{createRequire as __createRequire}from"node:module";const require=__createRequire(import.meta.url);',
    },
  });
  return { directory, dist: own, taggingProgram };
};

const baseEnvironment = ({ url }: Target, home: string) => ({
  PATH: process.env['PATH'],
  HOME: home,
  AWS_ENDPOINT_URL: url,
  AWS_EC2_METADATA_DISABLED: 'true',
});

/** What everyone but our own program reads. */
const keysOf = ({ credentials, regions }: Target) => ({
  AWS_ACCESS_KEY_ID: credentials.accessKeyId,
  AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
  AWS_SESSION_TOKEN: credentials.sessionToken ?? '',
  AWS_REGION: regions[0],
  AWS_DEFAULT_REGION: regions[0],
});

export interface OwnRun {
  readonly cost: Cost;
  /** output.json; read by lines where it is large. */
  readonly reportFile: string;
  readonly seconds: number;
  readonly resources: number;
  readonly outcome: string;
  readonly message: string;
}

/** The program that scan starts for the inventory, started as scan starts it. */
export const runOurs = async (workshop: Workshop, target: Target, name: string): Promise<OwnRun> => {
  const place = join(workshop.directory, name);
  const reportsDirectory = join(place, 'reports');
  await mkdir(reportsDirectory, { recursive: true });
  const credentialsFile = join(place, 'credentials');
  await writeCredentialsFile(credentialsFile, { sessionToken: 'bench', expiresAt: '', ...target.credentials });
  const order: ToolOrder = {
    account: target.account,
    partition: 'aws',
    region: target.regions[0] ?? 'us-east-1',
    regions: [...target.regions],
    selection: { services: target.services === 'all' ? 'all' : [...target.services], types: [], exclude: [] },
    ...{ accepted: [], maxPerType: null, credentialsFile, reportsDirectory },
    ...{ resultFile: join(place, 'result'), seconds: 3000 },
  };
  const environment = { ...baseEnvironment(target, place), [toolOrderVariable]: JSON.stringify(order) };
  const command = [process.execPath, ...flags(), join(workshop.dist, 'inventory.mjs')];
  const cost = await measure({ command, environment, logFile: join(place, 'log') });
  const { resources, seconds, verdict } = JSON.parse(await readFile(order.resultFile, 'utf8'));
  const { outcome, message = '' } = verdict;
  return { cost, reportFile: join(reportsDirectory, 'output.json'), seconds, resources, outcome, message };
};

/** As scan has them, or others to try out. */
const flags = (): readonly string[] => process.env['BENCH_NODE_FLAGS']?.split(' ') ?? inventoryFlags;

export const readRecords = async (reportFile: string): Promise<InventoryRecord[]> =>
  JSON.parse(await readFile(reportFile, 'utf8')) as InventoryRecord[];

export const runTagging = async (workshop: Workshop, target: Target) => {
  const file = join(workshop.directory, 'tagged.json');
  const environment = { ...baseEnvironment(target, workshop.directory), ...keysOf(target) };
  const command = [process.execPath, workshop.taggingProgram, file, ...target.regions];
  const cost = await measure({ command, environment, logFile: join(workshop.directory, 'tagging.log') });
  return { cost, arns: JSON.parse(await readFile(file, 'utf8')) as string[] };
};

/** Without services it asks all that it knows. Its parallelism is its own default; a host's name before an IP address would lead nowhere. */
export const runListAll = async (
  workshop: Workshop,
  target: Target,
  { bin, services }: { bin: string; services: readonly string[] },
) => {
  const directory = join(workshop.directory, 'list-all');
  await mkdir(directory);
  const environment = {
    ...baseEnvironment(target, workshop.directory),
    ...keysOf(target),
    AWS_DISABLE_HOST_PREFIX_INJECTION: 'true',
  };
  const regions = target.regions.flatMap(region => ['--region', region]);
  const narrowed = services.flatMap(service => ['--service', service]);
  const command = [join(bin, 'aws_list_all'), 'query', ...narrowed, ...regions, '--directory', directory];
  const cost = await measure({ command, environment, logFile: join(workshop.directory, 'list-all.log') });
  return { cost, directory };
};
