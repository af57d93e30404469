// What a preflight says: checks of what a run would need, each with what to do where it fails.
import type { ErrorCode } from './error-catalogue.ts';

export type CheckStatus =
  | 'passed'
  | 'failed'
  /** A run would go on, and somebody may be sorry later. */
  | 'warned'
  /** This identity cannot see it: it may be in order or not. */
  | 'not-checked';

export interface Check {
  /** `account`, `bucket`, `cluster`, `organization`. */
  readonly about: 'account' | 'bucket' | 'cluster' | 'organization';
  /** Id of the account, name of the bucket, … */
  readonly subject: string;
  /** What was asked: `role`, `versioning`, `pod security`. */
  readonly check: string;
  readonly status: CheckStatus;
  readonly code: ErrorCode | null;
  readonly message: string;
  /** The one thing to do; null where nothing is. */
  readonly remedy: string | null;
}

export interface PreflightReport {
  readonly schemaVersion: 1;
  /** ARN of the identity that asked. */
  readonly identity: string;
  readonly backend: 'local' | 'kubernetes';
  readonly startedAt: string;
  readonly seconds: number;
  readonly checks: readonly Check[];
}

type CheckFacts = Pick<Check, 'about' | 'subject' | 'check'>;

export const passed = (facts: CheckFacts, message: string): Check => ({
  ...facts,
  status: 'passed',
  code: null,
  message,
  remedy: null,
});

export const warned = (facts: CheckFacts, message: string, remedy: string): Check => ({
  ...facts,
  status: 'warned',
  code: null,
  message,
  remedy,
});

export const notChecked = (facts: CheckFacts, message: string): Check => ({
  ...facts,
  status: 'not-checked',
  code: null,
  message,
  remedy: null,
});

export const failed = (
  facts: CheckFacts,
  error: { readonly code: ErrorCode; readonly message: string; readonly remedy: string },
): Check => ({ ...facts, status: 'failed', code: error.code, message: error.message, remedy: error.remedy });
