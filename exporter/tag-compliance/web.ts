// The routes of `tags --web`, as the tag compliance exporter has them, and /live for probes that must not restart a pod for AWS.
import { gzipSync } from 'node:zlib';
import { type Context, Hono } from 'hono';
import { accepts } from 'hono/accepts';
import { timestamp } from '../../clients/clock.ts';
import type { Log } from '../../clients/log.ts';
import type { ProcessMetrics } from '../../clients/process-metrics.ts';
import { toInventoryError } from '../../contract/errors.ts';
import { expositionTypes, renderFamily } from '../../reports/metrics/exposition.ts';
import type { ScanState } from './repeat-scans.ts';

export interface WebOptions {
  readonly state: () => ScanState;
  readonly processMetrics: ProcessMetrics;
  readonly log: Pick<Log, 'error'>;
}

const plain = { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' };

/** One line, whatever a message holds. */
const line = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();

const ageOf = (time: string): number => Math.max(0, Math.round((Date.parse(timestamp()) - Date.parse(time)) / 1000));

const lastScan = ({ lastScanAt }: ScanState): string =>
  lastScanAt === undefined ? 'Never' : `${lastScanAt} (${ageOf(lastScanAt)}s ago)`;

/** What could not be read beside what could: no reason to call the process ill. */
const troubleLines = ({ troubles }: ScanState): string[] =>
  troubles
    .slice(0, 20)
    .map(({ account, regions, failure }) => line(`${account.name} (${account.id}) ${regions}: ${failure.message}`));

const health = (context: Context, state: ScanState): Response => {
  const { failure, lastScanAt } = state;
  if (failure !== undefined) {
    return context.body(`Unhealthy: Last scan failed - ${line(failure.message)}\n`, 503, plain);
  }
  const first = lastScanAt === undefined ? 'OK - Initializing' : `OK - Last scan: ${lastScan(state)}`;
  return context.body(`${[first, ...troubleLines(state)].join('\n')}\n`, 200, plain);
};

const overview = (state: ScanState): string =>
  [
    'AWS Tag Compliance Exporter - Web Mode',
    '='.repeat(50),
    '',
    'Endpoints:',
    '  /metrics - for Prometheus',
    '  /health  - 503 when the last scan read nothing',
    '  /ready   - 200 once a scan has read something',
    '  /live    - 200 as long as the process answers',
    '',
    'Status:',
    ...(state.isScanning ? ['  Scan: IN PROGRESS'] : []),
    `  Last scan: ${lastScan(state)}`,
    state.failure === undefined ? '  Status: OK' : `  Last error: ${line(state.failure.message)}`,
    ...troubleLines(state).map(text => `  ${text}`),
    '',
  ].join('\n');

const isGzipAccepted = (context: Context): boolean =>
  accepts(context, { header: 'Accept-Encoding', supports: ['gzip', 'identity'], default: 'identity' }) === 'gzip';

/** Of now, and not of the last scan that had metrics: one that broke down has none, and leaves those before it. */
const lastScanSuccess = ({ lastScanAt, failure }: ScanState): string =>
  renderFamily({
    name: 'aws_inventory_tags_last_scan_success',
    help: 'Whether the last scan read anything: 1, or 0 when it read nothing or broke down.',
    type: 'gauge',
    samples: lastScanAt === undefined ? [] : [{ labels: {}, value: failure === undefined ? 1 : 0 }],
  });

const scrape = async (context: Context, { state, processMetrics }: WebOptions): Promise<Response> => {
  const { plain: text, gzipped } = state().exposition;
  const own = Buffer.from(lastScanSuccess(state()) + (await processMetrics.render('text')));
  const headers = { 'content-type': expositionTypes.text, vary: 'Accept-Encoding' };
  if (!isGzipAccepted(context)) return context.body(Buffer.concat([text, own]), 200, headers);
  const body = Buffer.concat([gzipped, gzipSync(own)]);
  return context.body(body, 200, { ...headers, 'content-encoding': 'gzip' });
};

export const createTagApp = (options: WebOptions): Hono => {
  const { state, log } = options;
  const app = new Hono();
  app.get('/metrics', async context => {
    try {
      return await scrape(context, options);
    } catch (thrown) {
      log.error({ err: toInventoryError(thrown) }, 'no metrics');
      return context.body(`# Error generating metrics: ${line(toInventoryError(thrown).message)}\n`, 500, plain);
    }
  });
  app.get('/health', context => health(context, state()));
  app.get('/ready', context =>
    state().wasReady
      ? context.body('Ready\n', 200, plain)
      : context.body('Not ready: No successful scan yet\n', 503, plain),
  );
  app.get('/live', context => context.body('alive\n', 200, plain));
  app.get('/', context => context.body(overview(state()), 200, plain));
  return app;
};
