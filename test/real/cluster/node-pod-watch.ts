// All pods of the cluster as the tests' node sees them: listed, watched, and listed again whenever the watch ends badly.
import { setTimeout as wait } from 'node:timers/promises';
import type { V1Pod } from '@kubernetes/client-node';
import { ApiRefusal, type NodeApi, type WatchEvent } from './node-api.ts';

export interface PodEars {
  /** A pod as it is now; told again and again of the same state. */
  readonly seen: (pod: V1Pod) => void;
  /** The object is gone, with or without the node's consent. */
  readonly gone: (uid: string) => void;
}

interface PodList {
  readonly metadata: { readonly resourceVersion: string };
  readonly items: readonly V1Pod[];
}

const pods = '/api/v1/pods';
const watchSeconds = 300;
const relistMilliseconds = 200;

export const uidOf = (pod: V1Pod): string => pod.metadata?.uid ?? '';

const openSightings = (ears: PodEars) => {
  const known = new Set<string>();
  const lose = (uid: string) => {
    if (known.delete(uid)) ears.gone(uid);
  };
  const see = (pod: V1Pod) => {
    known.add(uidOf(pod));
    ears.seen(pod);
  };
  return {
    list: (items: readonly V1Pod[]) => {
      const there = new Set(items.map(uidOf));
      for (const uid of known) if (!there.has(uid)) lose(uid);
      items.forEach(see);
    },
    hear: ({ type, object }: WatchEvent<V1Pod>) => {
      if (type === 'ERROR') throw new Error('the watch is too old');
      if (type === 'DELETED') lose(uidOf(object));
      else if (type !== 'BOOKMARK') see(object);
    },
  };
};

const followOnce = async (api: NodeApi, sightings: ReturnType<typeof openSightings>): Promise<void> => {
  const list = await api.call<PodList>({ method: 'GET', path: pods });
  sightings.list(list.items);
  let version: string | undefined = list.metadata.resourceVersion;
  while (version !== undefined) {
    const query = `watch=1&allowWatchBookmarks=true&timeoutSeconds=${watchSeconds}&resourceVersion=${version}`;
    let last: string | undefined = version;
    await api.watch<V1Pod>(`${pods}?${query}`, event => {
      sightings.hear(event);
      last = event.object.metadata?.resourceVersion;
    });
    version = last;
  }
};

/** Until the signal. A lost watch is followed by a new list, so that nothing stays unseen. */
export const followPods = async (api: NodeApi, ears: PodEars, signal: AbortSignal): Promise<void> => {
  const sightings = openSightings(ears);
  while (!signal.aborted) {
    try {
      await followOnce(api, sightings);
    } catch (error) {
      if (error instanceof ApiRefusal && error.code === 403) throw error;
    }
    await wait(relistMilliseconds, undefined, { signal }).catch(() => undefined);
  }
};
