// Sections of an account's page that its scan.json fills: what was not seen, resources, tools, throttling.
import { html } from 'hono/html';
import type { AccountDigest, ServiceCount, UnseenCells } from '../snapshot.ts';
import { countText, durationText, plural } from './figures.ts';
import { andMore, badge, bar, code, type Html, named, none, nothing, scrollBox, section } from './marks.ts';

type Digest = AccountDigest | undefined;

const shownUnseen = 100;
const shownServices = 40;

const regionList = (regions: readonly string[]): Html => {
  const more = regions.length - 6;
  return html`${named(regions.slice(0, 6).join(', '), 200)}${more > 0 ? ` and ${more} more` : ''}`;
};

/** Refusals that nobody has accepted: what the role would have to be granted. */
const findActions = (unseen: readonly UnseenCells[]): string[] => [
  ...new Set(
    unseen.flatMap(({ outcome, action, excuse }) =>
      outcome === 'denied' && excuse === undefined ? (action ?? []) : [],
    ),
  ),
];

const unseenRow = ({ type, outcome, regions, action, excuse, error }: UnseenCells): Html =>
  html`<tr><th scope="row">${named(type)}</th><td>${badge(outcome, excuse === undefined ? undefined : 'idle')}${excuse === undefined ? nothing : html` <span class="idle">${named(excuse)}</span>`}</td><td class="word">${action === undefined ? none : code(action, 60)}</td><td class="text">${regionList(regions)}</td><td class="text">${error === undefined ? none : named(error, 240)}</td></tr>`;

export const renderUnseen = (digest: Digest): Html => {
  const unseen = digest?.unseen ?? [];
  if (unseen.length === 0) {
    return section({
      id: 'unseen',
      title: 'Not seen',
      body: html`<p class="empty">${digest === undefined ? 'Not known.' : 'Every type that was asked answered.'}</p>`,
    });
  }
  const actions = findActions(unseen);
  const grant =
    actions.length === 0
      ? nothing
      : html`<p>To be granted to the role that scans: <span class="codes">${actions.slice(0, 30).map(action => html`${code(action)} `)}</span></p>${andMore(actions.length, 30)}`;
  // What is excused is no lack, and stands last.
  const ordered = [...unseen].sort((a, b) => Number(a.excuse !== undefined) - Number(b.excuse !== undefined));
  const table = html`<table><thead><tr><th scope="col">Type</th><th scope="col">Outcome</th><th scope="col">Action</th><th scope="col">Regions</th><th scope="col">What AWS said</th></tr></thead><tbody>${ordered.slice(0, shownUnseen).map(unseenRow)}</tbody></table>`;
  return section({
    id: 'unseen',
    title: 'Not seen',
    aside: html`${plural(unseen.length, 'type')}`,
    body: [
      grant,
      scrollBox('Types that were not seen', table),
      andMore(unseen.length, shownUnseen, html`stand in the report scan`),
    ],
  });
};

interface ServiceRow {
  readonly service: string;
  readonly resources: number;
  readonly regions: readonly ServiceCount[];
}

const groupServices = (services: readonly ServiceCount[]): ServiceRow[] =>
  [...Map.groupBy(services, ({ service }) => service)]
    .map(([service, counts]) => {
      const regions = counts.toSorted((a, b) => b.resources - a.resources);
      return { service, regions, resources: counts.reduce((total, { resources }) => total + resources, 0) };
    })
    .sort((a, b) => b.resources - a.resources);

const regionCounts = (regions: readonly ServiceCount[]): Html => {
  const more = regions.length - 5;
  const words = regions
    .slice(0, 5)
    .map(({ region, resources }) => html`<span>${named(region, 40)} <b>${countText(resources)}</b></span> `);
  return html`<span class="pairs">${words}${more > 0 ? html`<span>and ${plural(more, 'more region', 'more regions')}</span>` : nothing}</span>`;
};

export const renderResources = (digest: Digest): Html => {
  const rows = groupServices(digest?.services ?? []);
  const most = rows[0]?.resources ?? 1;
  if (rows.length === 0)
    return section({ id: 'resources', title: 'Resources', body: html`<p class="empty">None is known.</p>` });
  const table = html`<table><thead><tr><th scope="col">Service</th><th scope="col" class="number">Resources</th><th scope="col"><span class="unseen">Share</span></th><th scope="col">Regions</th></tr></thead><tbody>${rows
    .slice(0, shownServices)
    .map(
      ({ service, resources, regions }) =>
        html`<tr><th scope="row">${named(service)}</th><td class="number">${countText(resources)}</td><td class="line">${bar([[resources / most, 'accent']])}</td><td class="text">${regionCounts(regions)}</td></tr>`,
    )}</tbody></table>`;
  const total = rows.reduce((sum, { resources }) => sum + resources, 0);
  return section({
    id: 'resources',
    title: 'Resources',
    aside: html`${countText(total)} of ${plural(rows.length, 'service')}`,
    body: [scrollBox('Resources by service', table), andMore(rows.length, shownServices, html`services`)],
  });
};

export const renderTools = (digest: Digest): Html => {
  const rows = (digest?.tools ?? []).map(
    ({ tool, outcome, code: word, message, seconds }) =>
      html`<tr><th scope="row">${named(tool)}</th><td>${badge(outcome)}</td><td>${word === undefined ? none : code(word)}</td><td class="number">${durationText(seconds)}</td><td class="text">${message === undefined ? none : named(message, 500)}</td></tr>`,
  );
  const table = html`<table><thead><tr><th scope="col">Tool</th><th scope="col">Outcome</th><th scope="col">Code</th><th scope="col" class="number">Took</th><th scope="col">Message</th></tr></thead><tbody>${rows}</tbody></table>`;
  return section({
    id: 'tools',
    title: 'Tools',
    body: rows.length === 0 ? html`<p class="empty">Not known.</p>` : scrollBox('Tools of the scan', table),
  });
};

/** Nothing when nothing was throttled. */
export const renderThrottling = (digest: Digest): Html => {
  const requests = digest?.requests;
  if (requests === undefined || requests.throttled === 0) return nothing;
  const rows = requests.slowed
    .slice(0, 20)
    .map(
      rate =>
        html`<tr><th scope="row">${named(rate.service)}</th><td>${named(rate.region)}</td><td class="number">${countText(rate.requests)}</td><td class="number">${countText(rate.throttled)}</td><td class="number">${durationText(rate.throttledSeconds)}</td></tr>`,
    );
  const table = html`<table><thead><tr><th scope="col">Service</th><th scope="col">Region</th><th scope="col" class="number">Requests</th><th scope="col" class="number">Throttled</th><th scope="col" class="number">Waited</th></tr></thead><tbody>${rows}</tbody></table>`;
  return section({
    id: 'throttling',
    title: 'Throttling',
    aside: html`${countText(requests.throttled)} of ${plural(requests.requests, 'request')} throttled, ${durationText(requests.throttledSeconds)} waited`,
    body: [scrollBox('Throttled services', table), andMore(requests.slowed.length, 20)],
  });
};
