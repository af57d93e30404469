// What can be seen of a cluster before anything is made in it: its version, another identity's rights, and what it would accept.
import { AuthorizationV1Api, NetworkingV1Api, VersionApi } from '@kubernetes/client-node';
import { type CallPatience, callApi } from './calls.ts';
import type { KubernetesConnection } from './connection.ts';
import type { Right } from './own-rights.ts';
import { postObject } from './post-object.ts';

/** `1.34`. */
export const readServerVersion = async (connection: KubernetesConnection, patience: CallPatience): Promise<string> => {
  const api = connection.config.makeApiClient(VersionApi);
  const { major, minor } = await callApi(connection, options => api.getCode(options), patience);
  return `${major}.${minor.replaceAll(/\D/g, '')}`;
};

/** Those of the rights that a service account of the namespace lacks; needs the right to ask for others. */
export const findMissingRightsOf = async (
  connection: KubernetesConnection,
  { serviceAccount, rights }: { readonly serviceAccount: string; readonly rights: readonly Right[] },
  patience: CallPatience,
): Promise<Right[]> => {
  const api = connection.config.makeApiClient(AuthorizationV1Api);
  const { namespace } = connection;
  const user = `system:serviceaccount:${namespace}:${serviceAccount}`;
  const isAllowed = async ({ verb, group, resource, name }: Right): Promise<boolean> => {
    const resourceAttributes = { namespace, verb, group, resource, ...(name === undefined ? {} : { name }) };
    const body = { spec: { user, resourceAttributes } };
    const answer = await callApi(connection, options => api.createSubjectAccessReview({ body }, options), patience);
    return answer.status?.allowed === true;
  };
  const answers = await Promise.all(rights.map(isAllowed));
  return rights.filter((_right, index) => answers[index] === false);
};

export const countNetworkPolicies = async (
  connection: KubernetesConnection,
  patience: CallPatience,
): Promise<number> => {
  const api = connection.config.makeApiClient(NetworkingV1Api);
  const list = { namespace: connection.namespace };
  const { items } = await callApi(connection, options => api.listNamespacedNetworkPolicy(list, options), patience);
  return items.length;
};

/** Whether the API server would take the object: admission, Pod Security and quota say no here, and nothing is kept. */
export const tryCreating = async (
  connection: KubernetesConnection,
  { path, object }: { readonly path: string; readonly object: object },
  patience: CallPatience,
): Promise<void> => {
  const posting = { path: `${path}?dryRun=All`, object };
  await callApi(connection, (_options, signal) => postObject(connection, { ...posting, signal }), patience);
};
