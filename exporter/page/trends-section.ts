// The section of the overview with the plots, and with their figures as tables.
import { html } from 'hono/html';
import { countText, dayText, plural, shareText } from './figures.ts';
import { type Html, scrollBox, section } from './marks.ts';
import type { Trend } from './trends.ts';

export interface DrawnTrend {
  readonly trend: Trend;
  readonly svg: Html;
}

const valueText = ({ kind }: Trend, value: number | undefined): string => {
  if (value === undefined) return '';
  return kind === 'share' ? shareText(value) : countText(value);
};

/** The same figures for who cannot see the plots, or wants to copy them. */
const trendTable = ({ trend }: DrawnTrend): Html =>
  scrollBox(
    `${trend.title} as a table`,
    html`<table><caption>${trend.title}</caption><thead><tr><th scope="col">Run of</th>${trend.series.map(({ name }) => html`<th scope="col" class="number">${name}</th>`)}</tr></thead><tbody>${trend.times.map(
      (time, at) =>
        html`<tr><th scope="row">${dayText(time)}</th>${trend.series.map(({ values }) => html`<td class="number">${valueText(trend, values[at])}</td>`)}</tr>`,
    )}</tbody></table>`,
  );

const renderTrend = ({ trend, svg }: DrawnTrend): Html =>
  html`<figure><figcaption><strong>${trend.title}</strong> <span class="legend">${trend.series.map(
    ({ name, colour, values }) =>
      html`<span><i class="dot fill-${colour}"></i>${name} <b>${valueText(trend, values.at(-1))}</b></span> `,
  )}</span></figcaption>${svg}</figure>`;

export const renderTrends = (trends: readonly DrawnTrend[]): Html =>
  section({
    id: 'trends',
    title: 'Trends',
    aside: html`${trends.length === 0 ? '' : `the last ${plural(trends[0]?.trend.times.length ?? 0, 'run')} over the whole Organization`}`,
    body:
      trends.length === 0
        ? html`<p class="empty">They begin with the second run over the whole Organization.</p>`
        : html`<div class="trends">${trends.map(renderTrend)}</div><details><summary>The same figures as tables</summary><div class="grid">${trends.map(trendTable)}</div></details>`,
  });
