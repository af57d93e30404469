// A real Prometheus over what this repository serves: it scrapes, loads the rules, answers the queries of the docs; promtool judges.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { stringify } from 'yaml';
import { openSimulator } from '../../clients/simulator/account-clients.ts';
import { type Simulator, startMoto } from '../../clients/simulator/moto.ts';
import { prepareMoto } from '../../clients/simulator/moto-environment.ts';
import { createResources } from '../../clients/simulator/resources.ts';
import { type StartedProgram, startProgram } from '../cli/start-program.ts';
import { goldenResult } from '../exporter/driftctl-result/results.ts';
import { readExposition } from '../exporter/metrics/read-exposition.ts';
import { panelQueries, readDashboard, readRuleFile, readRules, ruleFiles } from '../monitoring/objects.ts';
import { findFreePort } from './cluster/free-ports.ts';
import { alertCases } from './monitoring/alert-cases.ts';
import { writeFleetResults } from './monitoring/fleet-results.ts';
import { type Prometheus, startPrometheus } from './monitoring/prometheus.ts';
import { findPrometheus } from './monitoring/prometheus-programs.ts';
import { renderRuleTests } from './monitoring/rule-tests.ts';

const account = '123450987654';
const tags = { environment: 'prod', product: 'shop', owner: 'web', cost_center: '17' };
const { owner: _owner, ...withoutOwner } = tags;
const tagConfig = `aws_account_matrix:
  - { account_id: "${account}", account_name: production, regions: [eu-west-1] }
assume_role_name_template: terraform
REQUIRED_TAGS: [environment, product, owner, cost_center]
`;

const started: StartedProgram[] = [];
const start = (...given: Parameters<typeof startProgram>): StartedProgram => {
  const program = startProgram(...given);
  started.push(program);
  return program;
};

let programs: Awaited<ReturnType<typeof findPrometheus>>;
let directory: string;
let fleetDirectory: string;
let moto: Simulator;
let prometheus: Prometheus;
let urls: Readonly<Record<'fleet' | 'tags' | 'driftctl', string>>;
let environment: Readonly<Record<string, string>>;

const announce = (text: string): void => console.error(text);
const requirements = fileURLToPath(new URL('../../sandbox/requirements.txt', import.meta.url));

const startTags = async (): Promise<StartedProgram> => {
  moto = await startMoto(await prepareMoto({ environment: process.env, requirements, announce }));
  const simulator = openSimulator(moto.url, 4);
  const place = { region: 'eu-west-1', instances: 1 };
  await createResources(await simulator.enter(account), [
    { ...place, kind: 'network', name: 'shop', tags: withoutOwner },
    { ...place, kind: 'queue', name: 'orders', tags },
    { ...place, kind: 'bucket', name: `shop-${account}`, tags },
  ]);
  simulator.close();
  environment = {
    ...{ AWS_ENDPOINT_URL: moto.url, AWS_REGION: 'eu-west-1', AWS_MAX_ATTEMPTS: '2' },
    ...{ AWS_ACCESS_KEY_ID: 'AKIATESTRUNNER000001', AWS_SECRET_ACCESS_KEY: 'runner-own-secret' },
  };
  await writeFile(join(directory, 'config.yaml'), tagConfig);
  return start({ args: ['tags', '--web', '--host', '127.0.0.1', '--port', '0'], environment, cwd: directory });
};

const startAll = async (): Promise<typeof urls> => {
  const web = await startTags();
  fleetDirectory = await writeFleetResults();
  const shown = ['--port', '0', '--seed-metrics', 'drift,tags'];
  const fleet = start({ args: ['exporter', '--directory', fleetDirectory, ...shown] });
  const result = join(directory, 'results.json');
  await writeFile(result, JSON.stringify({ ...goldenResult, date: new Date().toISOString() }));
  const driftctl = start({ args: ['exporter', '--port', '0'], environment: { RESULT_PATH: `file://${result}` } });
  return { fleet: await fleet.url(), tags: await web.url(), driftctl: await driftctl.url() };
};

const writeRules = async (): Promise<string[]> => {
  for (const name of ruleFiles) await writeFile(join(directory, `${name}.yml`), stringify(readRuleFile(name)));
  return ruleFiles.map(name => join(directory, `${name}.yml`));
};

beforeAll(async () => {
  programs = await findPrometheus();
  directory = await mkdtemp(join(tmpdir(), 'monitoring-'));
  urls = await startAll();
  for (const url of Object.values(urls)) {
    await vi.waitUntil(async () => (await fetch(`${url}/ready`)).status === 200, { timeout: 60_000, interval: 100 });
  }
  prometheus = await startPrometheus({
    command: programs.prometheus,
    ruleFiles: await writeRules(),
    targets: [
      // As the operator does it.
      { job: 'exporter', url: urls.fleet, labels: { service: 'aws-inventory-exporter', namespace: 'inventory' } },
      { job: 'tags', url: urls.tags },
      { job: 'driftctl', url: urls.driftctl },
    ],
  });
  await vi.waitUntil(async () => (await prometheus.query('sum(up)'))[0]?.value[1] === '3', { timeout: 60_000 });
}, 300_000);
afterAll(async () => {
  await prometheus?.stop();
  await Promise.all(started.map(program => program.stop()));
  await moto?.stop();
  for (const place of [directory, fleetDirectory]) await rm(place, { recursive: true, force: true });
}, 60_000);

const promtool = async (args: readonly string[], input?: string) => {
  const { stdout, stderr, exitCode } = await execa(programs.promtool, [...args], {
    ...{ reject: false, cwd: directory },
    ...(input === undefined ? {} : { input }),
  });
  return { said: `${stdout}\n${stderr}`, exitCode };
};
const bodyOf = async (url: string): Promise<string> => await (await fetch(`${url}/metrics`)).text();

describe('Prometheus', () => {
  it('scrapes all three without an error', async () => {
    const { activeTargets } = (await prometheus.read('targets')) as {
      activeTargets: readonly { labels: { job: string }; health: string; lastError: string }[];
    };
    expect(activeTargets.map(({ labels, health, lastError }) => [labels.job, health, lastError]).sort()).toEqual([
      ['driftctl', 'up', ''],
      ['exporter', 'up', ''],
      ['tags', 'up', ''],
    ]);
  });

  it('has the names of accounts as they are, and our label `service` where its target has one too', async () => {
    const answers = await prometheus.query('aws_inventory_account_outcome');
    const stored = JSON.parse(await readFile(join(fleetDirectory, 'AWSRecon/latest.json'), 'utf8')) as {
      accounts: readonly { name: string }[];
    };
    expect(answers.map(({ metric }) => metric['account_name']).sort()).toEqual(
      stored.accounts.map(({ name }) => name).sort(),
    );
    const services = await prometheus.query('sum by (service) (aws_inventory_organization_service_resources)');
    expect(services.map(({ metric, value }) => [metric['service'], value[1]]).sort()).toEqual([
      ['EC2', '54'],
      ['S3', '6'],
    ]);
    expect(await prometheus.query('{exported_service!=""}')).toEqual([]);
  });

  it('answers every query of the docs', async () => {
    const page = await readFile('docs/monitoring.md', 'utf8');
    const queries = [...page.matchAll(/^\| [^|]+ \| `(.+)` \|$/gm)].flatMap(([, query = '']) =>
      /^[a-z]\w+[({ ]|^\w+_\w+$/.test(query) ? query.replaceAll('\\|', '|') : [],
    );
    expect(queries.length).toBeGreaterThan(14);
    for (const query of queries) expect((await prometheus.query(query)).length, query).toBeGreaterThan(0);
  });

  it('answers every panel of both dashboards', async () => {
    for (const name of ['fleet', 'account'] as const) {
      for (const query of panelQueries(readDashboard(name))) {
        const answers = await prometheus.query(query.replaceAll('$account', '111111111111'));
        expect(answers.length, query).toBeGreaterThan(0);
      }
    }
  });

  it('has the figures of the seeds’ families: those of the result, and those of the tags', async () => {
    const readValue = async (query: string) => (await prometheus.query(query))[0]?.value[1];
    expect(await readValue('total_resources{job="driftctl"}')).toBe('16');
    expect(await readValue('sum(unmanaged_items_count_by_type{job="driftctl"})')).toBe('8');
    expect(await readValue('tag_non_compliant_total{job="tags",tag="owner"}')).toBe(
      await readValue('count(tag_missing_detail{job="tags",tag="owner"})'),
    );
    const instances = 'tag_resource_type_compliance_percentage{resource_type="instance",tag="owner"}';
    expect(await readValue(instances)).toBe('0');
  });

  it('loads the rules and evaluates each without an error', async () => {
    const read = async () => {
      const { groups } = (await prometheus.read('rules')) as {
        groups: readonly { rules: readonly { name: string; health: string; lastError?: string }[] }[];
      };
      return groups.flatMap(({ rules }) => rules);
    };
    await vi.waitUntil(async () => (await read()).every(({ health }) => health !== 'unknown'), { timeout: 20_000 });
    const all = await read();
    expect(all.map(({ name }) => name).sort()).toEqual(
      ruleFiles
        .flatMap(readRules)
        .map(({ alert }) => alert)
        .sort(),
    );
    expect(all.filter(({ health }) => health !== 'ok')).toEqual([]);
  });
});

describe('promtool', () => {
  it('accepts the rules', async () => {
    const { said, exitCode } = await promtool(['check', 'rules', '--lint-fatal', ...(await writeRules())]);
    expect(exitCode, said).toBe(0);
  });

  it('sees each alert fire on its series, and stay silent on healthy ones', async () => {
    expect(alertCases.map(({ alert }) => alert).sort()).toEqual(
      ruleFiles
        .flatMap(readRules)
        .map(({ alert }) => alert)
        .sort(),
    );
    await writeRules();
    await writeFile(join(directory, 'tests.yml'), renderRuleTests(ruleFiles.map(name => `${name}.yml`)));
    const { said, exitCode } = await promtool(['test', 'rules', 'tests.yml']);
    expect(exitCode, said).toBe(0);
  }, 120_000);

  it('reads what each program exposes, and has nothing against our own names', async () => {
    for (const url of Object.values(urls)) {
      const body = await bodyOf(url);
      expect(readExposition(body).length).toBeGreaterThan(20);
      const { said } = await promtool(['check', 'metrics'], body);
      // The seeds' names are what they are, and Node's are prom-client's.
      expect(said.split('\n').filter(line => /aws_inventory|error while/.test(line))).toEqual([]);
    }
  });

  it('reads the file for the textfile collector', async () => {
    const file = join(directory, 'aws_tags.prom');
    const { end } = start({ args: ['tags', '--output', file], environment, cwd: directory });
    expect((await end).exitCode).toBe(0);
    const { said } = await promtool(['check', 'metrics'], await readFile(file, 'utf8'));
    expect(said.split('\n').filter(line => /aws_inventory|error while/.test(line))).toEqual([]);
  });
});

describe('a Pushgateway', () => {
  it('takes the metrics of a scan, and each push replaces the one before', async () => {
    const port = await findFreePort();
    const gateway = execa(programs['prometheus-pushgateway'], [`--web.listen-address=127.0.0.1:${port}`], {
      ...{ reject: false, all: true, stdin: 'ignore' },
    });
    const url = `http://127.0.0.1:${port}`;
    try {
      await vi.waitUntil(async () => (await fetch(`${url}/-/ready`).catch(() => undefined))?.ok, { timeout: 20_000 });
      const old = '# TYPE tag_non_compliant_total gauge\ntag_non_compliant_total{tag="gone"} 1\n';
      await fetch(`${url}/metrics/job/aws_tag_compliance`, { method: 'POST', body: old });
      const { end } = start({ args: ['tags', '--pushgateway', url], environment, cwd: directory });
      const { exitCode, stderr } = await end;
      expect(exitCode, stderr).toBe(0);
      const pushed = readExposition(await bodyOf(url)).filter(({ name }) => name.startsWith('tag_non_compliant'));
      expect(pushed.map(({ labels }) => [labels['job'], labels['tag']])).toEqual([['aws_tag_compliance', 'owner']]);
    } finally {
      gateway.kill('SIGTERM');
      await gateway;
    }
  });
});
