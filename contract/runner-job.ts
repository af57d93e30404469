// Template + facts → the runner Job of one account. The pod's shape is the template's; only facts are stamped.
import { hash } from 'node:crypto';
import type { V1Container, V1CronJob, V1Job, V1PodSpec } from '@kubernetes/client-node';
import { withVariables } from './container-variables.ts';
import { annotationNames, containerNames, labelNames, refreshContainer, runnerJobName } from './names.ts';
import {
  assumeEnvironment,
  type StampedFacts,
  scanEnvironment,
  scannerEnvironment,
  uploadEnvironment,
} from './stamped-facts.ts';

/** The suspended CronJob that users shape, and the Job that is stamped from it. */
export type RunnerTemplate = V1CronJob;
export type RunnerJob = V1Job;

/** Settings that replace the template's own number when somebody set them. */
export interface JobLimits {
  readonly retries?: number | undefined;
  readonly deadlineSeconds?: number | undefined;
}

/** What may change under a running run without making its Jobs other ones: the template's deadline, an account's name. */
const passingFacts = new Set(['scanSeconds', 'accountName']);

/** Equal facts give equal hashes, whatever the template looks like today: that is what adopting a Job compares. */
export const factsHash = (facts: StampedFacts): string => {
  const lasting = Object.entries(facts).filter(([name]) => !passingFacts.has(name));
  const sorted = lasting.sort(([a], [b]) => (a < b ? -1 : 1));
  return hash('sha256', JSON.stringify(sorted)).slice(0, 32);
};

const environmentFor = (container: string, facts: StampedFacts): Record<string, string> => {
  if (container === containerNames.assume || container === refreshContainer) return assumeEnvironment(facts);
  if (container === containerNames.upload) return uploadEnvironment(facts);
  if (container === containerNames.scan) return scanEnvironment(facts);
  return scannerEnvironment(facts);
};

/** A variable that the template sets itself is a user's decision and stays, except for the facts, which must be true. */
const stampContainer = (container: V1Container, facts: StampedFacts): V1Container =>
  withVariables(container, environmentFor(container.name, facts));

const stampPod = (pod: V1PodSpec, facts: StampedFacts): V1PodSpec => ({
  ...pod,
  ...(pod.initContainers === undefined
    ? {}
    : { initContainers: pod.initContainers.map(container => stampContainer(container, facts)) }),
  containers: pod.containers.map(container => stampContainer(container, facts)),
});

/** Kubernetes refuses labels over 63 characters and odd ones; the name of an account is free text, so it is an annotation. */
const metadataOf = (facts: StampedFacts) => ({
  labels: { [labelNames.run]: facts.run, [labelNames.account]: facts.accountId },
  annotations: {
    [annotationNames.facts]: factsHash(facts),
    [annotationNames.accountName]: facts.accountName,
    [annotationNames.date]: facts.date,
  },
});

export const stampRunnerJob = (template: RunnerTemplate, facts: StampedFacts, limits: JobLimits = {}): RunnerJob => {
  const job = template.spec?.jobTemplate;
  const spec = job?.spec;
  if (job === undefined || spec?.template.spec === undefined) throw new TypeError('the runner template has no pod');
  const { labels, annotations } = metadataOf(facts);
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {
      name: runnerJobName(facts.run, facts.accountId),
      ...(template.metadata?.namespace === undefined ? {} : { namespace: template.metadata.namespace }),
      labels: { ...job.metadata?.labels, ...labels },
      annotations: { ...job.metadata?.annotations, ...annotations },
    },
    spec: {
      ...spec,
      ...(limits.retries === undefined ? {} : { backoffLimit: limits.retries }),
      ...(limits.deadlineSeconds === undefined ? {} : { activeDeadlineSeconds: limits.deadlineSeconds }),
      template: {
        ...spec.template,
        metadata: {
          ...spec.template.metadata,
          labels: { ...spec.template.metadata?.labels, ...labels },
        },
        spec: stampPod(spec.template.spec, facts),
      },
    },
  };
};
