// npm run bench:inventory: what the inventory finds in one account, and at what cost, beside aws-list-all and the Tagging API.
// -- --quick (one region, few seeds, no peer), --without-peer or --peer-services sqs,sns (whole it takes 9 GiB and half an
// hour), --latency 50, --million [--resources 1000000], --json FILE, --dist DIRECTORY (of bundles, instead of new ones)
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { parseArn } from '../contract/catalogue/arn.ts';
import type { AccountServer } from '../test/servers/start-account-server.ts';
import { type BenchAccount, benchAccount, startBenchAccount } from './inventory-bench/account.ts';
import {
  openWorkshop,
  readRecords,
  runListAll,
  runOurs,
  runTagging,
  type Target,
  type Workshop,
} from './inventory-bench/contestants.ts';
import { type Coverage, compareFindings } from './inventory-bench/coverage.ts';
import { lowerBounds } from './inventory-bench/latency.ts';
import { type ListAllFindings, prepareListAll, readFindings, readNamespaces } from './inventory-bench/list-all.ts';
import { runMillion } from './inventory-bench/million.ts';
import { countFound, countNames, type Line, printLatency, printLines, printMisses } from './inventory-bench/print.ts';

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    'without-peer': { type: 'boolean', default: false },
    'peer-services': { type: 'string' },
    latency: { type: 'string' },
    million: { type: 'boolean', default: false },
    resources: { type: 'string', default: '1000000' },
    json: { type: 'string' },
    dist: { type: 'string' },
  },
});
const regions = values.quick ? ['us-east-1'] : ['us-east-1', 'eu-west-1', 'eu-central-1'];

const targetOf = ({ credentials }: BenchAccount, { url }: AccountServer): Target => {
  return { url, account: benchAccount, regions, services: 'all', credentials };
};

/** Runs one contestant and counts what the server was asked meanwhile. */
const counted = async <Result>({ requests }: AccountServer, run: () => Promise<Result>) => {
  const before = requests.length;
  const result = await run();
  return { result, requests: requests.length - before };
};

const nothing: ListAllFindings = { things: [], texts: new Map() };

/** The peer's findings and its line; neither where it is left out. */
const competeListAll = async (workshop: Workshop, account: BenchAccount) => {
  if (values.quick || values['without-peer'])
    return { findings: nothing, namespaces: new Map<string, string[]>(), lines: [] };
  const bin = await prepareListAll();
  const services = values['peer-services']?.split(',') ?? [];
  const target = targetOf(account, account.server);
  const { result, requests } = await counted(account.server, () => runListAll(workshop, target, { bin, services }));
  const findings = await readFindings(result.directory);
  const { things } = findings;
  const line: Line = {
    ...{ name: 'aws-list-all', contestant: 'list-all', cost: result.cost, requests, listed: things.length },
    types: new Set(things.map(({ service, operation, list }) => `${service} ${operation} ${list}`)).size,
    services: new Set(things.map(({ service }) => service)).size,
  };
  return { findings, namespaces: await readNamespaces(bin), lines: [line] };
};

const compete = async (workshop: Workshop, account: BenchAccount): Promise<{ lines: Line[]; coverage: Coverage }> => {
  const { server } = account;
  const target = targetOf(account, server);
  // The first run warms moto up, which imports a service when it is asked for it.
  await runOurs(workshop, target, 'warm-up');
  const ours = await counted(server, () => runOurs(workshop, target, 'ours'));
  const records = await readRecords(ours.result.reportFile);
  const tagging = await counted(server, () => runTagging(workshop, target));
  const listAll = await competeListAll(workshop, account);
  const { arns } = tagging.result;
  const coverage = compareFindings({
    ...{ ours: records, tagging: arns, listAll: listAll.findings, namespaces: listAll.namespaces },
    ...{ seeded: account.seeded, modelled: account.modelled },
  });
  const taggedServices = new Set(arns.map(arn => parseArn(arn)?.service));
  const taggedTypes = new Set(arns.map(arn => `${parseArn(arn)?.service} ${parseArn(arn)?.resource.split(/[/:]/)[0]}`));
  const lines: Line[] = [
    {
      name: 'aws-inventory',
      contestant: 'ours',
      cost: ours.result.cost,
      requests: ours.requests,
      ...countNames(records),
    },
    ...listAll.lines,
    {
      ...{ name: 'Tagging API alone', contestant: 'tagging', cost: tagging.result.cost, requests: tagging.requests },
      ...{ listed: arns.length, types: taggedTypes.size, services: taggedServices.size },
    },
  ];
  console.log(
    `\nOne account, ${regions.length} regions; Node ${process.version}. The scan said ${ours.result.outcome}: ${ours.result.message}\n`,
  );
  printLines(lines, coverage);
  printMisses(coverage);
  return { lines, coverage };
};

const measureLatency = async (workshop: Workshop, account: BenchAccount, latency: number) => {
  const echo = await account.startEcho(latency);
  try {
    const { cost } = await runOurs(workshop, targetOf(account, echo), 'late');
    const bounds = lowerBounds(echo.requests, latency);
    printLatency(cost.wallSeconds, bounds, latency);
    const { max } = echo.inFlight;
    console.log(
      `  ${max} requests in flight at most, ${cost.cpuSeconds.toFixed(1)} s of CPU, ${cost.peakMib.toFixed(0)} MiB`,
    );
    return { cost, bounds };
  } finally {
    await echo.stop();
  }
};

const measureAccount = async (workshop: Workshop) => {
  const account = await startBenchAccount(regions, values.quick);
  try {
    const { lines, coverage } = await compete(workshop, account);
    const late =
      values.latency === undefined ? undefined : await measureLatency(workshop, account, Number(values.latency));
    const found = lines.map(({ contestant }) => [contestant, countFound(coverage.known, contestant)] as const);
    const misses = coverage.known.filter(({ foundBy }) => !foundBy.has('ours')).map(({ label }) => label);
    return { lines, found: Object.fromEntries(found), misses, late };
  } finally {
    await account.stop();
  }
};

const measureMillion = async (workshop: Workshop) => {
  const resources = Number(values.resources);
  const result = await runMillion(workshop, resources);
  const { cost } = result.run;
  const rate = (resources / cost.wallSeconds).toFixed(0);
  console.log(
    `\n${result.records} log groups, each once, ${result.tagged} with their tags: ${cost.wallSeconds.toFixed(1)} s,`,
  );
  console.log(`${rate} a second, ${cost.cpuSeconds.toFixed(1)} s of CPU, ${cost.peakMib.toFixed(0)} MiB at its peak`);
  return result;
};

const directory = await mkdtemp(join(tmpdir(), 'inventory-bench-'));
try {
  const workshop = await openWorkshop(directory, values.dist);
  const results = values.million ? await measureMillion(workshop) : await measureAccount(workshop);
  if (values.json !== undefined) await writeFile(values.json, `${JSON.stringify(results, null, 2)}\n`);
} finally {
  await rm(directory, { recursive: true, force: true });
}
