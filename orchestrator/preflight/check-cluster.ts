// The cluster before any run: its version, the orchestrator's rights, the template, and whether it would take the pods of a run.
import {
  countNetworkPolicies,
  findMissingRightsOf,
  readServerVersion,
  tryCreating,
} from '../../clients/kubernetes/cluster-facts.ts';
import type { KubernetesConnection } from '../../clients/kubernetes/connection.ts';
import { describeApiError, explainApiError } from '../../clients/kubernetes/errors.ts';
import { openClusterJobs } from '../../clients/kubernetes/jobs.ts';
import { renderRight } from '../../clients/kubernetes/own-rights.ts';
import { toInventoryError } from '../../contract/errors.ts';
import { runnerTemplateName } from '../../contract/names.ts';
import { type Check, failed, notChecked, passed, warned } from '../../contract/preflight.ts';
import { type RunnerTemplate, stampRunnerJob } from '../../contract/runner-job.ts';
import type { StampedFacts } from '../../contract/stamped-facts.ts';
import { requireUsable } from '../cluster-template.ts';
import { ownRights } from '../kubernetes-backend.ts';

const oldest = { major: 1, minor: 28 } as const;
const serviceAccount = 'aws-inventory-orchestrator-sa';

export interface ClusterEdge {
  readonly connection: KubernetesConnection;
  readonly signal: AbortSignal;
}

type Question = (facts: Pick<Check, 'about' | 'subject' | 'check'>) => Promise<Check>;

/** What may not be asked is not checked; what the API server refuses for another reason is a finding. */
const ask = async ({ connection, signal }: ClusterEdge, check: string, question: Question): Promise<Check> => {
  const facts = { about: 'cluster' as const, subject: connection.namespace, check };
  try {
    return await question(facts);
  } catch (thrown) {
    signal.throwIfAborted();
    const { kind, message } = describeApiError(thrown);
    if (kind === 'unavailable' || kind === 'unauthorized') throw explainApiError(thrown, check);
    if (kind === 'forbidden' && !/violates|exceeded|denied the request/.test(message))
      return notChecked(facts, `this identity may not ask: ${message}`);
    const { code } = toInventoryError(explainApiError(thrown, check));
    return failed(facts, {
      code,
      message,
      remedy: 'Change what the message names, in the namespace or in the runner template.',
    });
  }
};

const checkVersion = (edge: ClusterEdge): Promise<Check> =>
  ask(edge, 'version', async facts => {
    const version = await readServerVersion(edge.connection, edge);
    const [major = 0, minor = 0] = version.split('.').map(Number);
    const isOld = major < oldest.major || (major === oldest.major && minor < oldest.minor);
    if (!isOld) return passed(facts, `Kubernetes ${version}`);
    return failed(facts, {
      code: 'template-unusable',
      message: `Kubernetes ${version} does not know all that a runner Job needs`,
      remedy: `Use a cluster of ${oldest.major}.${oldest.minor} or newer.`,
    });
  });

const checkRights = (edge: ClusterEdge): Promise<Check> =>
  ask(edge, 'rights of the orchestrator', async facts => {
    const missing = await findMissingRightsOf(edge.connection, { serviceAccount, rights: ownRights }, edge);
    if (missing.length === 0) return passed(facts, `${ownRights.length} rights of ${serviceAccount}`);
    return failed(facts, {
      code: 'cluster-denied',
      message: `${serviceAccount} may not: ${missing.map(renderRight).join(', ')}`,
      remedy: 'Apply the Role and RoleBinding inventory-orchestrator of k8s/base.',
    });
  });

const checkNetwork = (edge: ClusterEdge): Promise<Check> =>
  ask(edge, 'network policies', async facts => {
    const count = await countNetworkPolicies(edge.connection, edge);
    if (count > 0) return passed(facts, `${count}; whether the network plugin enforces them cannot be seen`);
    return warned(
      facts,
      'there are none: pods reach the metadata service of their node',
      'Apply k8s/base/network-policies.yaml.',
    );
  });

/** The Job, and then its pod by itself: Pod Security only warns of a Job, and refuses its pods later. */
const checkAdmission = async (edge: ClusterEdge, template: RunnerTemplate, sample: StampedFacts): Promise<Check[]> => {
  const { connection } = edge;
  const job = stampRunnerJob(template, sample);
  const pod = job.spec?.template;
  const metadata = { ...pod?.metadata, name: `${runnerTemplateName}-preflight`, namespace: connection.namespace };
  const jobs = `/apis/batch/v1/namespaces/${connection.namespace}/jobs`;
  const pods = `/api/v1/namespaces/${connection.namespace}/pods`;
  return [
    await ask(edge, 'runner Job', async facts => {
      await tryCreating(connection, { path: jobs, object: job }, edge);
      return passed(facts, 'the API server would take it; nothing was made');
    }),
    await ask(edge, 'runner pod', async facts => {
      const object = { apiVersion: 'v1', kind: 'Pod', metadata, spec: pod?.spec };
      await tryCreating(connection, { path: pods, object }, edge);
      return passed(facts, 'Pod Security, quota and service account would let it in; nothing was made');
    }),
  ];
};

export interface ClusterFindings {
  readonly checks: readonly Check[];
  /** The template whose pods the API server would take, or why there is none. */
  readonly runners: { readonly template: RunnerTemplate } | { readonly none: string };
}

/** `sample` is what one account's Job would be stamped with; undefined where no account is selected. */
export const checkCluster = async (edge: ClusterEdge, sample: StampedFacts | undefined): Promise<ClusterFindings> => {
  const checks = [await checkVersion(edge), await checkRights(edge), await checkNetwork(edge)];
  const jobs = openClusterJobs(edge.connection, edge);
  let template: RunnerTemplate | undefined;
  const found = await ask(edge, 'template', async facts => {
    try {
      template = requireUsable(await jobs.readTemplate(runnerTemplateName), edge.connection.namespace);
    } catch (thrown) {
      const error = toInventoryError(thrown);
      if (error.code !== 'template-unusable') throw thrown;
      return failed(facts, error);
    }
    return passed(facts, `CronJob ${runnerTemplateName}`);
  });
  const admission = template === undefined || sample === undefined ? [] : await checkAdmission(edge, template, sample);
  const all = [...checks, found, ...admission];
  if (template === undefined)
    return { checks: all, runners: { none: 'there is no runner template to make a Job from' } };
  const isRefused = admission.some(({ status }) => status === 'failed');
  return {
    checks: all,
    runners: isRefused ? { none: 'the API server would not take a pod of the runners' } : { template },
  };
};
