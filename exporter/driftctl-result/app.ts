// The routes of the exporter of one result: /metrics as the driftctl exporter has it, three probes, and a page of text.
import { type Context, Hono } from 'hono';
import { secureHeaders } from 'hono/secure-headers';
import { timestamp } from '../../clients/clock.ts';
import type { Log } from '../../clients/log.ts';
import type { ProcessMetrics } from '../../clients/process-metrics.ts';
import { toInventoryError } from '../../contract/errors.ts';
import { version } from '../../contract/version.ts';
import { exposedEnd, expositionTypes, renderFamily } from '../../reports/metrics/exposition.ts';
import type { MetricFamily } from '../../reports/metrics/families.ts';
import { chooseFormat } from '../metrics/answer-scrape.ts';
import { secondsBetween, secondsOf } from '../metrics/snapshot-family.ts';
import type { DocumentFollower, ResultState } from './follow-document.ts';
import { documentFamilies, driftctlFamilies, resultFamily } from './result-families.ts';

export interface ResultAppOptions {
  readonly follower: DocumentFollower;
  /** As RESULT_PATH names it. */
  readonly place: string;
  readonly processMetrics: ProcessMetrics;
  readonly log: Pick<Log, 'error'>;
}

const plain = { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' };

/** One line, whatever a message holds. */
const line = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();

/** How the reading goes: what tells a fresh result from one that is only remembered. */
export const readingFamilies = (
  { failure, lastSuccessAt, seconds, reads }: ResultState,
  now: string,
): MetricFamily[] => [
  resultFamily('exporter_info', 'The version of the exporter; always 1.', [{ labels: { version }, value: 1 }]),
  resultFamily(
    'read_success',
    'Whether the last read of RESULT_PATH succeeded: 1 or 0.',
    Number(failure === undefined),
  ),
  resultFamily(
    'read_success_timestamp_seconds',
    'When RESULT_PATH was last read with success.',
    secondsOf(lastSuccessAt),
  ),
  resultFamily(
    'result_age_seconds',
    'How long ago it was made sure that this is the newest result.',
    secondsBetween(lastSuccessAt ?? null, now),
  ),
  resultFamily('read_duration_seconds', 'How long the last read took.', seconds),
  resultFamily(
    'reads_total',
    'Reads of RESULT_PATH, by how they ended.',
    Object.entries(reads).map(([outcome, value]) => ({ labels: { outcome }, value })),
  ),
];

/** Before there was any result a scrape fails, as it does at the driftctl exporter: an alert on `up` is one on this too. */
const scrape = async (context: Context, { follower, processMetrics }: ResultAppOptions): Promise<Response> => {
  const state = await follower.look();
  const { result, failure } = state;
  if (result === undefined) {
    const said = [failure?.message ?? 'there is no result yet', failure?.remedy ?? ''].map(line).join('\n');
    return context.body(`${said}\n`, 503, { ...plain, 'retry-after': '5' });
  }
  const format = chooseFormat(context);
  const families = [...driftctlFamilies(result), ...documentFamilies(result), ...readingFamilies(state, timestamp())];
  const text = families.map(family => renderFamily(family, format)).join('');
  const body = `${text}${await processMetrics.render(format)}${exposedEnd[format]}`;
  return context.body(body, 200, { 'content-type': expositionTypes[format], vary: 'Accept' });
};

const lastRead = ({ lastSuccessAt, failure }: ResultState): string[] => [
  `last successful read: ${lastSuccessAt ?? 'never'}`,
  ...(failure === undefined ? [] : [line(failure.message), line(failure.remedy)]),
];

const overview = (place: string, state: ResultState): string =>
  [
    'aws-inventory exporter: the driftctl result of RESULT_PATH',
    '',
    place,
    ...lastRead(state),
    '',
    '/metrics  for Prometheus; each scrape looks whether there is a newer result',
    '/health   503 when the last read failed',
    '/ready    200 once a result was read',
    '/live     200 as long as the process answers',
    '',
  ].join('\n');

export const createResultApp = (options: ResultAppOptions): Hono => {
  const { follower, place, log } = options;
  const app = new Hono();
  app.use(secureHeaders({ contentSecurityPolicy: { defaultSrc: ["'none'"] }, strictTransportSecurity: false }));
  app.get('/metrics', context => scrape(context, options));
  app.get('/live', context => context.body('alive\n', 200, plain));
  app.get('/ready', async context => {
    const { result } = follower.state().result === undefined ? await follower.look() : follower.state();
    return result === undefined
      ? context.body('Not ready: no result could be read yet\n', 503, plain)
      : context.body('Ready\n', 200, plain);
  });
  app.get('/health', async context => {
    const state = await follower.look();
    const text = `${state.failure === undefined ? 'OK' : 'Unhealthy'} - ${lastRead(state).join('\n')}\n`;
    return context.body(text, state.failure === undefined ? 200 : 503, plain);
  });
  app.get('/', context => context.body(overview(place, follower.state()), 200, plain));
  app.onError((thrown, context) => {
    log.error({ err: toInventoryError(thrown), path: context.req.path }, 'a request failed');
    return context.body('internal error\n', 500, plain);
  });
  return app;
};
