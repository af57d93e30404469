// The cluster, and with the runners' own identity the accounts and the bucket.
import { type KubernetesConnection, openKubernetes } from '../../clients/kubernetes/connection.ts';
import { explainApiError } from '../../clients/kubernetes/errors.ts';
import type { PreflightOrder } from '../../contract/preflight-order.ts';
import type { StampedFacts } from '../../contract/stamped-facts.ts';
import { newRunId } from '../run-id.ts';
import { askRunners } from './ask-runners.ts';
import { type ClusterFindings, checkCluster } from './check-cluster.ts';
import { askedNothing, judgeRunners, type RunnersChecks } from './judge-runners.ts';
import type { PreflightOptions } from './run-preflight.ts';

export interface ClusterQuestion {
  readonly order: PreflightOrder;
  /** What one account's Job would be stamped with; undefined where no account is selected. */
  readonly sample: StampedFacts | undefined;
  /** AWS region of the runners' calls. */
  readonly region: string;
}

/** The Job of the runners, where there is something to ask and the cluster would take it. */
const lookAsRunners = async (
  { signal, job, started, progress }: PreflightOptions,
  { order, region }: ClusterQuestion,
  { connection, runners }: Pick<ClusterFindings, 'runners'> & { readonly connection: KubernetesConnection },
): Promise<RunnersChecks> => {
  const { namespace } = connection;
  const accounts = order.accounts.map(({ accountId }) => accountId);
  const question = { namespace, accounts };
  if (!job) return askedNothing('--no-job leaves out what needs the runners’ own identity', question);
  if ('none' in runners) return askedNothing(runners.none, question);
  const facts = { suffix: newRunId(new Date()), order, region };
  const told = (done: number): void => progress(done, accounts.length);
  const end = await askRunners(runners.template, facts, { connection, signal, started, progress: told }).catch(
    thrown => {
      signal.throwIfAborted();
      throw explainApiError(thrown, 'the Job of the preflight');
    },
  );
  if ('denied' in end) return askedNothing(`this identity may not: ${end.denied}`, question);
  return judgeRunners(end, question, runners.template.spec?.jobTemplate.spec?.template.spec?.serviceAccountName);
};

export const lookAtCluster = async (options: PreflightOptions, asked: ClusterQuestion): Promise<RunnersChecks> => {
  const { environment, namespace, signal } = options;
  const connection = openKubernetes(environment, namespace);
  try {
    const { checks, runners } = await checkCluster({ connection, signal }, asked.sample);
    const found = await lookAsRunners(options, asked, { connection, runners });
    return { ...found, cluster: [...checks, ...found.cluster] };
  } finally {
    await connection.close();
  }
};
