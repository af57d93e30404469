// `tags --web` behind its real server, with scans that end when the test says so.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { describe, expect, it, onTestFinished } from 'vitest';
import { InventoryError } from '../../../contract/errors.ts';
import type { TagScan } from '../../../exporter/tag-compliance/scan-accounts.ts';
import { type ServeTagsOptions, serveTags } from '../../../exporter/tag-compliance/serve-tags.ts';
import { readExposition } from '../metrics/read-exposition.ts';
import { denied, scanOf } from './tag-scans.ts';

const arn = 'arn:aws:sqs:us-east-1:111111111111:q';
const withTags = (tags: Record<string, string>) => scanOf({ shown: { '111111111111 us-east-1': { [arn]: tags } } });
const lacking = await withTags({ environment: 'prod' });
const mended = await withTags({ environment: 'prod', owner: 'x' });
const partial = await scanOf({ shown: { '111111111111 us-east-1': { [arn]: {} }, '111111111111 eu-west-1': denied } });
const blind = await scanOf({ shown: { '111111111111': denied } });

interface Scan {
  readonly end: (scan: TagScan | Error) => void;
  readonly signal: AbortSignal;
}

/** A server whose scans wait for the test. */
const start = async (options: Partial<ServeTagsOptions> = {}) => {
  const scans: Scan[] = [];
  const stop = new AbortController();
  const listening = Promise.withResolvers<string>();
  const ended = serveTags({
    scan: signal => {
      const scan = Promise.withResolvers<TagScan>();
      signal.addEventListener('abort', () => scan.reject(signal.reason));
      scans.push({ end: found => (found instanceof Error ? scan.reject(found) : scan.resolve(found)), signal });
      return scan.promise;
    },
    ...{ interval: 1, host: '127.0.0.1', port: 0, log: pino({ level: 'silent' }), signal: stop.signal },
    listening: listening.resolve,
    ...options,
  });
  onTestFinished(async () => {
    stop.abort();
    for (const { end } of scans) end(lacking);
    await ended.catch(() => undefined);
  });
  const url = await Promise.race([listening.promise, ended.then(() => '')]);
  const get = async (path: string): Promise<string> => {
    const answer = await fetch(`${url}${path}`);
    return `${answer.status} ${await answer.text()}`;
  };
  const nextScan = async (count: number): Promise<Scan> => {
    await expect.poll(() => scans.length, { timeout: 5_000 }).toBe(count);
    return scans[count - 1] as Scan;
  };
  return { url, get, nextScan, scans, stop, ended };
};

const series = (text: string, name: string) => readExposition(text.slice(4)).filter(each => each.name === name);

describe('the server of tags', () => {
  it('answers before the first scan has ended: alive, not ready, without a series', async () => {
    const { get } = await start();
    expect(await get('/live')).toBe('200 alive\n');
    expect(await get('/ready')).toBe('503 Not ready: No successful scan yet\n');
    expect(await get('/health')).toBe('200 OK - Initializing\n');
    const metrics = await get('/metrics');
    expect(metrics).toMatch(
      /^200 # HELP tag_compliant_total Resources compliant with required tag\n# TYPE tag_compliant_total gauge\n/,
    );
    expect(series(metrics, 'resources_scanned_total')).toEqual([]);
    expect(await get('/')).toMatch(
      /^200 AWS Tag Compliance Exporter - Web Mode\n={50}\n[\s\S]*Endpoints:[\s\S]*Status:\n {2}Scan: IN PROGRESS\n {2}Last scan: Never\n {2}Status: OK\n/,
    );
    expect(await get('/nothing')).toMatch(/^404 /);
  });

  it('shows a scan when it has ended, and its process beside it, plain and packed', async () => {
    const { get, nextScan, url } = await start();
    (await nextScan(1)).end(lacking);
    await expect.poll(() => get('/ready')).toBe('200 Ready\n');
    expect(await get('/health')).toMatch(/^200 OK - Last scan: \d{4}-\S+Z \(\d+s ago\)\n$/);
    const metrics = await get('/metrics');
    expect(series(metrics, 'tag_non_compliant_total')).toEqual([
      { name: 'tag_non_compliant_total', labels: expect.objectContaining({ tag: 'owner' }), value: 1 },
    ]);
    expect(series(metrics, 'process_start_time_seconds')).toHaveLength(1);
    expect(series(metrics, 'aws_inventory_tags_last_scan_success').map(({ value }) => value)).toEqual([1]);
    const ask = async (encoding: string) => {
      const answer = await fetch(`${url}/metrics`, { headers: { 'accept-encoding': encoding } });
      return [
        answer.headers.get('content-encoding'),
        series(`200 ${await answer.text()}`, 'tag_missing_detail').length,
      ];
    };
    expect(await ask('gzip')).toEqual(['gzip', 1]);
    expect(await ask('identity')).toEqual([null, 1]);
  });

  it('has no series of a tag any more once the next scan finds it mended', async () => {
    const { get, nextScan } = await start();
    (await nextScan(1)).end(lacking);
    const second = await nextScan(2);
    expect(series(await get('/metrics'), 'tag_non_compliant_total')).toHaveLength(1);
    second.end(mended);
    await expect.poll(async () => series(await get('/metrics'), 'tag_non_compliant_total')).toEqual([]);
    expect(series(await get('/metrics'), 'tag_missing_detail')).toEqual([]);
  });

  it('is unhealthy with the error after a scan that read nothing, has no compliance then, and stays ready', async () => {
    const { get, nextScan } = await start();
    (await nextScan(1)).end(lacking);
    (await nextScan(2)).end(blind);
    await expect
      .poll(() => get('/health'))
      .toMatch(/^503 Unhealthy: Last scan failed - nothing could be read of 1 accounts; 111111111111: /);
    expect(await get('/ready')).toBe('200 Ready\n');
    expect(await get('/live')).toBe('200 alive\n');
    const metrics = await get('/metrics');
    expect(series(metrics, 'resources_scanned_total')).toEqual([]);
    expect(series(metrics, 'aws_inventory_tags_scan_success').map(({ value }) => value)).toEqual([0, 0]);
    expect(series(metrics, 'aws_inventory_tags_last_success_timestamp_seconds')).toHaveLength(2);
    (await nextScan(3)).end(mended);
    await expect.poll(() => get('/health')).toMatch(/^200 OK/);
  });

  it('is healthy when a part could be read, and names the rest', async () => {
    const { get, nextScan } = await start();
    (await nextScan(1)).end(partial);
    await expect
      .poll(() => get('/health'))
      .toMatch(/^200 OK - Last scan: [^\n]+\naccount 1 \(111111111111\) eu-west-1: .*AccessDenied: no\n$/);
  });

  it('keeps the last metrics when a scan breaks down', async () => {
    const { get, nextScan } = await start();
    (await nextScan(1)).end(lacking);
    (await nextScan(2)).end(new InventoryError('unexpected', 'broken\ndown'));
    await expect.poll(() => get('/health')).toBe('503 Unhealthy: Last scan failed - broken down\n');
    const metrics = await get('/metrics');
    expect(series(metrics, 'resources_scanned_total')).toHaveLength(2);
    expect(series(metrics, 'aws_inventory_tags_last_scan_success').map(({ value }) => value)).toEqual([0]);
  });

  it('begins the next scan an interval after the last has ended, and never two at once', async () => {
    const { nextScan, scans } = await start();
    const begunAt = performance.now();
    const scan = await nextScan(1);
    // It takes longer than the interval, and nothing else begins meanwhile.
    await expect.poll(() => performance.now() - begunAt, { timeout: 3_000 }).toBeGreaterThan(1_200);
    expect(scans).toHaveLength(1);
    const endedAt = performance.now();
    scan.end(lacking);
    await nextScan(2);
    expect(performance.now() - endedAt).toBeGreaterThan(900);
  });

  it('lets a scan end that runs when the signal comes, and answers meanwhile', async () => {
    const { get, nextScan, stop, ended, scans } = await start();
    const scan = await nextScan(1);
    stop.abort();
    expect(await get('/live')).toBe('200 alive\n');
    expect(scan.signal.aborted).toBe(false);
    scan.end(lacking);
    await ended;
    expect(scans).toHaveLength(1);
    await expect(get('/live')).rejects.toThrow();
  });

  it('cuts a scan off that does not end some time after the signal', async () => {
    const { nextScan, stop, ended } = await start({ patience: 0.2 });
    const scan = await nextScan(1);
    stop.abort();
    await ended;
    expect(scan.signal.aborted).toBe(true);
  });

  it('refuses a port that is in use, and scans nothing', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await new Promise(resolve => taken.once('listening', resolve));
    onTestFinished(() => void taken.close());
    const { port } = taken.address() as AddressInfo;
    await expect(start({ port })).rejects.toMatchObject({ code: 'port-unavailable' });
  });
});
