// The routes: metrics for Prometheus, three probes, and the page for people. A request never reads the results itself.
import { type Context, Hono } from 'hono';
import { secureHeaders } from 'hono/secure-headers';
import { timestamp } from '../clients/clock.ts';
import type { Log } from '../clients/log.ts';
import { toInventoryError } from '../contract/errors.ts';
import type { FollowState } from './follow-results.ts';
import { judgeHealth } from './health.ts';

export interface AppOptions {
  readonly state: () => FollowState;
  /** Seconds between two looks at the results. */
  readonly interval: number;
  readonly log: Pick<Log, 'error'>;
  readonly answerScrape: (context: Context) => Promise<Response>;
  /** Adds the routes of the page. */
  readonly addPages: (app: Hono) => void;
}

/** The page has one style sheet of its own and no script; nothing here is to be framed, sent elsewhere, or guessed at. */
const headers = secureHeaders({
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    styleSrc: ["'self'"],
    imgSrc: ["'self'", 'data:'],
    formAction: ["'self'"],
    baseUri: ["'none'"],
    frameAncestors: ["'none'"],
  },
  xFrameOptions: 'DENY',
  referrerPolicy: 'no-referrer',
  // TLS ends in front of this server, and whoever ends it decides.
  strictTransportSecurity: false,
});

const plain = { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' };

export const createApp = ({ state, interval, log, answerScrape, addPages }: AppOptions): Hono => {
  const startedAt = timestamp();
  const app = new Hono();
  app.use(headers);
  app.get('/metrics', answerScrape);
  app.get('/live', context => context.body('alive\n', 200, plain));
  app.get('/ready', context =>
    state().snapshot === undefined
      ? context.body('Not ready: no results could be read yet\n', 503, { ...plain, 'retry-after': '5' })
      : context.body('Ready\n', 200, plain),
  );
  app.get('/health', context => {
    const { status, text } = judgeHealth({ state: state(), now: timestamp(), interval, startedAt });
    return context.body(text, status, plain);
  });
  addPages(app);
  app.onError((thrown, context) => {
    log.error({ err: toInventoryError(thrown), path: context.req.path }, 'a request failed');
    return context.body('internal error\n', 500, plain);
  });
  return app;
};
