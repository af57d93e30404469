// What the webhooks of EKS do to a pod as it is created, after the source of amazon-eks-pod-identity-webhook. Pure.
import type { V1Container, V1EnvVar, V1PodTemplateSpec, V1ServiceAccount, V1Volume } from '@kubernetes/client-node';

const skipAnnotation = 'eks.amazonaws.com/skip-containers';
const roleAnnotation = 'eks.amazonaws.com/role-arn';

export interface Injection {
  readonly volume: V1Volume;
  readonly mountPath: string;
  readonly env: readonly V1EnvVar[];
}

const tokenVolume = (name: string, audience: string): V1Volume => ({
  name,
  projected: { sources: [{ serviceAccountToken: { path: 'token', audience, expirationSeconds: 86_400 } }] },
});

/** By the annotation of the service account; undefined when it has none. */
export const injectionByAnnotation = ({ metadata }: V1ServiceAccount): Injection | undefined => {
  const role = metadata?.annotations?.[roleAnnotation];
  if (role === undefined) return undefined;
  const mountPath = '/var/run/secrets/eks.amazonaws.com/serviceaccount';
  return {
    volume: tokenVolume('aws-iam-token', 'sts.amazonaws.com'),
    mountPath,
    env: [
      { name: 'AWS_ROLE_ARN', value: role },
      { name: 'AWS_WEB_IDENTITY_TOKEN_FILE', value: `${mountPath}/token` },
    ],
  };
};

/** By an association of EKS Pod Identity, which is no object of the cluster. */
export const injectionByAssociation = (): Injection => {
  const mountPath = '/var/run/secrets/pods.eks.amazonaws.com/serviceaccount';
  return {
    volume: tokenVolume('eks-pod-identity-token', 'pods.eks.amazonaws.com'),
    mountPath,
    env: [
      { name: 'AWS_CONTAINER_CREDENTIALS_FULL_URI', value: 'http://169.254.170.23/v1/credentials' },
      { name: 'AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE', value: `${mountPath}/eks-pod-identity-token` },
    ],
  };
};

const inject = (container: V1Container, { volume, mountPath, env }: Injection): V1Container => {
  const present = new Set((container.env ?? []).map(({ name }) => name));
  const isDefined = env.some(({ name }) => present.has(name));
  return {
    ...container,
    // Variables of one's own stay as they are; the token is mounted all the same.
    env: [...(container.env ?? []), ...(isDefined ? [] : env)],
    volumeMounts: [...(container.volumeMounts ?? []), { name: volume.name, mountPath, readOnly: true }],
  };
};

export const mutatePod = (template: V1PodTemplateSpec, injection: Injection): V1PodTemplateSpec => {
  const { metadata, spec } = template;
  if (spec === undefined) throw new TypeError('the template has no pod');
  const skipped = new Set((metadata?.annotations?.[skipAnnotation] ?? '').split(',').map(name => name.trim()));
  const mutate = (container: V1Container): V1Container =>
    skipped.has(container.name) ? container : inject(container, injection);
  return {
    ...template,
    spec: {
      ...spec,
      initContainers: (spec.initContainers ?? []).map(mutate),
      containers: spec.containers.map(mutate),
      volumes: [...(spec.volumes ?? []), injection.volume],
    },
  };
};
