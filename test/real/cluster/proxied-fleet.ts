// A fleet whose orchestrator, a process of the test, reaches the API server through the fault proxy.
import { mkdtempSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { Manifest } from '../../../contract/manifest.ts';
import { type ApiProxy, startApiProxy } from './api-proxy.ts';
import {
  type ClusterFleet,
  type ClusterFleetOptions,
  type OwnJob,
  quickSettings,
  startClusterFleet,
} from './cluster-fleet.ts';
import { createOwner, prepareOrchestrator, startOrchestrator } from './orchestrator-process.ts';

export interface ProxiedFleet extends ClusterFleet {
  readonly api: ApiProxy;
  readonly owner: (suffix: string, annotations?: Readonly<Record<string, string>>) => Promise<OwnJob>;
  readonly start: (owner: OwnJob, settings?: Readonly<Record<string, string>>) => ReturnType<typeof startOrchestrator>;
  /** A settings file for one start: the quick ones, and these. */
  readonly settingsFile: (settings: string) => Promise<string>;
  /** Accounts whose role a container of this run assumed, each as often as it did. */
  readonly assumed: (run: string) => string[];
  /** Every account has its one row and was scanned once; `codes` are of those that did not succeed. */
  readonly expectWhole: (run: string, codes?: Readonly<Record<string, string>>) => Promise<Manifest>;
}

const accountOf = (roleArn: string): string => roleArn.split(':')[4] ?? '';

const openProxy = async (fleet: ClusterFleet) => {
  const api = await startApiProxy({ before: fleet.cluster });
  try {
    return { api, place: await prepareOrchestrator(fleet, { host: '127.0.0.1', port: api.port }) };
  } catch (thrown) {
    await api.stop();
    throw thrown;
  }
};

/** Whatever was started is stopped again when the rest does not start. */
export const startProxiedFleet = async (options: ClusterFleetOptions): Promise<ProxiedFleet> => {
  const fleet = await startClusterFleet(options);
  const { api, place } = await openProxy(fleet).catch(async thrown => {
    await fleet.stop();
    throw thrown;
  });
  const assumed = (run: string) =>
    fleet.aws.proxy.history
      .filter(
        ({ action, parameters }) => action === 'AssumeRole' && parameters['RoleSessionName'] === `inventory-${run}`,
      )
      .map(({ parameters }) => accountOf(parameters['RoleArn'] ?? ''));
  return {
    ...fleet,
    api,
    owner: (suffix, annotations) => createOwner(fleet, suffix, annotations),
    start: (owner, settings) => startOrchestrator(place, owner, settings),
    settingsFile: async settings => {
      const file = join(mkdtempSync(join(fleet.cluster.directory, 'settings-')), 'config.yaml');
      await writeFile(file, `${quickSettings}${settings}`);
      return file;
    },
    assumed,
    expectWhole: async (run, codes = {}) => {
      const manifest = await fleet.aws.manifest(run);
      const ids = [...fleet.aws.ids, fleet.aws.managementAccountId].sort();
      expect(manifest.accounts.map(({ id }) => id)).toEqual(ids);
      const odd = manifest.accounts.filter(({ outcome }) => outcome !== 'succeeded' && outcome !== 'skipped');
      expect(Object.fromEntries(odd.map(({ id, code }) => [id, code]))).toEqual(codes);
      expect(new Set(assumed(run)).size).toBe(assumed(run).length);
      return manifest;
    },
    stop: async () => {
      await api.stop();
      await fleet.stop();
    },
  };
};
