// `aws-inventory exporter` and the exporter's container as the processes that they are.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { describe, expect, it, onTestFinished } from 'vitest';
import { idOf, type ResultsDirectory, resultsDirectory, scanText } from '../exporter/fixtures.ts';
import { readExposition } from '../exporter/metrics/read-exposition.ts';

const results = async (): Promise<ResultsDirectory> => {
  const directory = await resultsDirectory();
  await directory.latest([await directory.scan(idOf(1), scanText({ account: idOf(1) }))]);
  return directory;
};

const start = (entry: string, args: readonly string[], environment: Record<string, string> = {}) => {
  const program = fileURLToPath(new URL(`../../${entry}`, import.meta.url));
  const child = execa(process.execPath, [program, ...args], {
    ...{ extendEnv: false, reject: false, timeout: 25_000 },
    env: { HOME: '/nonexistent', AWS_EC2_METADATA_DISABLED: 'true', ...environment },
  });
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await child;
  });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    said += String(chunk);
  });
  /** Where it listens, once it says so. */
  const url = async (): Promise<string> => {
    const find = () => /http:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0] ?? '';
    await expect.poll(find, { timeout: 15_000 }).not.toBe('');
    return find();
  };
  return { child, url };
};

const exporter = (...args: string[]) => start('cli/main.ts', ['exporter', ...args]);

const isReady = async (url: string): Promise<boolean> => (await fetch(`${url}/ready`)).status === 200;

describe('aws-inventory exporter', () => {
  it('serves a directory of results until it is told to stop', async () => {
    const { path } = await results();
    const { child, url } = exporter('--directory', path, '--port', '0');
    const place = await url();
    await expect.poll(() => isReady(place), { timeout: 10_000 }).toBe(true);
    const series = readExposition(await (await fetch(`${place}/metrics`)).text());
    expect(series).toContainEqual({ name: 'aws_inventory_accounts', labels: { outcome: 'succeeded' }, value: 1 });
    child.kill('SIGTERM');
    expect((await child).exitCode).toBe(0);
  });

  it('shows what has changed after the interval', async () => {
    const directory = await results();
    const { url } = exporter('--directory', directory.path, '--port', '0', '--interval', '1');
    const place = await url();
    await expect.poll(() => isReady(place), { timeout: 10_000 }).toBe(true);
    await directory.latest([]);
    const accounts = async () =>
      readExposition(await (await fetch(`${place}/metrics`)).text()).find(
        ({ name }) => name === 'aws_inventory_accounts',
      )?.value;
    await expect.poll(accounts, { timeout: 10_000 }).toBe(0);
  });

  it.each([
    ['no place', [], /no bucket and no directory/],
    ['two places', ['--directory', '.', '--bucket', 'abc'], /name two places/],
    ['a directory that is none', ['--directory', '/nonexistent'], /is not a directory/],
    ['a port that is none', ['--directory', '.', '--port', '70000'], /--port/],
    ['an interval of nothing', ['--directory', '.', '--interval', '0'], /--interval/],
    ['seeds that nobody knows', ['--directory', '.', '--seed-metrics', 'drift,flowers'], /no "flowers"/],
  ])('ends with 2 and says what is wrong when it is given %s', async (_name, args, message) => {
    const { exitCode, stderr } = await exporter(...args).child;
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(message);
  });

  it('ends with 2 when its port is in use', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await new Promise(resolve => taken.once('listening', resolve));
    onTestFinished(() => void taken.close());
    const { port } = taken.address() as AddressInfo;
    const { path } = await results();
    const { exitCode, stderr } = await exporter('--directory', path, '--port', String(port)).child;
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/EADDRINUSE/);
    expect(stderr).toMatch(/Choose another --port/);
  });
});

describe('the exporter’s container', () => {
  it('answers its probes while the bucket is out of reach, and ends with 0 when it is told to', async () => {
    const { child, url } = start('exporter/main.ts', [], {
      ...{ AWS_ENDPOINT_URL: 'http://127.0.0.1:9', AWS_ACCESS_KEY_ID: 'x', AWS_SECRET_ACCESS_KEY: 'x' },
      ...{ AWS_MAX_ATTEMPTS: '1', AWS_REGION: 'eu-west-1', BUCKET_NAME: 'some-bucket' },
      ...{ INVENTORY_EXPORTER_HOST: '127.0.0.1', INVENTORY_EXPORTER_PORT: '0' },
    });
    const place = await url();
    expect((await fetch(`${place}/live`)).status).toBe(200);
    expect((await fetch(`${place}/ready`)).status).toBe(503);
    const failures = async () =>
      readExposition(await (await fetch(`${place}/metrics`)).text()).find(
        ({ name, labels }) => name === 'aws_inventory_exporter_refreshes_total' && labels['outcome'] === 'failed',
      )?.value;
    await expect.poll(failures, { timeout: 10_000 }).toBeGreaterThan(0);
    child.kill('SIGTERM');
    expect((await child).exitCode).toBe(0);
  });

  it('ends with 2 and names every variable that it cannot use', async () => {
    const { child } = start('exporter/main.ts', [], {
      ...{ BUCKET_NAME: 'some-bucket', INVENTORY_EXPORTER_PORT: 'eighty', INVENTORY_EXPORTER_MAX_SERIES: '1' },
      INVENTORY_EXPORTER_SEED_METRICS: 'drift,flowers',
    });
    const { exitCode, stderr } = await child;
    expect(exitCode).toBe(2);
    for (const name of ['PORT', 'MAX_SERIES', 'SEED_METRICS']) expect(stderr).toContain(`INVENTORY_EXPORTER_${name}`);
  });
});
