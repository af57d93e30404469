// The pace as a function of a simulated clock: against services that bear a rate, whose callers wait as they are told.
import { describe, expect, it } from 'vitest';
import { createPace, type Pace } from '../../../clients/aws/request-pace.ts';

interface Service {
  readonly perSecond: number;
  readonly burst: number;
}

interface Figures {
  readonly answered: number;
  readonly throttled: number;
  /** After the first minute. */
  readonly lateAnswered: number;
  readonly lateThrottled: number;
}

interface Caller {
  /** When it next does something: reserves, or sends. */
  at: number;
  sends: boolean;
}

const latency = 100;

/** A bucket that fills evenly, as AWS has it. */
const openBucket = ({ perSecond, burst }: Service) => {
  let tokens = burst;
  let filledAt = 0;
  return (now: number): boolean => {
    tokens = Math.min(burst, tokens + ((now - filledAt) / 1000) * perSecond);
    filledAt = now;
    if (tokens < 1) return false;
    tokens -= 1;
    return true;
  };
};

/** Callers that ask on and on; a throttled one tries again after a back-off, as the SDK does. */
const simulate = (pace: Pace, service: Service, minutes: number, callers = 8): Figures => {
  const allows = openBucket(service);
  const figures = { answered: 0, throttled: 0, lateAnswered: 0, lateThrottled: 0 };
  const all: Caller[] = Array.from({ length: callers }, () => ({ at: 0, sends: false }));
  const answers: { at: number; begun: number; allowed: boolean; caller: Caller }[] = [];
  const end = minutes * 60_000;
  const answer = ({ at, begun, allowed, caller }: (typeof answers)[number]): void => {
    const isLate = at > 60_000;
    if (allowed) {
      pace.answered(at);
      figures.answered += 1;
      if (isLate) figures.lateAnswered += 1;
    } else {
      pace.throttled(begun, at);
      figures.throttled += 1;
      if (isLate) figures.lateThrottled += 1;
    }
    Object.assign(caller, { at: at + (allowed ? 0 : 500), sends: false });
  };
  const act = (caller: Caller): void => {
    if (!caller.sends) {
      Object.assign(caller, { at: caller.at + pace.reserve(caller.at), sends: true });
      return;
    }
    const begun = caller.at;
    answers.push({ at: begun + latency, begun, allowed: allows(begun), caller });
    caller.at = Number.POSITIVE_INFINITY;
  };
  for (;;) {
    const caller = all.reduce((first, each) => (each.at < first.at ? each : first));
    const next = answers[0];
    if (Math.min(caller.at, next?.at ?? Number.POSITIVE_INFINITY) > end) return figures;
    if (next !== undefined && next.at <= caller.at) answer(answers.shift() as typeof next);
    else act(caller);
  }
};

describe('the pace', () => {
  it('is free until something is throttled', () => {
    const pace = createPace();
    const waits = Array.from({ length: 100 }, (_none, at) => pace.reserve(at));
    expect(new Set(waits)).toEqual(new Set([0]));
    expect(pace.perSecond()).toBeUndefined();
  });

  it('after that is below what was answered, and each has a place of its own in the queue', () => {
    const pace = createPace();
    for (let at = 0; at < 2_000; at += 100) pace.answered(at);
    pace.throttled(1_990, 2_000);
    expect(pace.perSecond()).toBeGreaterThan(7);
    expect(pace.perSecond()).toBeLessThan(10);
    const [first = 0, second = 0, third = 0] = [pace.reserve(2_000), pace.reserve(2_000), pace.reserve(2_000)];
    const step = 1000 / (pace.perSecond() ?? 0);
    expect(first).toBeGreaterThan(0);
    expect(second - first).toBeCloseTo(step, 0);
    expect(third - second).toBeCloseTo(step, 0);
  });

  it('is cut once by all that were on their way when it was', () => {
    const pace = createPace();
    for (let at = 0; at < 2_000; at += 50) pace.answered(at);
    pace.throttled(1_900, 2_000);
    const after = pace.perSecond();
    for (const begun of [1_900, 1_950, 1_999]) pace.throttled(begun, 2_050);
    expect(pace.perSecond()).toBe(after);
    pace.throttled(2_010, 2_100);
    expect(pace.perSecond()).toBeLessThan(after ?? 0);
  });

  it('is not cut by those who had their place in the queue when it was', () => {
    const pace = createPace();
    for (let at = 0; at < 2_000; at += 100) pace.answered(at);
    pace.throttled(1_990, 2_000);
    const waits = Array.from({ length: 8 }, () => pace.reserve(3_000));
    pace.throttled(3_000, 3_010);
    const after = pace.perSecond();
    for (const wait of waits.slice(0, -1)) pace.throttled(3_000 + wait, 3_100 + wait);
    expect(pace.perSecond()).toBe(after);
  });

  it('never stops, whatever is throttled, and grows again', () => {
    const pace = createPace();
    for (let at = 0; at < 100; at += 1) pace.throttled(at * 1000, at * 1000 + 500);
    const slowest = pace.perSecond() ?? 0;
    expect(slowest).toBeGreaterThan(0.1);
    for (let second = 100; second < 400; second += 1) pace.reserve(second * 1000);
    expect(pace.perSecond()).toBeGreaterThan(1.5 * slowest);
  });

  it.each<[string, Service]>([
    ['5 a second with a burst of 20', { perSecond: 5, burst: 20 }],
    ['5 a second with a burst of 2', { perSecond: 5, burst: 2 }],
    ['1 a second', { perSecond: 1, burst: 5 }],
    ['25 a second with a burst of 100', { perSecond: 25, burst: 100 }],
  ])('at a service that bears %s loses little, and is hardly throttled', (_name, service) => {
    const minutes = 10;
    const { answered, lateAnswered, lateThrottled } = simulate(createPace(), service, minutes);
    const ideal = service.burst + service.perSecond * minutes * 60;
    expect(answered).toBeGreaterThan(ideal / 1.2);
    expect(lateThrottled / (lateAnswered + lateThrottled)).toBeLessThan(0.02);
  });

  it('follows a service that bears more after a while, and one that bears less', () => {
    const pace = createPace();
    simulate(pace, { perSecond: 2, burst: 2 }, 2);
    expect(pace.perSecond()).toBeLessThan(3);
    for (let second = 120; second < 600; second += 1) pace.reserve(second * 1000);
    expect(pace.perSecond()).toBeGreaterThan(6);
    for (let second = 600; second < 640; second += 1) pace.throttled(second * 1000, second * 1000 + 100);
    expect(pace.perSecond()).toBeLessThan(1);
  });

  it('is not cut by how little was asked', () => {
    const pace = createPace();
    for (let at = 0; at < 2_000; at += 50) pace.answered(at);
    pace.throttled(1_990, 2_000);
    const before = pace.perSecond() ?? 0;
    pace.throttled(20_000, 20_100);
    expect(pace.perSecond()).toBeGreaterThan(0.8 * before);
  });
});
