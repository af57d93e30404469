// Part of the local backend: the Job controller's verdict on an ended pod. Pure; the words are Kubernetes' own.
import type {
  V1JobSpec,
  V1PodFailurePolicyOnExitCodesRequirement,
  V1PodFailurePolicyRule,
} from '@kubernetes/client-node';
import type { ObservedContainer } from '../../contract/observed-job.ts';

export type JobStep =
  | { readonly kind: 'succeeded' }
  | { readonly kind: 'failed'; readonly reason: string; readonly message: string }
  /** `counted`: whether this pod uses up one of backoffLimit. */
  | { readonly kind: 'retry'; readonly counted: boolean };

export interface EndedPod {
  /** `namespace/name`. */
  readonly name: string;
  readonly succeeded: boolean;
  readonly containers: readonly ObservedContainer[];
}

const matches = (rule: V1PodFailurePolicyOnExitCodesRequirement, container: ObservedContainer): boolean => {
  // 0 is never a failure, also not for NotIn.
  if (container.exitCode === null || container.exitCode === 0) return false;
  if (rule.containerName !== undefined && rule.containerName !== container.name) return false;
  return rule.values.includes(container.exitCode) === (rule.operator === 'In');
};

const findRule = (rules: readonly V1PodFailurePolicyRule[], pod: EndedPod) => {
  for (const [index, rule] of rules.entries()) {
    // Rules on pod conditions never match: nothing evicts a local pod.
    const { onExitCodes } = rule;
    const container = pod.containers.find(ended => onExitCodes !== undefined && matches(onExitCodes, ended));
    if (container !== undefined) return { index, rule, container };
  }
  return undefined;
};

/** What follows from a pod's end. `failures`: how many earlier pods counted towards backoffLimit. */
export const judgePod = (spec: V1JobSpec, pod: EndedPod, failures: number): JobStep => {
  if (pod.succeeded) return { kind: 'succeeded' };
  const match = findRule(spec.podFailurePolicy?.rules ?? [], pod);
  if (match?.rule.action === 'FailJob') {
    const { container, index } = match;
    const message = `Container ${container.name} for pod ${pod.name} failed with exit code ${container.exitCode} matching FailJob rule at index ${index}`;
    return { kind: 'failed', reason: 'PodFailurePolicy', message };
  }
  if (match?.rule.action === 'Ignore') return { kind: 'retry', counted: false };
  if (failures + 1 > (spec.backoffLimit ?? 6)) {
    return {
      kind: 'failed',
      reason: 'BackoffLimitExceeded',
      message: 'Job has reached the specified backoff limit',
    };
  }
  return { kind: 'retry', counted: true };
};

const longestBackoffSeconds = 600;

/** Seconds before the next pod after `failedPods` failed ones: 10, 20, 40 … 600 with Kubernetes' own 10. */
export const backoffDelay = (failedPods: number, firstSeconds: number): number =>
  Math.min(firstSeconds * 2 ** Math.max(0, failedPods - 1), longestBackoffSeconds);
