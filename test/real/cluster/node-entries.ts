// ConfigMaps and Secrets as a kubelet reads them: name → bytes, or the sentence that a waiting container shows.
import type { V1ConfigMap, V1Secret } from '@kubernetes/client-node';
import type { NodeApi } from './node-api.ts';
import { callUnless } from './node-registration.ts';

export type Entries = ReadonlyMap<string, Buffer>;

export type EntrySource = 'configmap' | 'secret';

interface Reference {
  readonly kind: EntrySource;
  readonly name: string;
  readonly optional: boolean;
}

const decode = (entries: Readonly<Record<string, string>> | undefined, encoding: BufferEncoding): [string, Buffer][] =>
  Object.entries(entries ?? {}).map(([key, value]) => [key, Buffer.from(value, encoding)]);

export interface EntryReader {
  /** Empty for an optional one that is not there. Throws with the kubelet's sentence. */
  readonly all: (reference: Reference) => Promise<Entries>;
  /** undefined for an optional one that is not there. */
  readonly one: (reference: Reference, key: string) => Promise<Buffer | undefined>;
}

/** Read anew for each container: a test that changes one expects the next container to see it. */
export const openEntryReader = (api: NodeApi, namespace: string): EntryReader => {
  const all = async ({ kind, name, optional }: Reference): Promise<Entries> => {
    const path = `/api/v1/namespaces/${namespace}/${kind}s/${name}`;
    const found = await callUnless<V1ConfigMap & V1Secret>(api, { method: 'GET', path }, 404);
    if (found === undefined && !optional) throw new Error(`${kind} ${JSON.stringify(name)} not found`);
    const plain = decode(found?.data, kind === 'secret' ? 'base64' : 'utf8');
    return new Map([...plain, ...decode(found?.binaryData, 'base64')]);
  };
  return {
    all,
    one: async (reference, key) => {
      const value = (await all(reference)).get(key);
      if (value !== undefined || reference.optional) return value;
      const kind = reference.kind === 'secret' ? 'Secret' : 'ConfigMap';
      throw new Error(`couldn't find key ${key} in ${kind} ${namespace}/${reference.name}`);
    },
  };
};
