// What probes and people are told of the following. Pure. Alive is not healthy: a restart mends no S3 that is down.
import type { FollowState } from './follow-results.ts';

export interface HealthQuestion {
  readonly state: FollowState;
  readonly now: string;
  /** Seconds between two looks. */
  readonly interval: number;
  readonly startedAt: string;
}

export interface HealthAnswer {
  readonly status: 200 | 503;
  readonly text: string;
}

const secondsSince = (time: string, now: string): number =>
  Math.max(0, Math.round((Date.parse(now) - Date.parse(time)) / 1000));

/** Some looks may fail, and an S3 that is down for minutes harms nobody. */
const patience = (interval: number): number => Math.max(5 * interval, 600);

export const judgeHealth = ({ state, now, interval, startedAt }: HealthQuestion): HealthAnswer => {
  const { snapshot, failure, lastSuccessAt } = state;
  const isLong = secondsSince(lastSuccessAt ?? startedAt, now) > patience(interval);
  const success = lastSuccessAt === undefined ? 'never' : `${lastSuccessAt} (${secondsSince(lastSuccessAt, now)}s ago)`;
  const lines = [
    failure === undefined ? `OK - last refresh: ${success}` : `last refresh: ${success}, then: ${failure.message}`,
    ...(failure === undefined ? [] : [failure.remedy]),
    ...(snapshot === undefined ? ['no snapshot yet'] : [`${snapshot.place}: ${snapshot.accounts.length} accounts`]),
    ...(snapshot?.problems ?? [])
      .slice(0, 20)
      .map(({ account, key, reason, message }) => `problem: ${account} ${key} ${reason}: ${message}`),
    ...((snapshot?.problems.length ?? 0) > 20 ? [`and ${(snapshot?.problems.length ?? 0) - 20} more problems`] : []),
  ];
  const isUnhealthy = isLong && (failure !== undefined || snapshot === undefined);
  // One line each, whatever a message holds.
  const text = lines.map(line => line.replaceAll(/\s+/g, ' ').trim()).join('\n');
  return isUnhealthy ? { status: 503, text: `Unhealthy: ${text}\n` } : { status: 200, text: `${text}\n` };
};
