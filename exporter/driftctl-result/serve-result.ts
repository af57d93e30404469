// `exporter` with RESULT_PATH: the driftctl exporter's place, put together: one document, one server, until the signal says so.
import { readAwsConnection } from '../../clients/aws/connection.ts';
import { startHttpServer } from '../../clients/http-server.ts';
import type { Log } from '../../clients/log.ts';
import { observeProcess } from '../../clients/process-metrics.ts';
import { readDocumentPlace } from '../../clients/results/document-place.ts';
import { openDocument } from '../../clients/results/document-reader.ts';
import { createResultApp } from './app.ts';
import { followDocument } from './follow-document.ts';

export interface ResultExporterOptions {
  /** RESULT_PATH. */
  readonly resultPath: string;
  /** The endpoint's variables and AWS's own. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly host: string;
  readonly port: number;
  readonly log: Log;
  readonly signal: AbortSignal;
  /** Called once requests are answered, before anything is read. */
  readonly listening: (url: string, place: string) => void;
}

const untilAborted = (signal: AbortSignal): Promise<void> => {
  if (signal.aborted) return Promise.resolve();
  return new Promise(resolve => signal.addEventListener('abort', () => resolve(), { once: true }));
};

/** Resolves after the signal, when running requests have ended. Throws usage for a RESULT_PATH that is none, port-unavailable. */
export const startDriftctlResultExporter = async (options: ResultExporterOptions): Promise<void> => {
  const { resultPath, environment, host, port, log, signal } = options;
  const place = readDocumentPlace(resultPath, environment);
  const reader = openDocument(readAwsConnection(environment), place);
  const follower = followDocument(reader, place.text);
  const app = createResultApp({ follower, place: place.text, processMetrics: observeProcess(), log });
  const server = await startHttpServer({ fetch: app.fetch, host, port, log });
  options.listening(server.url, place.text);
  const { failure } = await follower.look();
  if (failure !== undefined)
    log.warn({ code: failure.code, place: place.text, remedy: failure.remedy }, failure.message);
  await untilAborted(signal);
  await server.close();
  reader.close();
};
