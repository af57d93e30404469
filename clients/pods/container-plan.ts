// Part of the local backend: a container of the template as the process that it becomes. Pure.
import { join } from 'node:path';
import type { V1Container, V1ObjectMeta, V1PodSpec } from '@kubernetes/client-node';
import { type ContainerIdentity, containerEnvironment, type Environment } from './container-environment.ts';
import { expandVariables, resolveVariables } from './declared-variables.ts';
import { findImage, type LocalImages } from './images.ts';
import type { attemptFiles } from './job-files.ts';
import { type PathRoot, pathTranslator } from './path-translation.ts';
import { messageBytes } from './termination-message.ts';
import { holdsAwsToken, type PodVolume } from './volumes.ts';

export interface ContainerPlan {
  readonly name: string;
  /** A sidecar: started before its successors, kept running until the pod's own containers have ended. */
  readonly sidecar: boolean;
  readonly command: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly workingDirectory: string;
  readonly home: string;
  readonly logFile: string;
  readonly messageFile: string;
  readonly messageBytes: number;
  /** Whether the end of the log is the message of a failed container that wrote none. */
  readonly messageFromLog: boolean;
}

export interface PodPlace {
  readonly pod: V1PodSpec;
  readonly metadata: V1ObjectMeta;
  readonly images: LocalImages;
  readonly volumes: readonly PodVolume[];
  readonly files: ReturnType<typeof attemptFiles>;
  readonly caller: Environment;
  /** The caller's when not given. */
  readonly identity?: ContainerIdentity;
  /** Name → value of what the container declares, where more than the template is known: ConfigMaps, addresses. */
  readonly variables?: ReadonlyMap<string, string>;
}

const defaultMessagePath = '/dev/termination-log';

const pathRoots = (container: V1Container, place: PodPlace): PathRoot[] => {
  const image = findImage(place.images, container.image);
  const mounts = (container.volumeMounts ?? []).flatMap(mount => {
    const volume = place.volumes.find(({ name }) => name === mount.name);
    return volume === undefined
      ? []
      : [{ inside: mount.mountPath, outside: join(volume.directory, mount.subPath ?? '') }];
  });
  return [
    ...Object.entries(image?.root ?? {}).map(([inside, outside]) => ({ inside, outside })),
    ...mounts,
    {
      inside: container.terminationMessagePath ?? defaultMessagePath,
      outside: place.files.message(container.name),
    },
  ];
};

export const planContainer = (container: V1Container, place: PodPlace): ContainerPlan => {
  const { pod, files, metadata } = place;
  const variables = place.variables ?? resolveVariables(container.env ?? [], metadata);
  const translate = pathTranslator(pathRoots(container, place));
  // Expanded first and translated once: a translated path may lie under a mountPath itself, such as /tmp.
  const resolve = (words: readonly string[]) => words.map(word => translate(expandVariables(word, variables)));
  const entrypoint = container.command?.length
    ? resolve(container.command)
    : (findImage(place.images, container.image)?.command ?? []);
  const home = files.home(container.name);
  return {
    name: container.name,
    sidecar: container.restartPolicy === 'Always',
    command: [...entrypoint, ...resolve(container.args ?? [])],
    environment: containerEnvironment({
      caller: place.caller,
      declared: new Map([...variables].map(([name, value]) => [name, translate(value)])),
      holdsToken: holdsAwsToken(container, pod.volumes ?? []),
      identity: place.identity,
      privateHome: home,
      podName: metadata.name ?? '',
    }),
    workingDirectory: container.workingDir === undefined ? home : translate(container.workingDir),
    home,
    logFile: files.log(container.name),
    messageFile: files.message(container.name),
    messageBytes: messageBytes((pod.initContainers?.length ?? 0) + pod.containers.length),
    messageFromLog: container.terminationMessagePolicy === 'FallbackToLogsOnError',
  };
};
