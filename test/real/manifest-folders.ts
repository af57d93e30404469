// Copies of k8s/ as users have them: with a vars.env of their own, and with components added to the top. Nothing is written here.
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type {
  KubernetesObject,
  V1ConfigMap,
  V1CronJob,
  V1NetworkPolicy,
  V1ServiceAccount,
} from '@kubernetes/client-node';
import { execa } from 'execa';
import { parseAllDocuments, parseDocument, type YAMLSeq } from 'yaml';
import { buildTool } from './cluster/build-tools.ts';

export type Manifest = KubernetesObject & Partial<V1CronJob & V1ConfigMap & V1ServiceAccount & V1NetworkPolicy>;

export interface Build {
  readonly text: string;
  /** What was said beside it: warnings. */
  readonly said: string;
}

const variables = {
  BILLING_ACCOUNT_ID: '444444444444',
  SECURITY_ACCOUNT_ID: '555555555555',
  ORCHESTRATOR_ROLE: 'Inventory-Orchestrator',
  RUNNER_ROLE: 'Inventory-Runner',
  BUCKET_NAME: 'a-bucket',
  CRON_SCHEDULE: '*/20 1 * * 1-5',
  INCLUDE_ACCOUNTS: '',
};

export interface ManifestFolder {
  /** The copy of k8s/. */
  readonly directory: string;
  /** By the kustomize that kubectl has, of a folder below the copy. */
  readonly build: (path?: string) => Promise<Build>;
  /** By kustomize itself, which is newer. */
  readonly buildByKustomize: (path?: string) => Promise<Build>;
  readonly remove: () => Promise<void>;
}

const addComponents = async (directory: string, components: readonly string[]): Promise<void> => {
  const file = join(directory, 'kustomization.yaml');
  const document = parseDocument(await readFile(file, 'utf8'));
  const list = document.get('components') as YAMLSeq;
  for (const component of components) list.add(document.createNode(`components/${component}`));
  await writeFile(file, String(document));
};

const runBuild = async (command: string, args: readonly string[]): Promise<Build> => {
  const { stdout, stderr } = await execa(command, [...args]);
  return { text: stdout, said: stderr };
};

/** `components` are added to those of the top, in this order; `more` are variables beside the seven. */
export const makeManifestFolder = async (
  components: readonly string[] = [],
  more: Readonly<Record<string, string>> = {},
): Promise<ManifestFolder> => {
  const parent = await mkdtemp(join(tmpdir(), 'manifests-'));
  const directory = join(parent, 'k8s');
  await cp('k8s', directory, { recursive: true });
  const lines = Object.entries({ ...variables, ...more }).map(([name, value]) => `${name}=${value}\n`);
  await writeFile(join(directory, 'vars.env'), lines.join(''));
  await addComponents(directory, components);
  return {
    directory,
    build: (path = '.') => runBuild('kubectl', ['kustomize', join(directory, path)]),
    buildByKustomize: async (path = '.') => runBuild(await buildTool('kustomize'), ['build', join(directory, path)]),
    remove: () => rm(parent, { recursive: true, force: true }),
  };
};

export const readManifests = (text: string): Manifest[] =>
  parseAllDocuments(text).map(document => document.toJS() as Manifest);

/** Throws when there is none. */
export const findManifest = (manifests: readonly Manifest[], kind: string, name: string): Manifest => {
  const found = manifests.find(each => each.kind === kind && each.metadata?.name === name);
  if (found === undefined) throw new Error(`there is no ${kind} ${name}`);
  return found;
};
