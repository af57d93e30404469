// The fleet's exporter put together: follower, metrics, page, server; until the signal says so.
import type { Hono } from 'hono';
import { timestamp } from '../clients/clock.ts';
import { startHttpServer } from '../clients/http-server.ts';
import type { Log } from '../clients/log.ts';
import { observeProcess } from '../clients/process-metrics.ts';
import type { Documents } from '../clients/results/documents.ts';
import { openAccountDetails } from './account-details.ts';
import { createApp } from './app.ts';
import type { ExporterChoice } from './exporter-choice.ts';
import { createFollower } from './follow-results.ts';
import { openScrape } from './metrics/answer-scrape.ts';
import { type RenderedSnapshot, renderSnapshot } from './metrics/render-snapshot.ts';
import { snapshotFamilies } from './metrics/snapshot-families.ts';
import type { KnownLines } from './metrics/write-samples.ts';
import { addPage } from './page/routes.ts';

export interface ExporterOptions extends ExporterChoice {
  readonly documents: Documents;
  /** Of manifests and latest.json. */
  readonly prefix: string;
  readonly log: Log;
  readonly signal: AbortSignal;
  /** Called once requests are answered, before anything is read. */
  readonly listening: (url: string) => void;
}

/** Resolves after the signal, when running requests have ended. Throws port-unavailable. */
export const serveResults = async (options: ExporterOptions): Promise<void> => {
  const { documents, prefix, interval, maxSeries, topTypes, log, signal } = options;
  const families = snapshotFamilies(options.seedMetrics);
  const known: KnownLines = new WeakMap();
  let rendered: RenderedSnapshot | undefined;
  const follower = createFollower({
    ...{ documents, prefix, interval, log, signal },
    prepare: async snapshot => {
      rendered = await renderSnapshot({ families, snapshot, maxSeries, topTypes, known });
      const dropped = [...rendered.dropped].filter(([, count]) => count > 0);
      if (dropped.length > 0) log.warn({ dropped: Object.fromEntries(dropped), maxSeries }, 'series were dropped');
    },
  });
  const { state } = follower;
  const facts = () => ({ state: state(), rendered, now: timestamp() });
  const answerScrape = openScrape({ facts, processMetrics: observeProcess() });
  const readDetail = openAccountDetails({ documents, snapshot: () => state().snapshot, signal });
  const addPages = (added: Hono): void => addPage(added, { state, readDetail, now: timestamp });
  const app = createApp({ state, interval, log, answerScrape, addPages });
  const server = await startHttpServer({ fetch: app.fetch, host: options.host, port: options.port, log });
  options.listening(server.url);
  await follower.follow();
  await server.close();
  documents.close();
};
