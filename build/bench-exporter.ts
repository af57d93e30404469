// `npm run bench:exporter`: the exporter over ten thousand accounts' reports, beside a server that reads them at each scrape.
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { execa } from 'execa';

const { values } = parseArgs({
  options: {
    accounts: { type: 'string', default: '10000' },
    scrapes: { type: 'string', default: '500' },
    'max-series': { type: 'string', default: '100000' },
  },
});
const accounts = Number(values.accounts);
const scrapes = Number(values.scrapes);

interface Program {
  readonly url: string;
  readonly pid: number;
  readonly stop: () => Promise<void>;
}

const start = async (args: readonly string[], environment: Record<string, string>, form: RegExp): Promise<Program> => {
  const child = execa(process.execPath, [...args], {
    extendEnv: false,
    env: { PATH: process.env['PATH'] ?? '', ...environment },
    reject: false,
    buffer: false,
    all: true,
    killSignal: 'SIGTERM',
  });
  const found = Promise.withResolvers<string>();
  void (async () => {
    const said: string[] = [];
    for await (const line of child.iterable({ from: 'all' })) {
      said.push(line);
      const [, port] = form.exec(line) ?? [];
      if (port !== undefined) found.resolve(`http://127.0.0.1:${port}`);
    }
    found.reject(new Error(`${args.join(' ')} ended: ${said.slice(-3).join(' ')}`));
  })();
  const stop = async (): Promise<void> => {
    child.kill();
    await child;
  };
  return { url: await found.promise, pid: child.pid ?? 0, stop };
};

interface Scrape {
  readonly milliseconds: number;
  readonly bytes: number;
}

/** As Prometheus asks, the body as it comes over the line. */
const scrape = async (url: string): Promise<Scrape> => {
  const began = performance.now();
  const headers = { accept: 'application/openmetrics-text;version=1.0.0', 'accept-encoding': 'gzip' };
  const asked = request(`${url}/metrics`, { headers }).end();
  const [answer] = await once(asked, 'response');
  let bytes = 0;
  for await (const chunk of answer) bytes += (chunk as Buffer).length;
  return { milliseconds: performance.now() - began, bytes };
};

const quantile = (numbers: readonly number[], share: number): number =>
  numbers.toSorted((a, b) => a - b)[Math.min(numbers.length - 1, Math.floor(numbers.length * share))] ?? Number.NaN;

const read = async (url: string, name: string): Promise<number> => {
  const text = await (await fetch(`${url}/metrics`)).text();
  return Number(new RegExp(`^${name}(?:\\{[^}]*\\})? (\\S+)$`, 'm').exec(text)?.[1] ?? 'NaN');
};

const memory = async (pid: number): Promise<{ readonly now: number; readonly peak: number }> => {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  const mebibytes = (name: string) => Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1]) / 1024;
  return { now: mebibytes('VmRSS'), peak: mebibytes('VmHWM') };
};

const row = (name: string, figure: string): void => console.log(name.padEnd(46) + figure);
const milliseconds = (all: readonly Scrape[], share: number): string =>
  `${quantile(
    all.map(one => one.milliseconds),
    share,
  ).toFixed(1)} ms`;

const scrapeTimes = async (url: string, times: number): Promise<Scrape[]> => {
  const all: Scrape[] = [];
  for (let time = 0; time < times; time += 1) all.push(await scrape(url));
  return all;
};

/** Scrapes go on until the changed reports are shown. */
const measureChange = async (exporter: Program, objects: Program, share: number): Promise<readonly Scrape[]> => {
  const before = await read(exporter.url, 'aws_inventory_exporter_reports_read_total');
  await fetch(`${objects.url}/change?share=${share}`, { method: 'POST' });
  const during: Scrape[] = [];
  for (;;) {
    during.push(await scrape(exporter.url));
    await sleep(20);
    if (during.length % 50 !== 0) continue;
    const readNow = await read(exporter.url, 'aws_inventory_exporter_reports_read_total');
    if (readNow >= before + accounts * share) return during;
  }
};

const measureExporter = async (exporter: Program, objects: Program, began: number): Promise<void> => {
  while ((await fetch(`${exporter.url}/ready`)).status !== 200) await sleep(100);
  row('first snapshot, from the start of the process', `${((performance.now() - began) / 1000).toFixed(1)} s`);
  row('series', String(await read(exporter.url, 'aws_inventory_exporter_series')));
  const calm = await scrapeTimes(exporter.url, scrapes);
  row('scrape p50, p99', `${milliseconds(calm, 0.5)}, ${milliseconds(calm, 0.99)}`);
  row('scrape size, gzip', `${((calm[0]?.bytes ?? 0) / 1e6).toFixed(2)} MB`);
  for (const share of [0.01, 0.1]) {
    const during = await measureChange(exporter, objects, share);
    const took = await read(exporter.url, 'aws_inventory_exporter_last_change_duration_seconds');
    row(`refresh when ${share * 100} % changed`, `${took.toFixed(2)} s`);
    row('  scrape p50, p99 meanwhile', `${milliseconds(during, 0.5)}, ${milliseconds(during, 0.99)}`);
  }
  const { now, peak } = await memory(exporter.pid);
  row('RSS now, at its peak', `${now.toFixed(0)} MiB, ${peak.toFixed(0)} MiB`);
};

const directory = await mkdtemp(join(tmpdir(), 'bench-exporter-'));
await execa(process.execPath, ['build/bundle.mjs', directory], { stdio: 'inherit' });
const objects = await start(['build/exporter-bench/object-server.ts', String(accounts)], {}, /^(\d+)$/);
const environment = {
  AWS_ENDPOINT_URL: objects.url,
  AWS_ACCESS_KEY_ID: 'bench',
  AWS_SECRET_ACCESS_KEY: 'bench',
  AWS_REGION: 'eu-west-1',
  BUCKET_NAME: 'bench',
};
const chosen = {
  INVENTORY_EXPORTER_HOST: '127.0.0.1',
  INVENTORY_EXPORTER_PORT: '0',
  INVENTORY_EXPORTER_INTERVAL: '2',
  INVENTORY_EXPORTER_MAX_SERIES: values['max-series'],
};
console.log(`${accounts} accounts, Node ${process.version}\n`);
const began = performance.now();
const exporter = await start(
  ['--max-semi-space-size=4', join(directory, 'exporter.mjs')],
  { ...environment, ...chosen },
  /127\.0\.0\.1:(\d+)"/,
);
await measureExporter(exporter, objects, began);
await exporter.stop();
const perScrape = await start(['build/exporter-bench/per-scrape.ts'], environment, /^(\d+)$/);
const slow = await scrapeTimes(perScrape.url, 3);
row('read and parsed at each scrape: p50 of 3', milliseconds(slow, 0.5));
await perScrape.stop();
await objects.stop();
await rm(directory, { recursive: true });
