// Second step of the refusing proxy: which rule answers a request. Rules are plain data, read from the first to the last.
import type { RefusalName } from './refusals.ts';
import type { IdentifiedRequest } from './request-facts.ts';

/** A whole value, one of several, or a form. */
export type Pattern = string | RegExp | readonly string[];

/** Every pattern that is given must fit. */
export interface RequestMatch {
  readonly service?: Pattern;
  readonly action?: Pattern;
  readonly method?: Pattern;
  readonly region?: Pattern;
  /** The account that asks: the one whose session the access key is. */
  readonly accountId?: Pattern;
  /** The role that AssumeRole asks for. */
  readonly roleArn?: Pattern;
  readonly bucket?: Pattern;
  readonly key?: Pattern;
}

export type ProxyAnswer =
  | { readonly do: 'forward' }
  /** A refusal as the service itself words it. */
  | { readonly do: 'refuse'; readonly as: RefusalName }
  /** Any other error, in the service's protocol. */
  | { readonly do: 'fail'; readonly status: number; readonly code: string; readonly message: string }
  /** These very bytes, in place of the simulator's. */
  | {
      readonly do: 'respond';
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body: string;
    }
  /** Forwarded after so long. */
  | { readonly do: 'delay'; readonly milliseconds: number }
  /** Never answered. */
  | { readonly do: 'hang' }
  /** The connection breaks, and nothing has happened. */
  | { readonly do: 'reset-before-forward' }
  /** The connection breaks, and it has happened all the same. */
  | { readonly do: 'forward-then-reset' };

export interface WindowedRule<Match, Answer> {
  readonly match: Match;
  /** So many matching requests pass by this rule first; 0 when left out. */
  readonly after?: number;
  /** It then answers so many; all when left out. */
  readonly times?: number;
  readonly answer: Answer;
}

export type ProxyRule = WindowedRule<RequestMatch, ProxyAnswer>;

/** A pattern that is left out fits everything; one that is given fits no absent value. */
export const fits = (pattern: Pattern | undefined, value: string | null | undefined): boolean => {
  if (pattern === undefined) return true;
  if (value === null || value === undefined) return false;
  if (typeof pattern === 'string') return pattern === value;
  // search, not test: a form with the flag g keeps its place between two tests.
  return pattern instanceof RegExp ? value.search(pattern) !== -1 : pattern.includes(value);
};

export const matches = (match: RequestMatch, request: IdentifiedRequest): boolean =>
  fits(match.service, request.service) &&
  fits(match.action, request.action) &&
  fits(match.method, request.method) &&
  fits(match.region, request.region) &&
  fits(match.accountId, request.accountId) &&
  fits(match.roleArn, request.parameters['RoleArn']) &&
  fits(match.bucket, request.bucket) &&
  fits(match.key, request.key);

/**
 * The answer of the first rule that matches and is in its window; undefined when there is none. `seen` counts, per rule, the requests
 * that matched it; the counts are brought up to date, so one Map belongs to one list of rules.
 */
export const answerInWindow = <Match, Answer>(
  rules: readonly WindowedRule<Match, Answer>[],
  isMatch: (match: Match) => boolean,
  seen: Map<WindowedRule<Match, Answer>, number>,
): Answer | undefined => {
  for (const rule of rules) {
    if (!isMatch(rule.match)) continue;
    const before = seen.get(rule) ?? 0;
    seen.set(rule, before + 1);
    const first = rule.after ?? 0;
    if (before >= first && before < first + (rule.times ?? Number.POSITIVE_INFINITY)) return rule.answer;
  }
  return undefined;
};

export const chooseAnswer = (
  rules: readonly ProxyRule[],
  request: IdentifiedRequest,
  seen: Map<ProxyRule, number>,
): ProxyAnswer => answerInWindow(rules, match => matches(match, request), seen) ?? { do: 'forward' };
