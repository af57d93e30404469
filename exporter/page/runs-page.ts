// The page `/runs`: the runs that latest.json remembers, the newest first.
import { html } from 'hono/html';
import type { RunSummary } from '../../contract/manifest.ts';
import type { Snapshot } from '../snapshot.ts';
import { durationText, plural, secondsFromTo } from './figures.ts';
import { type PageFacts, renderPage } from './layout.ts';
import { bar, code, count, type Html, moment, none, scrollBox, share, shareTone, toneOf } from './marks.ts';
import { outcomes } from './tiles.ts';

const compliance = ({ tagged }: RunSummary['totals']): number | undefined =>
  tagged === undefined || tagged.checked === 0 ? undefined : tagged.compliant / tagged.checked;

const duration = ({ startedAt, finishedAt }: RunSummary): Html => {
  const seconds = secondsFromTo(startedAt, finishedAt);
  return seconds === undefined ? none : html`${durationText(seconds)}`;
};

const reachCell = ({ complete, retryOf }: RunSummary): Html => {
  if (retryOf !== null) return html`retry of ${code(retryOf, 60)}`;
  return complete ? html`whole Organization` : html`some accounts`;
};

const row = (run: RunSummary): Html => {
  const { totals } = run;
  const parts = outcomes.map(outcome => [totals[outcome] / Math.max(1, totals.accounts), toneOf(outcome)] as const);
  const tagged = compliance(totals);
  return html`<tr><th scope="row">${code(run.run, 60)}</th><td>${moment(run.startedAt)}</td><td class="number">${duration(run)}</td><td>${reachCell(run)}</td>
<td class="number">${count(totals.accounts)} ${bar(parts)}</td><td class="number">${count(totals.failed)}</td><td class="number">${count(totals.partial)}</td><td class="number">${count(totals.resources)}</td>
<td class="number">${count(totals.unmanaged)}</td><td class="number">${count(totals.missing)}</td><td class="number">${count(totals.changed)}</td>
<td class="number">${share(tagged)} ${tagged === undefined ? '' : bar([[tagged, shareTone(tagged)]])}</td></tr>`;
};

const columns = [
  'Run',
  'Began',
  '#Took',
  'Covered',
  '#Accounts',
  '#Failed',
  '#Partial',
  '#Resources',
  '#Unmanaged',
  '#Missing',
  '#Changed',
  '#Tags',
];

export const renderRuns = ({ runs }: Snapshot, facts: PageFacts): Html => {
  const heads = columns.map(
    name => html`<th scope="col" class="${name.startsWith('#') ? 'number' : ''}">${name.replace('#', '')}</th>`,
  );
  const table = html`<table><thead><tr>${heads}</tr></thead><tbody>${runs.map(row)}</tbody></table>`;
  const body = html`<h1>Runs</h1><p class="lead">${runs.length === 0 ? 'The results remember no run.' : `The newest ${plural(runs.length, 'run')}. Runs over some accounts, and retries, count those alone.`}</p>${runs.length === 0 ? '' : html`<section aria-label="Runs">${scrollBox('Table of runs', table)}</section>`}`;
  return renderPage({ title: 'Runs', current: 'runs', body }, facts);
};
