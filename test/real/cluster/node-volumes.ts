// What a kubelet puts into a pod's volumes before its first container starts: files of ConfigMaps and Secrets, fields, tokens.
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type {
  V1DownwardAPIVolumeFile,
  V1KeyToPath,
  V1ServiceAccountTokenProjection,
  V1Volume,
  V1VolumeProjection,
} from '@kubernetes/client-node';
import type { PodVolume } from '../../../clients/pods/volumes.ts';
import type { NodeApi } from './node-api.ts';
import type { Entries, EntryReader } from './node-entries.ts';
import { type PlacedPod, readPodField } from './node-pod-fields.ts';

export interface VolumeSources {
  readonly api: NodeApi;
  readonly placed: PlacedPod;
  readonly entries: EntryReader;
}

interface VolumeFile {
  readonly path: string;
  readonly content: string | Buffer;
  readonly mode?: number | undefined;
}

interface Filled {
  readonly files: readonly VolumeFile[];
  /** When its tokens are due for others, in milliseconds since the epoch; Infinity without tokens. */
  readonly renewAt: number;
}

const usualMode = 0o644;
const usualTokenSeconds = 3600;

const pickEntries = (entries: Entries, items: readonly V1KeyToPath[] | undefined, optional: boolean): VolumeFile[] => {
  if (items === undefined) return [...entries].map(([path, content]) => ({ path, content }));
  return items.flatMap(({ key, path, mode }) => {
    const content = entries.get(key);
    if (content !== undefined) return [{ path, content, mode }];
    if (optional) return [];
    throw new Error(`references non-existent config key: ${key}`);
  });
};

const fieldFiles = (items: readonly V1DownwardAPIVolumeFile[] | undefined, placed: PlacedPod): VolumeFile[] =>
  (items ?? []).map(({ path, fieldRef, mode }) => ({
    path,
    content: readPodField(fieldRef?.fieldPath ?? 'resourceFieldRef', placed),
    mode,
  }));

const tokenRequest = (source: V1ServiceAccountTokenProjection, { pod }: PlacedPod) => ({
  apiVersion: 'authentication.k8s.io/v1',
  kind: 'TokenRequest',
  spec: {
    audiences: source.audience === undefined ? [] : [source.audience],
    expirationSeconds: source.expirationSeconds ?? usualTokenSeconds,
    boundObjectRef: { apiVersion: 'v1', kind: 'Pod', name: pod.metadata?.name, uid: pod.metadata?.uid },
  },
});

const requestToken = async (source: V1ServiceAccountTokenProjection, sources: VolumeSources): Promise<Filled> => {
  const { metadata, spec } = sources.placed.pod;
  const account = spec?.serviceAccountName ?? 'default';
  const path = `/api/v1/namespaces/${metadata?.namespace}/serviceaccounts/${account}/token`;
  const body = tokenRequest(source, sources.placed);
  const { status } = await sources.api.call<{ status: { token: string } }>({ method: 'POST', path, body });
  // A kubelet asks for the next one when four fifths of the life are over.
  const life = (source.expirationSeconds ?? usualTokenSeconds) * 1000;
  return { files: [{ path: source.path, content: status.token }], renewAt: Date.now() + 0.8 * life };
};

const still = (files: readonly VolumeFile[]): Filled => ({ files, renewAt: Number.POSITIVE_INFINITY });

const project = async (source: V1VolumeProjection, sources: VolumeSources): Promise<Filled> => {
  const { serviceAccountToken, configMap, secret, downwardAPI } = source;
  if (serviceAccountToken !== undefined) return requestToken(serviceAccountToken, sources);
  if (downwardAPI !== undefined) return still(fieldFiles(downwardAPI.items, sources.placed));
  const named = configMap ?? secret;
  if (named === undefined) throw new Error(`projects ${Object.keys(source).join()}, which is not known here`);
  const kind = configMap === undefined ? 'secret' : 'configmap';
  const { name = '', optional = false, items } = named;
  return still(pickEntries(await sources.entries.all({ kind, name, optional }), items, optional));
};

/** The same sources, whether a volume names one of them or projects several. */
const sourcesOf = ({ name, configMap, secret, downwardAPI, projected, ...others }: V1Volume): V1VolumeProjection[] => {
  if (projected !== undefined) return projected.sources ?? [];
  if (configMap !== undefined) return [{ configMap }];
  if (secret !== undefined) return [{ secret: { ...secret, name: secret.secretName ?? '' } }];
  if (downwardAPI !== undefined) return [{ downwardAPI }];
  const foreign = Object.keys(others).filter(kind => kind !== 'emptyDir');
  if (foreign.length === 0) return [];
  throw new Error(`MountVolume.SetUp failed for volume ${JSON.stringify(name)}: ${foreign.join()} is not known here`);
};

const modeOf = ({ configMap, secret, downwardAPI, projected }: V1Volume): number =>
  (configMap ?? secret ?? downwardAPI ?? projected)?.defaultMode ?? usualMode;

const placeFile = async (directory: string, { path, content, mode }: VolumeFile, usual: number): Promise<void> => {
  const file = join(directory, path);
  const making = `${file}.making`;
  await mkdir(dirname(file), { recursive: true, mode: 0o755 });
  // Renamed into its place: whoever reads while a token is renewed reads one token.
  await writeFile(making, content, { mode: mode ?? usual });
  await rename(making, file);
};

/**
 * Writes the files of every volume that is not an emptyDir, tokens anew each time, and gives the time when that is due again.
 * Throws with the sentence that tells what is missing.
 */
export const fillVolumes = async (volumes: readonly PodVolume[], sources: VolumeSources): Promise<number> => {
  let renewAt = Number.POSITIVE_INFINITY;
  for (const volume of sources.placed.pod.spec?.volumes ?? []) {
    const directory = volumes.find(({ name }) => name === volume.name)?.directory ?? '';
    for (const source of sourcesOf(volume)) {
      const filled = await project(source, sources);
      renewAt = Math.min(renewAt, filled.renewAt);
      for (const file of filled.files) await placeFile(directory, file, modeOf(volume));
    }
  }
  return renewAt;
};
