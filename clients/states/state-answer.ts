// What reading one state can come to: its text, or who can mend that there is none. Shared by all kinds of places.
import { getHeapStatistics } from 'node:v8';
import type { StateOutcome } from '../../contract/drift/drift-report.ts';
import type { StateLocation } from '../../contract/drift/state-location.ts';
import type { AwsConnection } from '../aws/connection.ts';
import { describeAwsError } from '../aws/errors.ts';
import { redactText } from '../redaction.ts';

type Environment = Readonly<Record<string, string | undefined>>;

export interface StateAccess {
  /** For S3 and KMS of the states; its proxy and authorities hold for all other places too. */
  readonly aws: AwsConnection;
  /** Sent to places of `http` and `https` alone. */
  readonly headers: Readonly<Record<string, string>>;
  /** Tokens and keys under the names that Terraform, OpenTofu and driftctl give them. */
  readonly environment: Environment;
  readonly signal: AbortSignal;
}

export interface UnreadState {
  readonly outcome: Exclude<StateOutcome, 'read' | 'empty' | 'other-account'>;
  /** One line: what happened, who can mend it, and how. */
  readonly message: string;
}

export type StateAnswer = { readonly text: string } | UnreadState;

/** One kind of place. Neither function throws but for the unexpected; both end with the signal. */
export interface StatePlace {
  readonly read: (location: StateLocation) => Promise<StateAnswer>;
  /** The states that a glob or a directory means; the location itself when it is neither. */
  readonly find: (location: StateLocation) => Promise<readonly StateLocation[] | UnreadState>;
  readonly close: () => void;
}

export const isUnread = (answer: object): answer is UnreadState => 'outcome' in answer;

/** A state is a text and then its parsed form, both in memory: a process that dies of one would say nothing of the others. */
export const maxStateBytes = Math.min(256 * 1024 * 1024, Math.floor(getHeapStatistics().heap_size_limit / 4));

const inMebibytes = (bytes: number): string => `${Math.ceil(bytes / 1024 / 1024)} MiB`;

export const tooLarge = (bytes: number): UnreadState => ({
  outcome: 'invalid',
  message: `It has ${inMebibytes(bytes)}, more than the ${inMebibytes(maxStateBytes)} that this process can hold: split it with terraform state mv, give the scan more memory, or leave it out of drift.from.`,
});

export const noneFound = (location: StateLocation): UnreadState => ({
  outcome: 'not-found',
  message: `No state matches ${location.text}: correct drift.from, or write the states before.`,
});

/** Files beside states that globs catch: locks, and what Terraform keeps of the state before. */
export const isBesideStates = (name: string, pattern: string): boolean =>
  ['.tflock', '.lock.info', '.backup'].some(end => name.endsWith(end) && !pattern.endsWith(end));

/** Of what nobody foresaw: a network that fails, a clock that runs out. */
export const failedBy = (thrown: unknown, signal: AbortSignal): UnreadState => {
  if (signal.aborted) {
    return {
      outcome: 'failed',
      message: 'The scan was stopped, or ran out of time, before it was read: raise run.accountDeadline.',
    };
  }
  const { code, message } = describeAwsError(thrown);
  return {
    outcome: 'failed',
    message: redactText(`${code}: ${message}. Retry; if it stays, check the network to it.`),
  };
};
