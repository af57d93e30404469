// What the exporter knows at one moment: the rows of latest.json, and of each account's scan.json what metrics and page show.
import type { LatestAccount, RunSummary } from '../contract/manifest.ts';
import type { CellOutcome, DriftTypeCounts, Requests, TagRegionCounts } from '../contract/scan-report.ts';

/** Resources of a service in a region. */
export interface ServiceCount {
  /** aws-recon's name of the service (`EC2`). */
  readonly service: string;
  /** An AWS region, or `global`. */
  readonly region: string;
  readonly resources: number;
}

/** A type that could not be seen whole: denied, throttled, failed, or cut. */
export interface UnseenCells {
  readonly type: string;
  readonly service: string;
  readonly outcome: CellOutcome | 'truncated';
  readonly regions: readonly string[];
  readonly action: string | undefined;
  readonly error: string | undefined;
  /** Why it counts as no lack: the settings accept it, or a service control policy denies it. */
  readonly excuse: string | undefined;
}

export interface ToolEnd {
  readonly tool: string;
  readonly outcome: string;
  readonly code: string | undefined;
  readonly message: string | undefined;
  readonly seconds: number;
}

/** An account's scan.json, reduced. */
export interface AccountDigest {
  /** Of the scan.json that it was made of: another one means that the account was scanned again. */
  readonly sha256: string;
  readonly finishedAt: string;
  readonly regions: readonly string[];
  readonly services: readonly ServiceCount[];
  readonly unseen: readonly UnseenCells[];
  readonly tools: readonly ToolEnd[];
  readonly requests: Requests | undefined;
  readonly drift: readonly DriftTypeCounts[];
  readonly tags: readonly TagRegionCounts[];
}

export interface AccountView extends LatestAccount {
  /** Of the newest scan whose scan.json could be read, which may be an older one than the row's. */
  readonly digest: AccountDigest | undefined;
}

/** A document that could not be used: the others are served. */
export interface ReportProblem {
  readonly account: string;
  readonly key: string;
  readonly reason: 'absent' | 'corrupt' | 'foreign' | 'from-the-future' | 'too-large' | 'unreadable';
  readonly message: string;
}

export interface Snapshot {
  /** For messages: `s3://bucket/AWSRecon`, or the directory. */
  readonly place: string;
  /** When it was made: RFC 3339, UTC. */
  readonly takenAt: string;
  /** latest.json's own time. */
  readonly updatedAt: string;
  readonly completeRun: { readonly run: string; readonly startedAt: string } | null;
  /** The newest first. */
  readonly runs: readonly RunSummary[];
  /** In the order of their ids. */
  readonly accounts: readonly AccountView[];
  readonly problems: readonly ReportProblem[];
}
