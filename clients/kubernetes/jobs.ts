// Jobs and the runner template at the API server, as raw JSON: the client's models drop every field that they do not know.
import { CustomObjectsApi, type V1CronJob, type V1Job } from '@kubernetes/client-node';
import { type CallPatience, callApi } from './calls.ts';
import type { KubernetesConnection } from './connection.ts';
import { describeApiError } from './errors.ts';
import { postObject } from './post-object.ts';

/** As JSON has it: times are RFC 3339 texts, where the client's type says Date. */
export type RawJob = V1Job;

export interface ClusterJobs {
  /** `exists` when the name is taken, also by a Job that is being deleted. */
  readonly create: (job: V1Job) => Promise<'created' | 'exists'>;
  readonly read: (name: string) => Promise<RawJob | undefined>;
  /** All Jobs with the label, page by page; resolves with the resourceVersion to watch from. */
  readonly list: (labelSelector: string, each: (job: RawJob) => void) => Promise<string>;
  /** Its pods are ended with grace after it. A Job that is not there is deleted already. */
  readonly remove: (name: string) => Promise<void>;
  readonly readTemplate: (name: string) => Promise<V1CronJob | undefined>;
}

const pageSize = 500;
const batch = { group: 'batch', version: 'v1' } as const;

/** undefined instead of an error when there is no such object. */
const orMissing = async <Result>(reading: Promise<Result>): Promise<Result | undefined> => {
  try {
    return await reading;
  } catch (thrown) {
    if (describeApiError(thrown).kind === 'not-found') return undefined;
    throw thrown;
  }
};

interface RawList {
  readonly items: RawJob[];
  readonly metadata: { readonly resourceVersion: string; readonly continue?: string };
}

export const openClusterJobs = (connection: KubernetesConnection, patience: CallPatience): ClusterJobs => {
  const api = connection.config.makeApiClient(CustomObjectsApi);
  const jobs = { ...batch, namespace: connection.namespace, plural: 'jobs' } as const;
  const path = `/apis/batch/v1/namespaces/${connection.namespace}/jobs`;
  const readObject = (plural: string, name: string): Promise<unknown> =>
    callApi(connection, options => api.getNamespacedCustomObject({ ...jobs, plural, name }, options), patience);

  const listPage = async (labelSelector: string, token: string | undefined): Promise<RawList> => {
    const page = { ...jobs, labelSelector, limit: pageSize, ...(token === undefined ? {} : { _continue: token }) };
    return await callApi(connection, options => api.listNamespacedCustomObject(page, options), patience);
  };

  return {
    create: async job => {
      try {
        await callApi(connection, (_, signal) => postObject(connection, { path, object: job, signal }), patience);
        return 'created';
      } catch (thrown) {
        if (describeApiError(thrown).kind === 'exists') return 'exists';
        throw thrown;
      }
    },
    read: async name => (await orMissing(readObject('jobs', name))) as RawJob | undefined,
    list: async (labelSelector, each) => {
      let token: string | undefined;
      for (;;) {
        const { items, metadata } = await listPage(labelSelector, token);
        for (const job of items) each(job);
        if (metadata.continue === undefined || metadata.continue === '') return metadata.resourceVersion;
        token = metadata.continue;
      }
    },
    remove: async name => {
      const removal = { ...jobs, name, propagationPolicy: 'Background' };
      await orMissing(callApi(connection, options => api.deleteNamespacedCustomObject(removal, options), patience));
    },
    readTemplate: async name => (await orMissing(readObject('cronjobs', name))) as V1CronJob | undefined,
  };
};
