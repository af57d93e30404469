// npm run bench:fanout: the orchestrator's submit step against a real API server, beside bare HTTPS that posts the same bytes.
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { execa } from 'execa';
import { auditPosition, countCalls, readCalls } from '../test/real/cluster/audit-log.ts';
import { type ControlPlane, startControlPlane } from '../test/real/cluster/control-plane.ts';
import type { Round, RoundResult } from './bench-fanout-contestant.ts';

type Contestant = Round['contestant'];
type Measured = RoundResult & { readonly calls: readonly string[]; readonly callsPerJob: number };

const { values } = parseArgs({
  options: { accounts: { type: 'string', default: '2000' }, rounds: { type: 'string', default: '3' } },
});
const accounts = Number(values.accounts);
const rounds = Number(values.rounds);
const contestants: readonly Contestant[] = ['submit', 'watched', 'bare'];
const identity = 'aws-inventory-orchestrator-sa';
const user = `system:serviceaccount:inventory:${identity}`;
const allJobs = '/apis/batch/v1/namespaces/inventory/jobs?propagationPolicy=Background';
const countEvery = 100;

/** As build/bundle.mjs bundles the image's programs. */
const bundleContestant = async (directory: string): Promise<string> => {
  const banner =
    'import{createRequire as __createRequire}from"node:module";const require=__createRequire(import.meta.url);';
  await build({
    entryPoints: ['build/bench-fanout-contestant.ts'],
    outdir: directory,
    outExtension: { '.js': '.mjs' },
    ...{ bundle: true, splitting: true, minify: true, keepNames: true, logLevel: 'warning' },
    ...{ platform: 'node', format: 'esm', target: 'node24', mainFields: ['module', 'main'] },
    banner: { js: banner },
  });
  return join(directory, 'bench-fanout-contestant.mjs');
};

/** What the kubelet puts into the orchestrator's container: its token, the CA, and where the API server is. */
const mountServiceAccount = async (cluster: ControlPlane): Promise<Record<string, string>> => {
  const directory = join(cluster.directory, 'service-account');
  await mkdir(directory);
  await writeFile(join(directory, 'token'), await cluster.kubectl(['-n', 'inventory', 'create', 'token', identity]));
  await writeFile(join(directory, 'namespace'), 'inventory');
  await copyFile(cluster.caFile, join(directory, 'ca.crt'));
  return {
    INVENTORY_SERVICE_ACCOUNT_DIRECTORY: directory,
    KUBERNETES_SERVICE_HOST: cluster.host,
    KUBERNETES_SERVICE_PORT: String(cluster.port),
  };
};

/** The answer lists all that was deleted, a hundred megabytes of ten thousand Jobs: it is not kept. */
const deleteJobs = async (cluster: ControlPlane): Promise<void> => {
  const headers = { authorization: `Bearer ${cluster.adminToken}` };
  const deletion = request(cluster.url + allJobs, { method: 'DELETE', ca: await readFile(cluster.caFile), headers });
  const [answer] = (await once(deletion.end(), 'response')) as [IncomingMessage];
  await once(answer.resume(), 'end');
  if (answer.statusCode !== 200) throw new Error(`deleting the Jobs of a round was answered ${answer.statusCode}`);
};

/** A call's line is written after its answer: they are counted when all creates are there. */
const countRoundCalls = async (cluster: ControlPlane, from: number) => {
  for (;;) {
    const counted = countCalls((await readCalls(cluster.auditLog, from)).filter(call => call.user === user));
    const created = counted.find(({ verb, resource }) => verb === 'create' && resource === 'jobs');
    if (created !== undefined && created.calls >= accounts) return counted;
    await sleep(countEvery);
  }
};

interface Bench {
  readonly cluster: ControlPlane;
  readonly program: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly templateFile: string;
  /** Of Node, as the orchestrator's container has them. */
  readonly nodeArguments: readonly string[];
}

const measureRound = async (bench: Bench, contestant: Contestant, number: number): Promise<Measured> => {
  const { cluster, program, environment, templateFile } = bench;
  const from = await auditPosition(cluster.auditLog);
  const ownJob = { name: `aws-inventory-orchestrator-${number}`, uid: randomUUID() };
  const round: Round = { contestant, accounts, run: `bench-${contestant}-${number}`, ownJob, templateFile };
  const { stdout } = await execa(process.execPath, [...bench.nodeArguments, program, JSON.stringify(round)], {
    env: environment,
    extendEnv: false,
  });
  const counted = await countRoundCalls(cluster, from);
  // Each round finds the same, empty store.
  await deleteJobs(cluster);
  const total = counted.reduce((sum, { calls }) => sum + calls, 0);
  const calls = counted.map(({ verb, resource, calls: times }) => `${times} ${verb} ${resource}`);
  return { ...(JSON.parse(stdout) as RoundResult), calls, callsPerJob: total / accounts };
};

const median = (numbers: readonly number[]): number =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;

const row = (cells: readonly string[]): void =>
  console.log(cells.map((cell, index) => cell.padEnd(index === 0 ? 44 : 16)).join(''));

const print = (results: Readonly<Record<Contestant, readonly Measured[]>>): void => {
  console.log(`\n${accounts} Jobs at a time, medians of ${rounds} alternating rounds, Node ${process.version}.`);
  console.log('etcd and kube-apiserver alone: no controller manager, so that the submit step is what is measured.\n');
  row(['', 'Jobs/s', 'CPU ms a Job', 'calls a Job', 'peak memory']);
  const rate = (of: Contestant): number => median(results[of].map(({ seconds }) => accounts / seconds));
  const cpu = (of: Contestant): number => median(results[of].map(({ cpuSeconds }) => (cpuSeconds * 1000) / accounts));
  for (const [name, of] of [
    ['(a) the orchestrator’s submit step', 'submit'],
    ['    … with the watch that stands in a run', 'watched'],
    ['(b) bare keep-alive HTTPS', 'bare'],
  ] as const) {
    const peak = median(results[of].map(({ peakKib }) => peakKib)) / 1024;
    const calls = median(results[of].map(({ callsPerJob }) => callsPerJob));
    row([name, rate(of).toFixed(0), cpu(of).toFixed(2), calls.toFixed(3), `${peak.toFixed(0)} MiB`]);
  }
  row(['(a) / (b)', (rate('submit') / rate('bare')).toFixed(2), (cpu('submit') / cpu('bare')).toFixed(2)]);
  console.log(`\ncalls of a round: ${results.watched.at(-1)?.calls.join(', ')}`);
};

const main = async (cluster: ControlPlane): Promise<void> => {
  await cluster.kubectl(['apply', '-k', 'k8s/base']);
  const templateFile = join(cluster.directory, 'template.json');
  const reading = ['-n', 'inventory', 'get', 'cronjob', 'aws-inventory-runner', '-o', 'json'];
  await writeFile(templateFile, await cluster.kubectl(reading));
  const program = await bundleContestant(join(cluster.directory, 'bundle'));
  const argumentsPath = 'jsonpath={.spec.jobTemplate.spec.template.spec.containers[0].args}';
  const reads = ['-n', 'inventory', 'get', 'cronjob', 'aws-inventory-orchestrator', '-o', argumentsPath];
  const all = JSON.parse(await cluster.kubectl(reads)) as string[];
  const nodeArguments = all.filter(word => word.startsWith('--'));
  const environment = await mountServiceAccount(cluster);
  const bench: Bench = { cluster, program, environment, templateFile, nodeArguments };
  const results: Record<Contestant, Measured[]> = { submit: [], watched: [], bare: [] };
  // Round 0 warms up and is not counted; taking turns lets what else the machine does fall on both alike.
  for (let number = 0; number <= rounds; number += 1) {
    for (const contestant of contestants) {
      const measured = await measureRound(bench, contestant, number);
      if (number > 0) results[contestant].push(measured);
    }
  }
  print(results);
};

const cluster = await startControlPlane({ controllerManager: false });
try {
  await main(cluster);
} finally {
  await cluster.stop();
}
