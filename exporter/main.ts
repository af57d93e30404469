// The exporter's container: follows the results of the bucket and serves metrics and a page until it is told to stop.
import { existsSync, readFileSync } from 'node:fs';
import * as z from 'zod';
import { type ContainerEnd, runContainerProgram } from '../clients/container-program.ts';
import { readSettings } from '../contract/read-settings.ts';
import { startDriftctlResultExporter } from './driftctl-result/serve-result.ts';
import { exporterChoiceSchema } from './exporter-choice.ts';
import { seedMetrics } from './metrics/seed-families.ts';
import { documentsPrefix, openDocuments } from './open-documents.ts';
import { serveResults } from './serve-results.ts';
import { keepHeapSmall } from './small-heap.ts';

keepHeapSmall();

const { shape } = exporterChoiceSchema;

const commaList = z
  .string()
  .default('')
  .transform(text => text.split(',').filter(name => name !== ''));

/** Beside the pipeline's variables, which the settings read. An empty one is an unset one. */
const exporterEnvironmentSchema = z.object({
  /** File of the settings; there may be none. */
  INVENTORY_CONFIG: z.string().min(1).optional(),
  /** One driftctl result: it alone is served then, as the driftctl exporter does. */
  RESULT_PATH: z.string().min(1).optional(),
  INVENTORY_EXPORTER_HOST: shape.host,
  INVENTORY_EXPORTER_PORT: shape.port,
  INVENTORY_EXPORTER_INTERVAL: shape.interval,
  INVENTORY_EXPORTER_MAX_SERIES: shape.maxSeries,
  INVENTORY_EXPORTER_TOP_TYPES: shape.topTypes,
  INVENTORY_EXPORTER_SEED_METRICS: commaList.pipe(z.array(z.enum(seedMetrics))),
});

const readFile = (path: string | undefined) =>
  path === undefined || !existsSync(path) ? undefined : { name: path, text: readFileSync(path, 'utf8') };

const exitCode = await runContainerProgram({
  name: 'exporter',
  environment: process.env,
  schema: exporterEnvironmentSchema,
  body: async ({ facts, environment, log, signal }): Promise<ContainerEnd> => {
    const { INVENTORY_EXPORTER_HOST: host, INVENTORY_EXPORTER_PORT: port, RESULT_PATH: resultPath } = facts;
    if (resultPath !== undefined) {
      const listening = (url: string, place: string) => log.info({ url, place }, 'listening');
      await startDriftctlResultExporter({ resultPath, environment, host, port, log, signal, listening });
      return { message: { outcome: 'succeeded' }, exitCode: 0 };
    }
    const settings = readSettings({ file: readFile(facts.INVENTORY_CONFIG), environment });
    const documents = await openDocuments({ settings, environment });
    await serveResults({
      documents,
      prefix: documentsPrefix(settings),
      host,
      port,
      interval: facts.INVENTORY_EXPORTER_INTERVAL,
      maxSeries: facts.INVENTORY_EXPORTER_MAX_SERIES,
      topTypes: facts.INVENTORY_EXPORTER_TOP_TYPES,
      seedMetrics: facts.INVENTORY_EXPORTER_SEED_METRICS,
      log,
      signal,
      listening: url => log.info({ url, place: documents.place }, 'listening'),
    });
    // A server that was told to stop has done what it was for.
    return { message: { outcome: 'succeeded' }, exitCode: 0 };
  },
});

// Not `process.exitCode`: an identity of AWS that is still waited for would keep this process from ending.
process.exit(exitCode);
