// A container's variables as a kubelet makes them: the API server's address, then envFrom, then env, each over those before.
import type { V1Container, V1EnvFromSource, V1EnvVar } from '@kubernetes/client-node';
import { expandVariables } from '../../../clients/pods/declared-variables.ts';
import type { EntryReader } from './node-entries.ts';
import { type PlacedPod, readPodField } from './node-pod-fields.ts';

export interface VariableSources {
  readonly placed: PlacedPod;
  readonly entries: EntryReader;
  /** Where the pod finds the API server. */
  readonly service: { readonly host: string; readonly port: number };
}

const serviceVariables = ({ service: { host, port } }: VariableSources): [string, string][] => [
  ['KUBERNETES_SERVICE_HOST', host],
  ['KUBERNETES_SERVICE_PORT', String(port)],
  ['KUBERNETES_SERVICE_PORT_HTTPS', String(port)],
];

const readAll = async (source: V1EnvFromSource, { entries }: VariableSources): Promise<[string, string][]> => {
  const { configMapRef, secretRef, prefix = '' } = source;
  const kind = configMapRef === undefined ? 'secret' : 'configmap';
  const { name = '', optional = false } = configMapRef ?? secretRef ?? {};
  const all = await entries.all({ kind, name, optional });
  return [...all].map(([key, value]) => [`${prefix}${key}`, value.toString('utf8')]);
};

const readOne = async (
  { name, valueFrom }: V1EnvVar,
  { entries, placed }: VariableSources,
): Promise<string | undefined> => {
  const { fieldRef, configMapKeyRef, secretKeyRef } = valueFrom ?? {};
  if (fieldRef !== undefined) return readPodField(fieldRef.fieldPath, placed);
  const reference = configMapKeyRef ?? secretKeyRef;
  if (reference === undefined) {
    throw new Error(`variable ${name}: ${Object.keys(valueFrom ?? {}).join()} is not read by the node of the tests`);
  }
  const kind = configMapKeyRef === undefined ? 'secret' : 'configmap';
  const { name: object = '', optional = false, key } = reference;
  return (await entries.one({ kind, name: object, optional }, key))?.toString('utf8');
};

/** Throws with the sentence of a container that waits with CreateContainerConfigError. */
export const readVariables = async (
  container: V1Container,
  sources: VariableSources,
): Promise<ReadonlyMap<string, string>> => {
  const variables = new Map(serviceVariables(sources));
  for (const source of container.envFrom ?? []) {
    for (const [name, value] of await readAll(source, sources)) variables.set(name, value);
  }
  for (const variable of container.env ?? []) {
    const { name, value = '', valueFrom } = variable;
    const read = valueFrom === undefined ? expandVariables(value, variables) : await readOne(variable, sources);
    if (read !== undefined) variables.set(name, read);
  }
  return variables;
};
