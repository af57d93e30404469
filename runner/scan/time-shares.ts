// How a scan's time is shared out, so that every report is closed by its own writer if that one still can. Pure.

export interface TimeShares {
  /** Seconds in which a tool comes to its end by itself. */
  readonly tool: number;
  /** Seconds until a tool that has not is asked to end. */
  readonly untilEnded: number;
  /** Seconds it then has, before it is killed. */
  readonly grace: number;
}

/** Longer than closing a report takes; a pod that is deleted has 30 seconds in all. */
const longestGrace = 10;

/** Shares of the given seconds: the last fifth at most goes to ending, the fifth before to a tool's own closing. */
export const shareTime = (seconds: number): TimeShares => {
  const grace = Math.min(longestGrace, seconds / 5);
  return { tool: seconds - 2 * grace, untilEnded: seconds - grace, grace };
};

/** What a comparison takes in a large account; a tenth of a day's scan is more than it will ever need. */
const longestReserve = 300;

/** Seconds of a scan that the inventory leaves to the tools that read its report. */
export const reserveTime = (seconds: number): number => Math.min(longestReserve, seconds / 5);
