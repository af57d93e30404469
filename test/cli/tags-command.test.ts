// The bundled `aws-inventory tags` as the process that it is, against accounts of the simulator.
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { TagQueueCommand, UntagQueueCommand } from '@aws-sdk/client-sqs';
import { execa } from 'execa';
import { beforeAll, describe, expect, inject, it, onTestFinished } from 'vitest';
import { openSimulator } from '../../clients/simulator/account-clients.ts';
import type { ResourceOrder } from '../../clients/simulator/resource-order.ts';
import { createResources } from '../../clients/simulator/resources.ts';
import { readExposition } from '../exporter/metrics/read-exposition.ts';
import { type RecordingServer, type Rule, startRecordingServer } from '../setup/recording-server.ts';
import { randomAccountId } from '../setup/run-container.ts';

const production = randomAccountId();
const staging = randomAccountId();

/** The sample of the exporter that this one stands in for, with accounts of the test. */
const sample = `aws_account_matrix:
  - account_id: "${production}"
    account_name: "production"
    regions: ["us-east-1", "eu-west-1"]
  - account_id: "${staging}"
    account_name: "staging"
    regions: ["us-east-1"]
assume_role_name_template: "terraform"
REQUIRED_TAGS:
  - environment
  - product
  - owner
  - cost_center
`;

const all = { environment: 'prod', product: 'shop', owner: 'web', cost_center: '17' };
const { owner: _owner, ...withoutOwner } = all;
const order = (kind: ResourceOrder['kind'], region: string, name: string, tags: ResourceOrder['tags']) => ({
  ...{ kind, region, name, tags },
});

const fill = async (account: string, orders: readonly ResourceOrder[]): Promise<void> => {
  const simulator = openSimulator(inject('simulator'), 4);
  await createResources(await simulator.enter(account), orders);
  simulator.close();
};

beforeAll(async () => {
  await fill(production, [
    order('queue', 'us-east-1', 'orders', all),
    order('queue', 'us-east-1', 'mails', withoutOwner),
    order('table', 'us-east-1', 'carts', all),
    order('volume', 'us-east-1', 'data', { environment: 'prod' }),
    order('topic', 'eu-west-1', 'news', { ...all, owner: '' }),
  ]);
  await fill(staging, [order('queue', 'us-east-1', 'orders', { Environment: 'test' })]);
});

const makeDirectory = async (config: string): Promise<string> => {
  const directory = await mkdtemp(join(tmpdir(), 'tags-test-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  await writeFile(join(directory, 'config.yaml'), config);
  return directory;
};

interface Start {
  readonly config?: string;
  readonly url?: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly directory?: string;
}

const start = async (args: readonly string[], { config = sample, url, environment, directory }: Start = {}) => {
  const program = fileURLToPath(new URL('../../dist/aws-inventory.mjs', import.meta.url));
  const cwd = directory ?? (await makeDirectory(config));
  const child = execa(process.execPath, [program, 'tags', ...args], {
    ...{ cwd, extendEnv: false, reject: false, stripFinalNewline: false, timeout: 25_000 },
    env: {
      ...{ HOME: '/nonexistent', AWS_EC2_METADATA_DISABLED: 'true', AWS_REGION: 'us-east-1', AWS_MAX_ATTEMPTS: '1' },
      ...{ AWS_ENDPOINT_URL: url ?? inject('simulator'), AWS_ACCESS_KEY_ID: 'x', AWS_SECRET_ACCESS_KEY: 'y' },
      ...environment,
    },
  });
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await child;
  });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    said += String(chunk);
  });
  return { child, cwd, said: () => said };
};

const run = async (args: readonly string[], options: Start = {}) => {
  const { child, cwd } = await start(args, options);
  const { exitCode, stdout, stderr } = await child;
  return { exitCode, stdout, stderr, cwd };
};

const serve = async (args: readonly string[], options: Start = {}) => {
  const started = await start(['--web', '--host', '127.0.0.1', '--port', '0', ...args], options);
  const find = () => /http:\/\/127\.0\.0\.1:\d+/.exec(started.said())?.[0] ?? '';
  await expect.poll(find, { timeout: 15_000 }).not.toBe('');
  return { ...started, url: find() };
};

const recording = async (upstream: string | undefined, rule: Rule): Promise<RecordingServer> => {
  const server = await startRecordingServer(upstream, rule);
  onTestFinished(server.stop);
  return server;
};

/** `account region tag … value` of a family, sorted. */
const rows = (text: string, name: string): string[] =>
  readExposition(text)
    .filter(series => series.name === name)
    .map(({ labels: { account_name, account_id: _id, region, resource_arn: _arn, ...more }, value }) =>
      [account_name, region, ...Object.values(more), value].join(' '),
    )
    .sort();

describe('aws-inventory tags', () => {
  it('gives stdout the metrics of the sample’s accounts and nothing else', async () => {
    const { exitCode, stdout, stderr } = await run([]);
    expect(exitCode).toBe(0);
    expect(
      Object.fromEntries(
        ['resources_scanned_total', 'compliance_percentage', 'resources_fully_compliant_total'].map(name => [
          name,
          rows(stdout, name),
        ]),
      ),
    ).toEqual({
      resources_scanned_total: ['production eu-west-1 1', 'production us-east-1 4', 'staging us-east-1 1'],
      compliance_percentage: ['production eu-west-1 100', 'production us-east-1 50', 'staging us-east-1 0'],
      resources_fully_compliant_total: ['production eu-west-1 1', 'production us-east-1 2', 'staging us-east-1 0'],
    });
    expect(rows(stdout, 'tag_compliant_total')).toEqual([
      ...['cost_center', 'environment', 'owner', 'product'].map(tag => `production eu-west-1 ${tag} 1`),
      ...['cost_center 3', 'environment 4', 'owner 2', 'product 3'].map(row => `production us-east-1 ${row}`),
    ]);
    expect(rows(stdout, 'tag_non_compliant_total')).toEqual([
      ...['cost_center 1', 'owner 2', 'product 1'].map(row => `production us-east-1 ${row}`),
      ...['cost_center', 'environment', 'owner', 'product'].map(tag => `staging us-east-1 ${tag} 1`),
    ]);
    expect(rows(stdout, 'tag_missing_detail').filter(row => row.includes('owner'))).toEqual([
      'production us-east-1 queue owner 1',
      'production us-east-1 volume owner 1',
      'staging us-east-1 queue owner 1',
    ]);
    expect(rows(stdout, 'tag_compliance_percentage').filter(row => row.includes('owner'))).toEqual([
      'production eu-west-1 owner 100',
      'production us-east-1 owner 50',
      'staging us-east-1 owner 0',
    ]);
    expect(
      rows(stdout, 'tag_resource_type_compliance_percentage').filter(row => row.includes('us-east-1 queue owner')),
    ).toEqual(['production us-east-1 queue owner 50', 'staging us-east-1 queue owner 0']);
    expect(rows(stdout, 'resources_fully_compliant_by_type_total')).toEqual([
      'production eu-west-1 topic 1',
      'production us-east-1 queue 1',
      'production us-east-1 table 1',
    ]);
    expect(stderr).toContain(`production (${production}) us-east-1: 4 resources, 2 compliant, 50.0 %\n`);
  });

  it('names types as they were before where that is asked for', async () => {
    const { stdout } = await run(['--resource-type-labels', 'legacy']);
    expect(rows(stdout, 'resources_fully_compliant_by_type_total')).toEqual([
      'production eu-west-1 sns 1',
      'production us-east-1 sqs 1',
      'production us-east-1 table 1',
    ]);
  });

  it('replaces its file as a whole, for any user to read, and says nothing on stdout', async () => {
    const { exitCode, stdout, cwd } = await run(['--output', 'metrics.prom'], {
      config: `${sample}excluded_resource_types: ["sqs:*"]\n`,
    });
    expect([exitCode, stdout]).toEqual([0, '']);
    expect(await readdir(cwd)).toEqual(['config.yaml', 'metrics.prom']);
    expect((await stat(join(cwd, 'metrics.prom'))).mode & 0o777).toBe(0o644);
    const text = await readFile(join(cwd, 'metrics.prom'), 'utf8');
    expect(rows(text, 'resources_scanned_total')).toEqual([
      'production eu-west-1 1',
      'production us-east-1 2',
      'staging us-east-1 0',
    ]);
  });

  it('pushes to the group of the job', async () => {
    const gateway = await recording(undefined, () => ({ status: 200 }));
    const { exitCode, stdout } = await run(['--pushgateway', gateway.url]);
    expect([exitCode, stdout]).toEqual([0, '']);
    expect(gateway.requests.map(({ method, url }) => `${method} ${url}`)).toEqual([
      'PUT /metrics/job/aws_tag_compliance',
    ]);
    expect(rows(String(gateway.requests[0]?.body), 'resources_scanned_total')).toHaveLength(3);
  });

  it('ends with 3 when an account fails, with the others in the output and the failure on stderr', async () => {
    const proxy = await recording(inject('simulator'), ({ body }) =>
      String(body).includes(`%3A${staging}%3A`)
        ? {
            status: 403,
            headers: { 'content-type': 'text/xml' },
            body: '<ErrorResponse><Error><Code>AccessDenied</Code><Message>no</Message></Error></ErrorResponse>',
          }
        : undefined,
    );
    const { exitCode, stdout, stderr } = await run([], { url: proxy.url });
    expect(exitCode).toBe(3);
    expect(rows(stdout, 'resources_scanned_total')).toEqual(['production eu-west-1 1', 'production us-east-1 4']);
    expect(rows(stdout, 'aws_inventory_tags_scan_success')).toEqual([
      ...['production eu-west-1 1', 'production us-east-1 1', 'staging us-east-1 0'],
    ]);
    expect(stderr).toMatch(
      new RegExp(
        `staging \\(${staging}\\) us-east-1\\nrole-refused: arn:aws:iam::${staging}:role/terraform cannot be assumed: AccessDenied`,
      ),
    );
  });

  it.each([
    ['a config with problems', [], { config: 'REQUIRED_TAGS: owner\nregion: x' }, /3 problems:\n/],
    ['a flag that --web would ignore', ['--web', '--output', 'x'], {}, /--output is about one scan/],
    ['a directory that is not there', ['--output', 'a/b'], {}, /--output a\/b cannot be written/],
    ['no URL of a gateway', ['--pushgateway', 'gateway'], {}, /The Pushgateway is "gateway"/],
    ['no credentials', [], { environment: { AWS_ACCESS_KEY_ID: '' } }, /no-credentials/],
  ])('ends with 2 and says what is wrong: %s', async (_name, args, options, message) => {
    const { exitCode, stdout, stderr } = await run(args, options);
    expect(stderr).toMatch(message);
    expect([exitCode, stdout]).toEqual([2, '']);
  });

  it('is interrupted by a signal, and then gives no metrics', async () => {
    const silent = await recording(undefined, () => 'never');
    const endpoint = { AWS_ENDPOINT_URL_RESOURCE_GROUPS_TAGGING_API: silent.url };
    const { child } = await start([], { environment: endpoint });
    await expect.poll(() => silent.requests.length, { timeout: 10_000 }).toBe(3);
    child.kill('SIGTERM');
    const { exitCode, stdout, stderr } = await child;
    expect([exitCode, stdout]).toEqual([143, '']);
    expect(stderr).toContain('interrupted: The scan was stopped');
  });
});

describe('aws-inventory tags --web', () => {
  const isReady = async (url: string): Promise<boolean> => (await fetch(`${url}/ready`)).status === 200;
  const metricsOf = async (url: string): Promise<string> => await (await fetch(`${url}/metrics`)).text();

  it('serves the sample, resolves what is mended, and ends with 0 on SIGTERM', async () => {
    const { child, url } = await serve(['--refresh-interval', '1']);
    await expect.poll(() => isReady(url), { timeout: 10_000 }).toBe(true);
    const mails = async () =>
      readExposition(await metricsOf(url)).filter(
        ({ name, labels }) => name === 'tag_missing_detail' && labels['resource_arn']?.endsWith(':mails'),
      ).length;
    expect(await mails()).toBe(1);
    const simulator = openSimulator(inject('simulator'), 1);
    const sqs = (await simulator.enter(production)).client('sqs', 'us-east-1');
    const QueueUrl = `${inject('simulator')}/${production}/mails`;
    await sqs.send(new TagQueueCommand({ QueueUrl, Tags: { owner: 'web' } }));
    await expect.poll(mails, { timeout: 10_000 }).toBe(0);
    await sqs.send(new UntagQueueCommand({ QueueUrl, TagKeys: ['owner'] }));
    simulator.close();
    child.kill('SIGTERM');
    expect((await child).exitCode).toBe(0);
  });

  it('lets a scan end that is under way when it is told to stop', async () => {
    const held = Promise.withResolvers<void>();
    let asked = 0;
    const slow = createServer(async (_request, answer) => {
      asked += 1;
      await held.promise;
      answer
        .writeHead(200, { 'content-type': 'application/x-amz-json-1.1' })
        .end('{"ResourceTagMappingList":[],"PaginationToken":""}');
    }).listen(0, '127.0.0.1');
    await new Promise(resolve => slow.once('listening', resolve));
    onTestFinished(() => {
      slow.closeAllConnections();
      slow.close();
    });
    const { port } = slow.address() as AddressInfo;
    const { child, url, said } = await serve([], {
      environment: { AWS_ENDPOINT_URL_RESOURCE_GROUPS_TAGGING_API: `http://127.0.0.1:${port}` },
    });
    await expect.poll(() => asked, { timeout: 10_000 }).toBe(3);
    child.kill('SIGTERM');
    expect((await fetch(`${url}/live`)).status).toBe(200);
    held.resolve();
    expect((await child).exitCode).toBe(0);
    expect(said()).toContain('"msg":"scan ended"');
  });

  it('stays alive without credentials, and says so at /health', async () => {
    const { url } = await serve([], { environment: { AWS_ACCESS_KEY_ID: '' } });
    await expect.poll(async () => (await fetch(`${url}/health`)).status, { timeout: 10_000 }).toBe(503);
    expect(await (await fetch(`${url}/health`)).text()).toMatch(
      /^Unhealthy: Last scan failed - nothing could be read of 2 accounts/,
    );
    expect((await fetch(`${url}/live`)).status).toBe(200);
    expect(await isReady(url)).toBe(false);
  });

  it('ends with 2 when its port is in use', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await new Promise(resolve => taken.once('listening', resolve));
    onTestFinished(() => void taken.close());
    const { port } = taken.address() as AddressInfo;
    const { exitCode, stderr } = await run(['--web', '--host', '127.0.0.1', '--port', String(port)]);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/EADDRINUSE[\s\S]*Choose another --port/);
  });
});
