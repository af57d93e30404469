// What a preflight says: checks of what a run would need, each with what to do where it fails.
import * as z from 'zod';
import type { ErrorCode } from './error-catalogue.ts';
import { errorCodeSchema } from './error-code.ts';

export const checkSchema = z.object({
  about: z.enum(['account', 'bucket', 'cluster', 'organization']),
  /** Id of the account, name of the bucket, … */
  subject: z.string(),
  /** What was asked: `role`, `versions`, `runner pod`. */
  check: z.string(),
  /**
   * `warned`: a run would go on, and somebody may be sorry later. `not-checked`: this identity cannot see it, and it may be in order
   * or not.
   */
  status: z.enum(['passed', 'failed', 'warned', 'not-checked']),
  code: errorCodeSchema.nullable(),
  message: z.string(),
  /** The one thing to do; null where nothing is. */
  remedy: z.string().nullable(),
});
export type Check = Readonly<z.infer<typeof checkSchema>>;
export type CheckStatus = Check['status'];

export interface PreflightReport {
  readonly schemaVersion: 1;
  /** ARN of the identity that asked. */
  readonly identity: string;
  readonly backend: 'local' | 'kubernetes';
  readonly startedAt: string;
  readonly seconds: number;
  readonly checks: readonly Check[];
}

export type CheckFacts = Pick<Check, 'about' | 'subject' | 'check'>;

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
