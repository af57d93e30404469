import type { Context, Hono } from 'hono';
import { beforeAll, describe, expect, it } from 'vitest';
import { observeProcess, type ProcessMetrics } from '../../clients/process-metrics.ts';
import { createApp } from '../../exporter/app.ts';
import type { FollowState } from '../../exporter/follow-results.ts';
import { openScrape } from '../../exporter/metrics/answer-scrape.ts';
import { type RenderedSnapshot, renderSnapshot } from '../../exporter/metrics/render-snapshot.ts';
import { snapshotFamilies } from '../../exporter/metrics/snapshot-families.ts';
import { now, silentLog, snapshotOf, view } from './fixtures.ts';
import { readExposition } from './metrics/read-exposition.ts';

let processMetrics: ProcessMetrics;
let rendered: RenderedSnapshot;
const snapshot = snapshotOf([view()]);

beforeAll(async () => {
  processMetrics = observeProcess();
  const families = snapshotFamilies([]);
  rendered = await renderSnapshot({ families, snapshot, maxSeries: 100_000, topTypes: 25, known: new WeakMap() });
});

const state: FollowState = {
  ...{ snapshot, lastAttemptAt: now, lastSuccessAt: now, failure: undefined, failures: 0, succeeded: 1, failed: 0 },
  ...{ seconds: 0.5, changeSeconds: 0.5, reportsRead: 1, bytesRead: 10 },
};
const nothingYet: FollowState = { ...state, snapshot: undefined, lastAttemptAt: undefined, lastSuccessAt: undefined };

interface Options {
  readonly state?: FollowState;
  readonly rendered?: RenderedSnapshot | undefined;
  readonly addPages?: (app: Hono) => void;
  readonly answerScrape?: (context: Context) => Promise<Response>;
}

const appOf = ({ state: known = state, addPages = () => undefined, ...options }: Options = {}): Hono => {
  const facts = () => ({ state: known, rendered: 'rendered' in options ? options.rendered : rendered, now });
  const answerScrape = options.answerScrape ?? openScrape({ facts, processMetrics });
  return createApp({ state: () => known, interval: 60, log: silentLog(), answerScrape, addPages });
};

const scrape = async (headers: Record<string, string>, options?: Options) =>
  await appOf(options).request('/metrics', { headers });

describe('/metrics', () => {
  const prometheus2 =
    'application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1';
  const prometheus3 =
    'application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.5,application/openmetrics-text;version=0.0.1;q=0.4,text/plain;version=1.0.0;escaping=allow-utf-8;q=0.3,text/plain;version=0.0.4;q=0.2,*/*;q=0.1';
  const openmetrics = 'application/openmetrics-text; version=1.0.0; charset=utf-8';
  const text = 'text/plain; version=0.0.4; charset=utf-8';

  it.each([
    ['Prometheus 2', prometheus2, openmetrics],
    ['Prometheus 3', prometheus3, openmetrics],
    ['a scraper of the text format', 'text/plain;version=0.0.4', text],
    ['curl', '*/*', text],
    ['a browser', 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', text],
    ['nobody in particular', '', text],
    ['a client that writes nonsense', ';;q=x,,/', text],
  ])('answers %s in the form that was asked for', async (_name, accept, type) => {
    const answer = await scrape(accept === '' ? {} : { accept });
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, type]);
    const body = await answer.text();
    expect(body.endsWith('# EOF\n')).toBe(type === openmetrics);
    expect(body.match(/# EOF/g)?.length ?? 0).toBe(type === openmetrics ? 1 : 0);
    const names = new Set(readExposition(body).map(({ name }) => name));
    for (const name of ['aws_inventory_accounts', 'aws_inventory_exporter_series', 'process_resident_memory_bytes']) {
      expect(names).toContain(name);
    }
  });

  it.each([
    ['gzip', 'gzip'],
    ['deflate, gzip;q=1.0, *;q=0.5', 'gzip'],
    ['gzip;q=0', null],
    ['br', null],
  ])('is packed for who says Accept-Encoding: %s as %s', async (encoding, expected) => {
    const answer = await scrape({ 'accept-encoding': encoding });
    expect(answer.headers.get('content-encoding')).toBe(expected);
    expect(answer.headers.get('vary')).toBe('Accept, Accept-Encoding');
  });

  it('has the exporter’s own families alone before there is a snapshot', async () => {
    const answer = await scrape({}, { state: nothingYet, rendered: undefined });
    const names = readExposition(await answer.text()).map(({ name }) => name);
    expect(names).toContain('aws_inventory_exporter_build_info');
    expect(names.filter(name => name.startsWith('aws_inventory_') && !name.includes('_exporter_'))).toEqual([]);
  });

  it('counts scrapes, and says how old its knowledge is', async () => {
    const app = appOf();
    await app.request('/metrics');
    const series = readExposition(await (await app.request('/metrics')).text());
    const read = (name: string) => series.find(found => found.name === `aws_inventory_exporter_${name}`)?.value;
    expect(read('scrapes_total')).toBe(2);
    expect(read('snapshot_age_seconds')).toBe(0);
    expect(read('last_refresh_success')).toBe(1);
    expect(read('series')).toBe(rendered.series);
  });
});

describe('the probes', () => {
  it.each([
    ['/live', 200, 200],
    ['/ready', 200, 503],
    ['/health', 200, 200],
  ])('%s says %i with a snapshot and %i without one', async (path, withOne, without) => {
    expect((await appOf().request(path)).status).toBe(withOne);
    expect((await appOf({ state: nothingYet, rendered: undefined }).request(path)).status).toBe(without);
  });
});

describe('every answer', () => {
  it.each(['/metrics', '/live', '/no-such-path'])('forbids frames, scripts and guessing: %s', async path => {
    const { headers } = await appOf().request(path);
    expect(headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'self'; .*frame-ancestors/);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
  });

  it.each([
    ['GET', '/no-such-path'],
    ['GET', '/metrics/'],
    ['GET', '/..%2f..%2fetc/passwd'],
    ['POST', '/metrics'],
    ['DELETE', '/'],
  ])('to %s %s is 404', async (method, path) => {
    expect((await appOf().request(path, { method })).status).toBe(404);
  });

  it('says nothing of what broke', async () => {
    const answerScrape = () => Promise.reject(new Error('the secret is hunter2'));
    const answer = await appOf({ answerScrape }).request('/metrics');
    expect([answer.status, await answer.text()]).toEqual([500, 'internal error\n']);
  });

  it('may come from the page’s own routes', async () => {
    const app = appOf({ addPages: added => void added.get('/', context => context.html('<h1>hello</h1>')) });
    expect(await (await app.request('/')).text()).toBe('<h1>hello</h1>');
  });
});
