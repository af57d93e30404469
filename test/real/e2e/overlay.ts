// The values that a user puts into their copy of the overlay `example`; and where AWS is, which a user's does not say.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { productImage } from './images.ts';

export interface OverlayValues {
  /** The seven variables. */
  readonly variables: Readonly<Record<string, string>>;
  /** config.yaml */
  readonly settings: string;
  readonly imageTag: string;
  readonly endpoint: string;
  /** Scans may outlast an hour: the component `long-scans`, beside those of the example. */
  readonly longScans: boolean;
}

interface ContainerNames {
  readonly initContainers?: readonly string[];
  readonly containers: readonly string[];
}

const endpointPatch = (name: string, { initContainers = [], containers }: ContainerNames, endpoint: string) => {
  const pointed = (container: string) => ({ name: container, env: [{ name: 'AWS_ENDPOINT_URL', value: endpoint }] });
  const before = initContainers.length === 0 ? {} : { initContainers: initContainers.map(pointed) };
  const spec = { ...before, containers: containers.map(pointed) };
  const patch = {
    ...{ apiVersion: 'batch/v1', kind: 'CronJob', metadata: { name, namespace: 'inventory' } },
    spec: { jobTemplate: { spec: { template: { spec } } } },
  };
  return { patch: JSON.stringify(patch) };
};

interface Kustomization {
  readonly components: readonly string[];
}

/** The example's own patches are for nodes that a cluster of one does not have. */
export const fillOverlay = async (overlay: string, values: OverlayValues): Promise<void> => {
  const file = join(overlay, 'kustomization.yaml');
  const example = parse(await readFile('k8s/overlays/example/kustomization.yaml', 'utf8')) as Kustomization;
  const more = values.longScans ? ['../../components/long-scans'] : [];
  const runner = {
    initContainers: ['assume', ...(values.longScans ? ['refresh'] : []), 'scan'],
    containers: ['upload'],
  };
  const kustomization = {
    ...example,
    components: [...example.components, ...more],
    images: [{ name: productImage, newTag: values.imageTag }],
    patches: [
      endpointPatch('aws-inventory-orchestrator', { containers: ['orchestrator'] }, values.endpoint),
      endpointPatch('aws-inventory-runner', runner, values.endpoint),
    ],
  };
  await writeFile(file, JSON.stringify(kustomization));
  const lines = Object.entries(values.variables).map(([name, value]) => `${name}=${value}\n`);
  await writeFile(join(overlay, 'environment.env'), lines.join(''));
  await writeFile(join(overlay, 'config.yaml'), values.settings);
};
