// What this identity may do in the namespace, asked before anything depends on it: a missing verb is named at the start, not
// after a thousand Jobs.
import { AuthorizationV1Api } from '@kubernetes/client-node';
import { callApi } from './calls.ts';
import type { KubernetesConnection } from './connection.ts';

export interface Right {
  readonly verb: string;
  /** Empty for the core group. */
  readonly group: string;
  readonly resource: string;
  /** Of one object; of all when left out. */
  readonly name?: string;
}

/** `create jobs.batch`, `get cronjobs.batch/aws-inventory-runner`: as kubectl auth can-i takes it. */
export const renderRight = ({ verb, group, resource, name }: Right): string =>
  `${verb} ${resource}${group === '' ? '' : `.${group}`}${name === undefined ? '' : `/${name}`}`;

/** Those of the rights that this identity lacks. */
export const findMissingRights = async (
  connection: KubernetesConnection,
  rights: readonly Right[],
  signal: AbortSignal,
): Promise<Right[]> => {
  const api = connection.config.makeApiClient(AuthorizationV1Api);
  const { namespace } = connection;
  const isAllowed = async ({ verb, group, resource, name }: Right): Promise<boolean> => {
    const resourceAttributes = { namespace, verb, group, resource, ...(name === undefined ? {} : { name }) };
    const body = { spec: { resourceAttributes } };
    const answer = await callApi(connection, options => api.createSelfSubjectAccessReview({ body }, options), {
      signal,
    });
    return answer.status?.allowed === true;
  };
  const answers = await Promise.all(rights.map(isAllowed));
  return rights.filter((_right, index) => answers[index] === false);
};
