// Where a test steps in at an exact request on its way through the proxy before the API server: to kill whoever asks, or what answers.
import { type ApiMatch, matchesApi } from './api-proxy-rules.ts';
import type { ApiRequest } from './api-request.ts';

/** `break` resets the client's connection in place of going on: a client that was just killed must not be served by chance. */
export type HookVerdict = 'go-on' | 'break';

export interface RequestHook {
  readonly match: ApiMatch;
  /** The how manieth matching request from now on; 1, the first, when left out. */
  readonly nth?: number;
  /** Before anything has happened; or when the API server has answered, and the client does not know it yet. */
  readonly when: 'before' | 'after';
  readonly act: (asked: ApiRequest) => HookVerdict | Promise<HookVerdict>;
}

/** The hooks that are due for one request. */
export type DueHooks = (when: RequestHook['when']) => Promise<HookVerdict>;

export interface RequestHooks {
  /** Resolves with the request when the hook has run, and rejects with what it threw. */
  readonly add: (hook: RequestHook) => Promise<ApiRequest>;
  /** Counts the request. */
  readonly arrive: (asked: ApiRequest) => DueHooks;
}

interface WaitingHook extends RequestHook {
  seen: number;
  readonly run: (asked: ApiRequest) => Promise<HookVerdict>;
}

export const hookRequests = (): RequestHooks => {
  const waiting = new Set<WaitingHook>();

  const isDue = (hook: WaitingHook, asked: ApiRequest): boolean => {
    if (!matchesApi(hook.match, asked)) return false;
    hook.seen += 1;
    return hook.seen === (hook.nth ?? 1);
  };

  return {
    add: hook => {
      const { promise, resolve, reject } = Promise.withResolvers<ApiRequest>();
      const run = async (asked: ApiRequest): Promise<HookVerdict> => {
        try {
          const verdict = await hook.act(asked);
          resolve(asked);
          return verdict;
        } catch (error) {
          reject(error);
          return 'break';
        }
      };
      waiting.add({ ...hook, seen: 0, run });
      return promise;
    },
    arrive: asked => {
      const due = [...waiting].filter(hook => isDue(hook, asked));
      for (const hook of due) waiting.delete(hook);
      return async when => {
        const verdicts = await Promise.all(due.filter(hook => hook.when === when).map(hook => hook.run(asked)));
        return verdicts.includes('break') ? 'break' : 'go-on';
      };
    },
  };
};
