// The section of the overview that says what the Organization consists of.
import { html } from 'hono/html';
import { type Breakdown, driftOf } from './breakdown.ts';
import { countText, shareText } from './figures.ts';
import { bar, type Html, named, nothing, section, shareTone } from './marks.ts';

interface BarRow {
  readonly name: string;
  readonly text: Html;
  readonly line: Html;
}

interface BarList {
  readonly title: string;
  readonly rows: readonly BarRow[];
  /** In place of rows. */
  readonly empty: string;
  readonly legend?: Html;
}

const barList = ({ title, rows, empty, legend = nothing }: BarList): Html =>
  html`<div class="panel"><h3>${title}</h3>${
    rows.length === 0
      ? html`<p class="empty">${empty}</p>`
      : html`<table class="bars"><tbody>${rows.map(({ name, text, line }) => html`<tr><th scope="row">${named(name, 60)}</th><td class="number">${text}</td><td class="line">${line}</td></tr>`)}</tbody></table>${legend}`
  }</div>`;

const driftLegend = html`<p class="legend"><span><i class="dot fill-bad"></i>missing</span> <span><i class="dot fill-warn"></i>unmanaged</span> <span><i class="dot fill-accent"></i>changed</span></p>`;

const longestList = 8;

export const renderBreakdown = ({ services, driftTypes, tags }: Breakdown): Html => {
  const most = services[0]?.resources ?? 1;
  const mostDrift = driftTypes.reduce((largest, one) => Math.max(largest, driftOf(one)), 1);
  const serviceRows = services.slice(0, longestList).map(({ service, resources }) => {
    return { name: service, text: html`${countText(resources)}`, line: bar([[resources / most, 'accent']]) };
  });
  const driftRows = driftTypes.map(one => {
    const parts = [
      [one.missing / mostDrift, 'bad'],
      [one.unmanaged / mostDrift, 'warn'],
      [one.changed / mostDrift, 'accent'],
    ] as const;
    return { name: one.type, text: html`${countText(driftOf(one))}`, line: bar(parts) };
  });
  const tagRows = tags.slice(0, longestList).map(({ key, checked, compliant }) => {
    const part = compliant / checked;
    return { name: key, text: html`${shareText(part)}`, line: bar([[part, shareTone(part)]]) };
  });
  const lists: readonly BarList[] = [
    { title: 'Resources by service', rows: serviceRows, empty: 'No report of a scan could be read.' },
    {
      title: 'Drift by type',
      rows: driftRows,
      empty: 'Nothing has drifted, or nothing was compared.',
      legend: driftLegend,
    },
    { title: 'Compliance by tag', rows: tagRows, empty: 'No tag is required.' },
  ];
  return section({ id: 'contents', title: 'What there is', body: html`<div class="grid">${lists.map(barList)}</div>` });
};
