// The logs of one account's runner, container by container: those that are there, or each from its first line to its last.
import { sleep } from '../../clients/clock.ts';
import type { LogPart, LogSource } from './log-source.ts';

export interface LogListener {
  readonly begins: (part: LogPart) => void;
  readonly says: (bytes: Uint8Array) => void;
  /** `missing`: it never started, or its log is gone. */
  readonly ends: (part: LogPart, missing: boolean) => void;
}

export interface LogChoice {
  readonly container?: string | undefined;
  readonly attempt?: number | undefined;
}

/** Milliseconds between two looks at what has nothing new. */
const pause = 500;

const isChosen =
  ({ container, attempt }: LogChoice) =>
  (part: LogPart): boolean =>
    (container === undefined || part.container === container) && (attempt === undefined || part.attempt === attempt);

/** Resolves to whether there was any. */
export const tellLogs = async (source: LogSource, choice: LogChoice, listener: LogListener): Promise<boolean> => {
  const { parts } = await source.look();
  const chosen = parts.filter(isChosen(choice));
  for (const part of chosen) {
    listener.begins(part);
    const told = await source.tell(part, 0, listener.says);
    listener.ends(part, told === undefined);
  }
  return chosen.length > 0;
};

const keyOf = ({ attempt, pod, container }: LogPart): string => `${attempt}/${pod}/${container}`;

const followPart = async (source: LogSource, first: LogPart, listener: LogListener, signal: AbortSignal) => {
  listener.begins(first);
  let told: number | undefined;
  let part = first;
  for (;;) {
    const more = await source.tell(part, told ?? 0, listener.says);
    if (more !== undefined) told = (told ?? 0) + more;
    // It had ended before it was read to its end.
    if (part.state === 'ended') break;
    if (more === undefined || more === 0) await sleep(pause, signal);
    const { parts, isOver } = await source.look();
    part = parts.find(each => keyOf(each) === keyOf(first)) ?? { ...first, state: 'ended' };
    if (isOver) part = { ...part, state: 'ended' };
  }
  listener.ends(first, told === undefined);
};

/**
 * One container after the other, as they run; a sidecar when its pod is over, unless it is the one that is asked for. Resolves
 * when the Job is over, to whether there was anything.
 */
export const followLogs = async (
  source: LogSource,
  choice: LogChoice,
  listener: LogListener,
  signal: AbortSignal,
): Promise<boolean> => {
  const told = new Set<string>();
  for (;;) {
    const { parts, isOver } = await source.look();
    const next = parts.filter(isChosen(choice)).find(part => {
      if (told.has(keyOf(part)) || part.state === 'waiting') return false;
      return !part.isSidecar || part.state === 'ended' || choice.container === part.container;
    });
    if (next !== undefined) {
      told.add(keyOf(next));
      await followPart(source, next, listener, signal);
    } else if (isOver) {
      return told.size > 0;
    } else {
      await sleep(pause, signal);
    }
  }
};
