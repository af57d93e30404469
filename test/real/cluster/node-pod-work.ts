// What the tests' node needs for one of its pods, and the pod's ground as a kubelet lays it: its directories.
import { join } from 'node:path';
import type { V1Pod, V1PodSpec } from '@kubernetes/client-node';
import type { Environment } from '../../../clients/pods/container-environment.ts';
import type { LocalImages } from '../../../clients/pods/images.ts';
import { attemptFiles } from '../../../clients/pods/job-files.ts';
import { type PodVolume, planVolumes, type VolumePlaces } from '../../../clients/pods/volumes.ts';
import type { NodeApi } from './node-api.ts';
import { type EntryReader, openEntryReader } from './node-entries.ts';
import type { PlacedPod } from './node-pod-fields.ts';
import { openPodRecord, type PodRecord } from './node-pod-record.ts';
import { uidOf } from './node-pod-watch.ts';

/** A container as it was started. */
export interface StartedContainer {
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
  /** The whole of it. */
  readonly environment: Readonly<Record<string, string>>;
  /** Name of the volume → the directory that stands for it. */
  readonly mounts: Readonly<Record<string, string>>;
  readonly command: readonly string[];
}

export interface NodePlace {
  readonly api: NodeApi;
  readonly name: string;
  readonly address: string;
  readonly images: LocalImages;
  /** What reaches every container: PATH, and where AWS is. */
  readonly environment: Environment;
  readonly service: { readonly host: string; readonly port: number };
  /** Logs and volumes of its pods. */
  readonly root: string;
  readonly memory: string;
  readonly started: StartedContainer[];
}

export const podFiles = (root: string, uid: string) => attemptFiles(join(root, uid), 1);

export interface PodWork {
  readonly place: NodePlace;
  readonly record: PodRecord;
  readonly spec: V1PodSpec;
  readonly placed: PlacedPod;
  readonly entries: EntryReader;
  readonly files: ReturnType<typeof attemptFiles>;
  readonly places: VolumePlaces;
  readonly volumes: readonly PodVolume[];
  readonly stop: AbortController;
}

export const openWork = (pod: V1Pod, place: NodePlace): PodWork => {
  const files = podFiles(place.root, uidOf(pod));
  const places = { memory: join(place.memory, uidOf(pod)), disk: files.volumes, placeholders: files.placeholders };
  const spec = pod.spec ?? { containers: [] };
  return {
    place,
    spec,
    record: openPodRecord(pod, place),
    placed: { pod, node: place.name, address: place.address },
    entries: openEntryReader(place.api, pod.metadata?.namespace ?? ''),
    ...{ files, places },
    volumes: planVolumes(spec.volumes ?? [], places),
    stop: new AbortController(),
  };
};
