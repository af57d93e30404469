// What the downward API tells a container about its pod, for variables and for files.
import type { V1Pod } from '@kubernetes/client-node';

/** A pod and where it runs: what its status will say, known before the status says it. */
export interface PlacedPod {
  readonly pod: V1Pod;
  readonly node: string;
  readonly address: string;
}

const keyedField = /^metadata\.(labels|annotations)\['([^']+)'\]$/;

const quotedLines = (map: Readonly<Record<string, string>> | undefined): string =>
  Object.entries(map ?? {})
    .map(([key, value]) => `${key}=${JSON.stringify(value)}\n`)
    .join('');

const plainFields: Readonly<Record<string, (placed: PlacedPod) => string | undefined>> = {
  'metadata.name': ({ pod }) => pod.metadata?.name,
  'metadata.namespace': ({ pod }) => pod.metadata?.namespace,
  'metadata.uid': ({ pod }) => pod.metadata?.uid,
  'metadata.labels': ({ pod }) => quotedLines(pod.metadata?.labels),
  'metadata.annotations': ({ pod }) => quotedLines(pod.metadata?.annotations),
  'spec.nodeName': ({ node }) => node,
  'spec.serviceAccountName': ({ pod }) => pod.spec?.serviceAccountName,
  'status.hostIP': ({ address }) => address,
  'status.hostIPs': ({ address }) => address,
  'status.podIP': ({ address }) => address,
  'status.podIPs': ({ address }) => address,
};

/** Empty for a label or annotation that is not there. Throws for a field that this node does not know. */
export const readPodField = (path: string, placed: PlacedPod): string => {
  const [, map, key = ''] = keyedField.exec(path) ?? [];
  const { labels, annotations } = placed.pod.metadata ?? {};
  if (map !== undefined) return (map === 'labels' ? labels : annotations)?.[key] ?? '';
  const read = plainFields[path];
  if (read === undefined)
    throw new Error(`fieldPath ${JSON.stringify(path)} is not one that the node of the tests reads`);
  return read(placed) ?? '';
};
