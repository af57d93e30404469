// The pace of one service in one region: free until it throttles, then as fast as it has shown to answer. Pure but for its state.

export interface Pace {
  /** Takes the next place in the queue; milliseconds to wait for it. Times are of one monotonic clock, in milliseconds. */
  readonly reserve: (now: number) => number;
  readonly answered: (now: number) => void;
  /** `begun` is when the throttled request was sent. */
  readonly throttled: (begun: number, now: number) => void;
  /** Requests a second; undefined while nothing has been throttled. */
  readonly perSecond: () => number | undefined;
}

/** Over which answers are counted to learn what the service bears. */
const windowMilliseconds = 2_000;
/** Of the rate that was too much: a bucket that is empty must fill faster than it is drawn from. */
const cut = 0.85;
/** Growth a second at most, and while nothing is known of what the service bears: its first answers say little. */
const fastest = 0.1;
/** Growth with every request: slow up to the pace that was throttled last, of which one in fifty is or fewer; then faster. */
const approaching = 0.002;
const exceeding = 0.004;
const slowest = 0.5;
/** No caller of one service is as fast: such a pace bounds nobody. */
const free = 200;

export const createPace = (): Pace => {
  let rate: number | undefined;
  /** The last pace that was too fast. */
  let ceiling: number | undefined;
  /** Until then come requests whose places were given before the pace was last cut. */
  let settledAt = Number.NEGATIVE_INFINITY;
  let grownAt = 0;
  let nextAt = 0;
  let answers: number[] = [];
  const answeredRate = (now: number): number => {
    answers = answers.filter(at => at > now - windowMilliseconds);
    return (answers.length * 1000) / windowMilliseconds;
  };
  const growthOf = (current: number): number => {
    if (ceiling === undefined) return fastest;
    return Math.min(fastest, current * (current < ceiling ? approaching : exceeding));
  };
  const grow = (now: number): void => {
    if (rate === undefined) return;
    rate = Math.min(free, rate * (1 + growthOf(rate)) ** ((now - grownAt) / 1000));
    grownAt = now;
  };
  return {
    reserve: now => {
      if (rate === undefined) return 0;
      grow(now);
      const at = Math.max(now, nextAt);
      nextAt = at + 1000 / rate;
      return at - now;
    },
    answered: now => {
      answers.push(now);
      // Two seconds of a fast service are thousands; only the last window is ever asked about.
      if (answers.length > 4096) answers = answers.filter(at => at > now - windowMilliseconds);
    },
    throttled: (begun, now) => {
      // It says nothing about the pace of now.
      if (begun < settledAt) return;
      grow(now);
      const answered = answeredRate(now);
      // What was answered is little where little was asked, and a pace that nobody has kept tells nothing either.
      const tooFast = rate === undefined ? answered : Math.min(rate, Math.max(answered, ceiling ?? rate));
      ceiling = rate === undefined ? undefined : tooFast;
      rate = Math.max(slowest, cut * tooFast);
      settledAt = Math.max(now, nextAt);
      nextAt = settledAt + 1000 / rate;
      grownAt = now;
    },
    perSecond: () => rate,
  };
};
