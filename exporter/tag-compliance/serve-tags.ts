// `tags --web` put together: scans in the background, a server in front, until the signal says so.
import { startHttpServer } from '../../clients/http-server.ts';
import type { Log } from '../../clients/log.ts';
import { observeProcess } from '../../clients/process-metrics.ts';
import { repeatScans } from './repeat-scans.ts';
import type { TagScan } from './scan-accounts.ts';
import { createTagApp } from './web.ts';

export interface ServeTagsOptions {
  readonly scan: (signal: AbortSignal) => Promise<TagScan>;
  /** Seconds between the end of a scan and the beginning of the next. */
  readonly interval: number;
  readonly host: string;
  readonly port: number;
  readonly log: Log;
  readonly signal: AbortSignal;
  /** Called once requests are answered, before the first scan begins. */
  readonly listening: (url: string) => void;
  /** Seconds for a scan that runs when the signal comes. */
  readonly patience?: number;
}

/** With the server's own end, below the thirty seconds that a pod has. */
const usualPatience = 20;

/** Resolves after the signal, when a running scan and running requests have ended. Throws port-unavailable. */
export const serveTags = async (options: ServeTagsOptions): Promise<void> => {
  const { scan, interval, host, port, log, signal, patience = usualPatience } = options;
  const scans = await repeatScans({ scan, interval, log, signal, patience });
  const app = createTagApp({ state: scans.state, processMetrics: observeProcess(), log });
  const server = await startHttpServer({ fetch: app.fetch, host, port, log });
  options.listening(server.url);
  await scans.repeat();
  await server.close();
};
