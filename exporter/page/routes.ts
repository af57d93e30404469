// The routes of the page for people. No script is sent, and nothing from elsewhere is loaded.
import type { Context, Hono } from 'hono';
import type { AccountDetail } from '../account-details.ts';
import type { Snapshot } from '../snapshot.ts';
import { renderAccount } from './account-page.ts';
import { addUpSnapshot } from './breakdown.ts';
import { findConcerns } from './concerns.ts';
import type { PageFacts, PageState } from './layout.ts';
import { renderNotFound, renderNothingYet } from './notices.ts';
import { type Findings, renderOverview } from './overview.ts';
import { readQuery } from './query.ts';
import { renderRuns } from './runs-page.ts';
import { styleAddress, styleSheet, styleTag } from './style-sheet.ts';
import { trendsOf } from './trends.ts';

export interface PageOptions {
  readonly state: () => PageState;
  readonly readDetail: (accountId: string) => Promise<AccountDetail>;
  /** RFC 3339: ages are counted from it. */
  readonly now: () => string;
}

/** Ages are part of a page: a kept one would lie. */
const noStore = { 'cache-control': 'no-store' };
const styleHeaders = { 'cache-control': 'public, max-age=31536000, immutable', etag: styleTag };

const makeFindings = async (snapshot: Snapshot): Promise<Findings> => {
  const trends = trendsOf(snapshot.runs);
  // Plots take half a second and some ten megabytes to load: who only scrapes does not pay for them.
  const { drawTrend } = await import('./draw-trend.ts');
  return {
    concerns: findConcerns(snapshot),
    trends: trends.map(trend => ({ trend, svg: drawTrend(trend) })),
    breakdown: await addUpSnapshot(snapshot),
  };
};

/** Made when somebody looks, once for each snapshot; gone with it. */
const keepFindings = (): ((snapshot: Snapshot) => Promise<Findings>) => {
  const kept = new WeakMap<Snapshot, Promise<Findings>>();
  return snapshot => {
    const findings = kept.get(snapshot) ?? makeFindings(snapshot);
    kept.set(snapshot, findings);
    return findings;
  };
};

export const addPage = (app: Hono, { state, readDetail, now }: PageOptions): void => {
  const findingsOf = keepFindings();
  const facts = (): PageFacts => ({ state: state(), now: now() });
  const nothingYet = (context: Context): Response | Promise<Response> =>
    context.html(renderNothingYet(facts()), 503, { ...noStore, 'retry-after': '5' });
  const notFound = (context: Context): Response | Promise<Response> =>
    context.html(renderNotFound(facts(), context.req.path), 404, noStore);

  app.get('/', async context => {
    const { snapshot } = state();
    if (snapshot === undefined) return await nothingYet(context);
    const findings = await findingsOf(snapshot);
    const question = { snapshot, findings, query: readQuery(context.req.query()) };
    return await context.html(renderOverview(question, facts()), 200, noStore);
  });
  app.get('/accounts/:id', async context => {
    const { snapshot } = state();
    if (snapshot === undefined) return await nothingYet(context);
    const account = snapshot.accounts.find(({ id }) => id === context.req.param('id'));
    if (account === undefined) return await notFound(context);
    const detail = await readDetail(account.id);
    const problems = snapshot.problems.filter(problem => problem.account === account.id);
    return await context.html(renderAccount({ account, detail, problems }, facts()), 200, noStore);
  });
  app.get('/runs', context => {
    const { snapshot } = state();
    return snapshot === undefined ? nothingYet(context) : context.html(renderRuns(snapshot, facts()), 200, noStore);
  });
  app.get(styleAddress, context =>
    context.req.header('if-none-match') === styleTag
      ? context.body(null, 304, styleHeaders)
      : context.body(styleSheet, 200, { ...styleHeaders, 'content-type': 'text/css; charset=utf-8' }),
  );
  app.notFound(notFound);
};
