// A real Prometheus on a free port, with a configuration of the test, that answers questions; gone when it is stopped.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { vi } from 'vitest';
import { stringify } from 'yaml';
import { findFreePort } from '../cluster/free-ports.ts';

export interface Answer {
  readonly metric: Readonly<Record<string, string>>;
  readonly value: readonly [number, string];
}

export interface PrometheusTarget {
  readonly job: string;
  /** `http://127.0.0.1:9100` */
  readonly url: string;
  /** Of its discovery; the operator adds `service`. */
  readonly labels?: Readonly<Record<string, string>>;
  readonly honorLabels?: boolean;
}

export interface Prometheus {
  /** Throws what Prometheus says of an expression that it does not take. */
  readonly query: (expression: string) => Promise<readonly Answer[]>;
  /** What stands below `data` of its API. */
  readonly read: (path: string) => Promise<unknown>;
  readonly stop: () => Promise<void>;
}

export interface PrometheusStart {
  readonly command: string;
  readonly targets: readonly PrometheusTarget[];
  readonly ruleFiles: readonly string[];
}

const configurationOf = ({ targets, ruleFiles }: PrometheusStart): string =>
  stringify({
    global: { scrape_interval: '1s', scrape_timeout: '1s', evaluation_interval: '1s' },
    rule_files: ruleFiles,
    scrape_configs: targets.map(({ job, url, labels = {}, honorLabels = true }) => ({
      ...{ job_name: job, honor_labels: honorLabels },
      static_configs: [{ targets: [new URL(url).host], labels }],
    })),
  });

const ask = async (url: string): Promise<unknown> => {
  const { status, data, error } = (await (await fetch(url)).json()) as {
    status: string;
    data: unknown;
    error?: string;
  };
  if (status !== 'success') throw new Error(error);
  return data;
};

/** Resolves when it is ready. */
export const startPrometheus = async (start: PrometheusStart): Promise<Prometheus> => {
  const directory = await mkdtemp(join(tmpdir(), 'prometheus-'));
  const file = join(directory, 'prometheus.yml');
  await writeFile(file, configurationOf(start));
  const port = await findFreePort();
  const child = execa(
    start.command,
    [
      `--config.file=${file}`,
      `--storage.tsdb.path=${join(directory, 'data')}`,
      `--web.listen-address=127.0.0.1:${port}`,
    ],
    { reject: false, stdin: 'ignore', cleanup: true, all: true },
  );
  const url = `http://127.0.0.1:${port}`;
  const ready = async () => (await fetch(`${url}/-/ready`).catch(() => undefined))?.ok ?? false;
  try {
    await vi.waitUntil(ready, { timeout: 30_000, interval: 100 });
  } catch {
    child.kill('SIGKILL');
    throw new Error(`Prometheus did not start: ${(await child).all}`);
  }
  const read = (path: string) => ask(`${url}/api/v1/${path}`);
  return {
    read,
    query: async expression =>
      ((await read(`query?query=${encodeURIComponent(expression)}`)) as { result: readonly Answer[] }).result,
    stop: async () => {
      child.kill('SIGTERM');
      await child;
      await rm(directory, { recursive: true, force: true });
    },
  };
};
