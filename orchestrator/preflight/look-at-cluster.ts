// The cluster, and with the runners' own identity the accounts and the bucket.
import { type KubernetesConnection, openKubernetes } from '../../clients/kubernetes/connection.ts';
import { explainApiError } from '../../clients/kubernetes/errors.ts';
import { type PreflightOrder, roleFactsSchema } from '../../contract/preflight-order.ts';
import type { RunSettings } from '../../contract/read-settings.ts';
import type { RunPlan } from '../plan.ts';
import { newRunId } from '../run-id.ts';
import { askRunners } from './ask-runners.ts';
import { type ClusterFindings, checkCluster } from './check-cluster.ts';
import { askedNothing, judgeRunners, type RunnersChecks } from './judge-runners.ts';
import type { PreflightOptions } from './run-preflight.ts';

const orderOf = ({ reports }: RunSettings, { planned }: RunPlan): PreflightOrder => ({
  accounts: planned.map(({ facts }) => roleFactsSchema.parse(facts)),
  bucket: {
    name: reports.bucket ?? '',
    prefix: reports.prefix,
    owner: reports.expectedOwner ?? undefined,
    kmsKey: reports.kmsKey ?? undefined,
  },
});

interface PlannedRun {
  readonly plan: RunPlan;
  readonly region: string;
}

/** The Job of the runners, where there is something to ask and the cluster would take it. */
const lookAsRunners = async (
  { settings, signal, job, started, progress }: PreflightOptions,
  { plan, region }: PlannedRun,
  { connection, runners }: Pick<ClusterFindings, 'runners'> & { readonly connection: KubernetesConnection },
): Promise<RunnersChecks> => {
  const { namespace } = connection;
  const accounts = plan.planned.map(({ account }) => account.id);
  const question = { namespace, accounts };
  if (!job) return askedNothing('--no-job leaves out what needs the runners’ own identity', question);
  if ('none' in runners) return askedNothing(runners.none, question);
  const facts = { suffix: newRunId(new Date()), order: orderOf(settings, plan), region };
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

export const lookAtCluster = async (
  options: PreflightOptions,
  plan: RunPlan,
  region: string,
): Promise<RunnersChecks> => {
  const { environment, namespace, signal } = options;
  const connection = openKubernetes(environment, namespace);
  try {
    const { checks, runners } = await checkCluster({ connection, signal }, plan.planned[0]?.facts);
    const asked = await lookAsRunners(options, { plan, region }, { connection, runners });
    return { ...asked, cluster: [...checks, ...asked.cluster] };
  } finally {
    await connection.close();
  }
};
