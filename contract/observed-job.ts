// A runner Job as a backend reports it: the part of a Job's and its pod's status that decides an account's outcome.

export interface ObservedContainer {
  readonly name: string;
  /** null until it ended; 137 for a killed one. */
  readonly exitCode: number | null;
  /** `Completed`, `Error`, `OOMKilled`, `ContainerCannotRun`, … */
  readonly reason: string | null;
  /** The termination message, as the container wrote it. */
  readonly message: string | null;
  readonly startedAt: string | null;
  readonly finishedAt: string | null;
}

export interface ObservedJob {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly phase: 'pending' | 'running' | 'succeeded' | 'failed';
  /** Why the Job failed, in Kubernetes' words: `DeadlineExceeded`, `BackoffLimitExceeded`, `PodFailurePolicy`, … */
  readonly reason: string | null;
  readonly message: string | null;
  /** Pods that were started for it. */
  readonly attempts: number;
  /** RFC 3339, UTC. */
  readonly startedAt: string | null;
  readonly finishedAt: string | null;
  /** Of the last pod, init containers first; empty once the pod is gone. */
  readonly containers: readonly ObservedContainer[];
  /** Why its last pod does not get on, or did not reach its end, in Kubernetes' words; null when nothing held it up. */
  readonly hindrance: string | null;
  /** A deletion has begun: its name is free only when it is gone. */
  readonly deleting: boolean;
}

export const hasFinished = (job: Pick<ObservedJob, 'phase'>): boolean =>
  job.phase === 'succeeded' || job.phase === 'failed';
