// GET /metrics: the bytes that were made of the snapshot, then what is only known now, in the form that the scraper asked for.
import type { Context } from 'hono';
import { accepts } from 'hono/accepts';
import type { ProcessMetrics } from '../../clients/process-metrics.ts';
import { type ExpositionFormat, exposedEnd, expositionTypes, renderFamily } from '../../reports/metrics/exposition.ts';
import { type OwnFacts, ownFamilies } from './own-families.ts';
import { gzipBody, plainBody, type RenderedSnapshot } from './render-snapshot.ts';

export interface ScrapeSource {
  readonly facts: () => Omit<OwnFacts, 'scrapes'>;
  readonly processMetrics: ProcessMetrics;
}

const mediaTypes = { 'text/plain': 'text', 'application/openmetrics-text': 'openmetrics' } as const;

export const chooseFormat = (context: Context): ExpositionFormat => {
  const supports = Object.keys(mediaTypes) as (keyof typeof mediaTypes)[];
  const chosen = accepts(context, { header: 'Accept', supports, default: 'text/plain' });
  return mediaTypes[chosen as keyof typeof mediaTypes];
};

const isGzipAccepted = (context: Context): boolean =>
  accepts(context, { header: 'Accept-Encoding', supports: ['gzip', 'identity'], default: 'identity' }) === 'gzip';

const nothing: RenderedSnapshot['formats']['text'] = { plain: [], deflated: Buffer.alloc(0), crc: 0, bytes: 0 };

/** Before the first snapshot it has the exporter's own families alone: `up` is 1, and an alert on its success can fire. */
export const openScrape = ({ facts, processMetrics }: ScrapeSource): ((context: Context) => Promise<Response>) => {
  let scrapes = 0;
  return async context => {
    scrapes += 1;
    const format = chooseFormat(context);
    const own = facts();
    const families = ownFamilies({ ...own, scrapes });
    const ownText = families.map(family => renderFamily(family, format)).join('');
    const rest = `${ownText}${await processMetrics.render(format)}${exposedEnd[format]}`;
    const body = own.rendered?.formats[format] ?? nothing;
    const headers = { 'content-type': expositionTypes[format], vary: 'Accept, Accept-Encoding' };
    if (!isGzipAccepted(context)) return context.body(plainBody(body, rest), 200, headers);
    return context.body(gzipBody(body, rest), 200, { ...headers, 'content-encoding': 'gzip' });
  };
};
