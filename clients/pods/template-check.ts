// Part of the local backend: every reason why it cannot run a Job, said before anything starts. Pure.
import type { V1Container, V1CronJob, V1EnvVar, V1JobSpec, V1PodSpec, V1Volume } from '@kubernetes/client-node';
import { isKnownField } from './declared-variables.ts';
import { findImage, imageName, type LocalImages } from './images.ts';

/** Names become names of files and directories here, so they are what the API server takes and nothing else. */
const dnsLabel = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

const quoted = (value: unknown): string => JSON.stringify(value);

/** Fields of a container that would have to be obeyed, and are not. */
const foreignContainerFields = [
  'envFrom',
  'lifecycle',
  'livenessProbe',
  'startupProbe',
  'volumeDevices',
] as const satisfies readonly (keyof V1Container)[];

const isText = (value: unknown): boolean => typeof value === 'string';

const checkVariable = ({ name, value, valueFrom }: V1EnvVar): string[] => {
  if (valueFrom === undefined) {
    return isText(value ?? '') ? [] : [`variable ${quoted(name)}: ${quoted(value)} is not a text; quote it`];
  }
  const path = valueFrom.fieldRef?.fieldPath;
  if (path !== undefined && isKnownField(path)) return [];
  const source = path === undefined ? Object.keys(valueFrom).join(', ') : `fieldRef ${quoted(path)}`;
  return [`variable ${quoted(name)}: valueFrom ${source} cannot be read without an API server; set its value`];
};

const checkMounts = (container: V1Container, volumes: ReadonlySet<string>): string[] =>
  (container.volumeMounts ?? []).flatMap(({ name, mountPath, subPath, subPathExpr }) => [
    ...(volumes.has(name) ? [] : [`mounts volume ${quoted(name)}, which the pod does not have`]),
    ...(/^\/+[^/]/.test(mountPath) ? [] : [`mountPath ${quoted(mountPath)} is not a directory below /`]),
    ...(subPath === undefined && subPathExpr === undefined ? [] : [`subPath of ${quoted(name)} is not translated`]),
  ]);

const checkImage = (container: V1Container, images: LocalImages): string[] => {
  const image = findImage(images, container.image);
  const name = imageName(container.image ?? '');
  if (image === undefined) {
    return [`image ${quoted(name)} is not known on this machine; set local.images[${quoted(name)}] to its command`];
  }
  const command = container.command?.length ? container.command : image.command;
  return command.length > 0 ? [] : [`has no command, and local.images[${quoted(name)}] gives none`];
};

const checkContainer = (container: V1Container, volumes: ReadonlySet<string>, images: LocalImages): string[] => [
  ...(dnsLabel.test(container.name) ? [] : [`the name is not a DNS label`]),
  ...(container.restartPolicy === undefined || container.restartPolicy === 'Always'
    ? []
    : [`its own restartPolicy ${quoted(container.restartPolicy)} is not obeyed; remove it`]),
  ...checkImage(container, images),
  ...[...(container.command ?? []), ...(container.args ?? [])]
    .filter(word => !isText(word))
    .map(word => `${quoted(word)} in its command is not a text; quote it`),
  ...checkMounts(container, volumes),
  ...(container.env ?? []).flatMap(checkVariable),
  ...foreignContainerFields
    .filter(field => container[field] !== undefined)
    .map(field => `${field} is not obeyed by local processes; remove it`),
];

const isOptional = (source: { optional?: boolean } | undefined): boolean => source?.optional === true;

/** Optional sources that nobody provides leave an empty directory, as in a cluster. */
const checkVolume = (volume: V1Volume): string[] => {
  const where = `volume ${quoted(volume.name)}`;
  const kind = Object.keys(volume).find(key => key !== 'name') ?? 'emptyDir';
  if (!dnsLabel.test(volume.name)) return [`${where}: the name is not a DNS label`];
  if (kind === 'emptyDir' || isOptional(volume.secret) || isOptional(volume.configMap)) return [];
  if (kind !== 'projected') return [`${where}: ${kind} has no local counterpart; use an emptyDir`];
  const foreign = (volume.projected?.sources ?? []).filter(
    source => source.serviceAccountToken === undefined && !isOptional(source.secret) && !isOptional(source.configMap),
  );
  return foreign.map(source => `${where}: projected ${Object.keys(source).join(', ')} has no local counterpart`);
};

const duplicates = (names: readonly string[]): string[] => names.filter((name, index) => names.indexOf(name) !== index);

const checkPod = (pod: V1PodSpec, images: LocalImages): string[] => {
  const volumes = new Set((pod.volumes ?? []).map(volume => volume.name));
  const groups = { initContainers: pod.initContainers ?? [], containers: pod.containers ?? [] };
  const all = [...groups.initContainers, ...groups.containers];
  return [
    ...(pod.restartPolicy === 'Never' ? [] : [`restartPolicy is ${quoted(pod.restartPolicy)}; set it to "Never"`]),
    ...(pod.activeDeadlineSeconds === undefined ? [] : ['the pod has an activeDeadlineSeconds; set the Job’s instead']),
    ...(groups.containers.length > 0 ? [] : ['the pod has no containers']),
    ...duplicates(all.map(container => container.name)).map(name => `two containers are named ${quoted(name)}`),
    ...(pod.volumes ?? []).flatMap(checkVolume),
    ...Object.entries(groups).flatMap(([group, containers]) =>
      containers.flatMap((container, index) =>
        checkContainer(container, volumes, images).map(
          reason => `${group}[${index}] ${quoted(container.name)}: ${reason}`,
        ),
      ),
    ),
  ];
};

/** Every reason why the Job cannot run as local processes; empty when it can. */
export const checkJobSpec = (spec: V1JobSpec | undefined, images: LocalImages): string[] => {
  const pod = spec?.template?.spec;
  if (spec === undefined || pod === undefined) return ['the template has no pod'];
  const rules = spec.podFailurePolicy?.rules ?? [];
  return [
    ...((spec.completions ?? 1) === 1 && (spec.parallelism ?? 1) === 1 && spec.completionMode !== 'Indexed'
      ? []
      : ['only one pod at a time is run: completions and parallelism must be 1, completionMode NonIndexed']),
    ...(spec.suspend === true ? ['suspend is true, and nothing here would ever resume the Job'] : []),
    ...(rules.some(rule => rule.action === 'FailIndex') ? ['podFailurePolicy has a FailIndex action'] : []),
    ...checkPod(pod, images),
  ];
};

/** The same for a runner template as it stands in its file. */
export const checkTemplate = (template: V1CronJob, images: LocalImages): string[] =>
  checkJobSpec(template.spec?.jobTemplate?.spec, images);
