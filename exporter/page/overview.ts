// The page `/`: the newest run, what needs attention, trends, what the Organization consists of, and its accounts.
import { html } from 'hono/html';
import type { RunSummary } from '../../contract/manifest.ts';
import type { Snapshot } from '../snapshot.ts';
import { renderAccounts } from './accounts-table.ts';
import type { Breakdown } from './breakdown.ts';
import { renderBreakdown } from './breakdown-section.ts';
import type { Concern } from './concerns.ts';
import { renderConcerns } from './concerns-section.ts';
import { durationText, secondsFromTo } from './figures.ts';
import { type PageFacts, renderPage } from './layout.ts';
import { age, code, type Html, nothing } from './marks.ts';
import type { AccountQuery } from './query.ts';
import { renderTiles } from './tiles.ts';
import { type DrawnTrend, renderTrends } from './trends-section.ts';

/** What is made of a snapshot once, however many look at it. */
export interface Findings {
  readonly concerns: readonly Concern[];
  readonly trends: readonly DrawnTrend[];
  readonly breakdown: Breakdown;
}

const reachWords = (run: RunSummary): Html => {
  if (run.retryOf !== null) return html`over what was not whole in ${code(run.retryOf)}`;
  return run.complete ? html`over the whole Organization` : html`over some accounts`;
};

const runLine = (run: RunSummary, now: string): Html => {
  const seconds = secondsFromTo(run.startedAt, run.finishedAt);
  const took = seconds === undefined ? '' : ` after ${durationText(seconds)}`;
  return html`<p class="lead">Run ${code(run.run)} ${reachWords(run)} ended ${age(run.finishedAt, now)}${took}.</p>`;
};

const completeLine = ({ runs: [newest], completeRun }: Snapshot, now: string): Html => {
  if (newest?.complete === true) return nothing;
  if (completeRun === null) return html`<p class="lead">No run has covered the whole Organization yet.</p>`;
  return html`<p class="lead">The last one over the whole Organization, ${code(completeRun.run)}, began ${age(completeRun.startedAt, now)}.</p>`;
};

export interface OverviewQuestion {
  readonly snapshot: Snapshot;
  readonly findings: Findings;
  readonly query: AccountQuery;
}

export const renderOverview = ({ snapshot, findings, query }: OverviewQuestion, facts: PageFacts): Html => {
  const [newest] = snapshot.runs;
  const body = html`<h1>Organization</h1>
${newest === undefined ? nothing : runLine(newest, facts.now)}${completeLine(snapshot, facts.now)}
${renderTiles(snapshot)}
${renderConcerns(findings.concerns)}
${renderTrends(findings.trends)}
${renderBreakdown(findings.breakdown)}
${renderAccounts(snapshot, query, facts.now)}`;
  return renderPage({ title: 'Overview', current: 'overview', body }, facts);
};
