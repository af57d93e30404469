// Part of the local backend: the directories that stand for a pod's volumes, fresh for every pod.
import { execFileSync } from 'node:child_process';
import { accessSync, constants, mkdirSync, readdirSync, rmdirSync, rmSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import type { V1Container, V1Volume } from '@kubernetes/client-node';

export interface PodVolume {
  readonly name: string;
  readonly directory: string;
  /** `memory` is removed at the pod's end whatever happened, because credentials live there. */
  readonly kind: 'memory' | 'disk' | 'placeholder';
}

export interface VolumePlaces {
  readonly memory: string;
  readonly disk: string;
  readonly placeholders: string;
}

const tmpfsType = 0x01021994;

/** A tmpfs that this process may write to; undefined on systems that mount none. */
export const findMemoryDirectory = (): string | undefined => {
  const directory = '/dev/shm';
  try {
    accessSync(directory, constants.W_OK | constants.X_OK);
    return statfsSync(directory).type === tmpfsType ? directory : undefined;
  } catch {
    return undefined;
  }
};

const kindOf = (volume: V1Volume): PodVolume['kind'] => {
  if (volume.emptyDir?.medium === 'Memory') return 'memory';
  return Object.keys(volume).every(key => key === 'name' || key === 'emptyDir') ? 'disk' : 'placeholder';
};

export const planVolumes = (volumes: readonly V1Volume[], places: VolumePlaces): PodVolume[] =>
  volumes.map(volume => {
    const kind = kindOf(volume);
    const root = { memory: places.memory, disk: places.disk, placeholder: places.placeholders }[kind];
    return { name: volume.name, kind, directory: join(root, volume.name) };
  });

const awsAudience = /(^|\.)amazonaws\.com(\.cn)?$/;

/** Whether the container mounts a token that AWS takes as an identity. One for another audience is none. */
export const holdsAwsToken = (container: V1Container, volumes: readonly V1Volume[]): boolean => {
  const tokens = volumes.filter(volume =>
    volume.projected?.sources?.some(source => awsAudience.test(source.serviceAccountToken?.audience ?? '')),
  );
  return (container.volumeMounts ?? []).some(mount => tokens.some(token => token.name === mount.name));
};

/** sizeLimits are not enforced, and whoever mounts read-only can write: these are directories of one user. */
export const makeVolumes = (volumes: readonly PodVolume[], places: VolumePlaces): void => {
  // Not recursive at the top: in a directory that everybody can write to, a prepared link or directory must be an error.
  if (volumes.some(volume => volume.kind === 'memory')) mkdirSync(places.memory, { mode: 0o700 });
  for (const { directory } of volumes) mkdirSync(directory, { recursive: true, mode: 0o700 });
};

/** Removes the tree, also when a container took its own rights away. Links in it are removed and not followed. */
export const removeTree = (directory: string): void => {
  try {
    rmSync(directory, { recursive: true, force: true });
  } catch {
    execFileSync('chmod', ['-R', 'u+rwX', directory], { stdio: 'ignore' });
    rmSync(directory, { recursive: true, force: true, maxRetries: 3 });
  }
};

const removeIfEmpty = (directory: string): void => {
  try {
    rmdirSync(directory);
  } catch {
    // It holds something, or it never was.
  }
};

/** Names in a directory; none when it does not exist. */
export const readNames = (directory: string): string[] => {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
};

/** Removes all but what a failed pod left on its disk-backed volumes: a report may stand there that was never uploaded. */
export const removeVolumes = (places: VolumePlaces, podSucceeded: boolean): void => {
  removeTree(places.memory);
  removeTree(places.placeholders);
  if (podSucceeded) removeTree(places.disk);
  else for (const name of readNames(places.disk)) removeIfEmpty(join(places.disk, name));
  removeIfEmpty(places.disk);
};
