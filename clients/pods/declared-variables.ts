// Part of the local backend: the variables a container declares, with `$(NAME)` and field references resolved.
import type { V1EnvVar, V1ObjectMeta } from '@kubernetes/client-node';

const keyedField = /^metadata\.(labels|annotations)\['([^']+)'\]$/;

/** Whether readField can answer this `fieldPath`. */
export const isKnownField = (path: string): boolean =>
  path === 'metadata.name' || path === 'metadata.namespace' || keyedField.test(path);

/** A field of the pod; what is not set is empty, as the kubelet gives it. */
const readField = (path: string, pod: V1ObjectMeta): string => {
  if (path === 'metadata.name') return pod.name ?? '';
  if (path === 'metadata.namespace') return pod.namespace ?? '';
  const [, map, key] = keyedField.exec(path) ?? [];
  const values = map === 'labels' ? pod.labels : pod.annotations;
  return values?.[key ?? ''] ?? '';
};

/** `$(NAME)` as Kubernetes expands it: an unknown name stays as it is written, and `$$` is a dollar sign. */
export const expandVariables = (text: string, variables: ReadonlyMap<string, string>): string =>
  text.replace(/\$(?:\$|\(([^)]*)\))/g, (whole: string, name: string | undefined) =>
    name === undefined ? '$' : (variables.get(name) ?? whole),
  );

/** Name → value in the order of the template; each may use those before it. Paths are still the container's. */
export const resolveVariables = (declared: readonly V1EnvVar[], pod: V1ObjectMeta): Map<string, string> => {
  const variables = new Map<string, string>();
  for (const { name, value, valueFrom } of declared) {
    const field = valueFrom?.fieldRef?.fieldPath;
    variables.set(name, field === undefined ? expandVariables(value ?? '', variables) : readField(field, pod));
  }
  return variables;
};
