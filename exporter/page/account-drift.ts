// The section of an account's page about drift: counts from latest.json, and from drift.json which resources they are.
import { html } from 'hono/html';
import type { DriftChange, DriftItem, DriftReport, StateSource } from '../../contract/drift/drift-report.ts';
import type { AccountView } from '../snapshot.ts';
import { countText, plural } from './figures.ts';
import {
  andMore,
  badge,
  code,
  type Html,
  identified,
  legible,
  named,
  none,
  nothing,
  scrollBox,
  section,
} from './marks.ts';

const shownItems = 50;
const shownChanges = 20;

/** Where a state declares it, as Terraform writes it. */
const addressText = (source: StateSource, type: string): string => {
  const { address, namespace, internal_name: name } = source;
  return address ?? [namespace, `${type}.${name}`].filter(part => part !== '').join('.');
};

const place = ({ source, type, managed_by: manager }: DriftItem): Html => {
  if (source !== undefined)
    return html`${code(addressText(source, type))} <span class="idle">${named(source.source, 200)}</span>`;
  return manager === undefined
    ? none
    : html`${named(manager.kind)} ${manager.name === null ? '' : named(manager.name)}`;
};

const itemRow = (item: DriftItem): Html =>
  html`<tr><th scope="row">${identified(item.arn ?? item.id, item.name)}</th><td class="word">${named(item.type, 60)}</td><td class="word">${item.region === undefined ? none : named(item.region, 40)}</td><td class="text">${place(item)}</td></tr>`;

const where = (key: string | undefined): Html => (key === undefined ? nothing : html`in ${code(key, 1_024)}`);

interface ItemList {
  readonly title: string;
  readonly says: string;
  readonly items: readonly DriftItem[];
  readonly key: string | undefined;
}

const itemList = ({ title, says, items, key }: ItemList): Html => {
  if (items.length === 0) return nothing;
  const table = html`<table><thead><tr><th scope="col">Resource</th><th scope="col">Type</th><th scope="col">Region</th><th scope="col">State</th></tr></thead><tbody>${items.slice(0, shownItems).map(itemRow)}</tbody></table>`;
  return html`<details class="list" open><summary><strong>${title}</strong> <span class="idle">${countText(items.length)}, ${says}</span></summary>${scrollBox(`Resources: ${title}`, table)}${andMore(items.length, shownItems, where(key))}</details>`;
};

/** As JSON, as a reader of drift.json sees it; secrets are masked there. */
const valueText = (value: unknown): string => (value === undefined ? 'absent' : JSON.stringify(value));

const changeRow = ({ path, from, to }: DriftChange): Html =>
  html`<tr><th scope="row">${code(path.join('.'))}</th><td class="text">${code(valueText(from), 200)}</td><td class="text">${code(valueText(to), 200)}</td></tr>`;

const differences = (report: DriftReport, key: string | undefined): Html => {
  if (report.differences.length === 0) return nothing;
  const blocks = report.differences.slice(0, shownChanges).map(({ res, changelog }) => {
    const table = html`<table class="changes"><thead><tr><th scope="col">Attribute</th><th scope="col">In the state</th><th scope="col">In AWS</th></tr></thead><tbody>${changelog.slice(0, 20).map(changeRow)}</tbody></table>`;
    return html`<div class="change"><p>${code(res.arn ?? res.id)} <span class="idle">${named(res.type)}${res.region === undefined ? '' : html`, ${named(res.region)}`}</span></p>${scrollBox(legible(`Attributes of ${res.id}`), table)}${andMore(changelog.length, 20)}</div>`;
  });
  return html`<details class="list" open><summary><strong>Changed</strong> <span class="idle">${countText(report.differences.length)}, not as their states say</span></summary>${blocks}${andMore(report.differences.length, shownChanges, where(key))}</details>`;
};

/** States that could not be read: what they declare looks unmanaged. */
const unreadStates = ({ sources }: DriftReport): Html => {
  const unread = sources.filter(({ outcome }) => outcome !== 'read' && outcome !== 'empty');
  if (unread.length === 0) return nothing;
  const rows = unread
    .slice(0, shownChanges)
    .map(
      ({ location, outcome, message }) =>
        html`<li>${code(location)} ${badge(outcome, 'warn')} ${message === undefined ? '' : named(message, 300)}</li>`,
    );
  return html`<div class="callout warn"><p><strong>${plural(unread.length, 'state')} could not be read:</strong> what they declare looks unmanaged.</p><ul>${rows}</ul>${andMore(unread.length, shownChanges)}</div>`;
};

const lists = (report: DriftReport, key: string | undefined): Html[] => [
  unreadStates(report),
  itemList({ title: 'Missing', says: 'in a state and not in AWS', items: report.missing, key }),
  differences(report, key),
  itemList({ title: 'Unmanaged', says: 'in AWS and in no state', items: report.unmanaged, key }),
];

export const renderDrift = (
  { counts }: AccountView,
  report: DriftReport | undefined,
  key: string | undefined,
): Html => {
  const drift = counts?.drift;
  if (drift === undefined && report === undefined) {
    return section({
      id: 'drift',
      title: 'Drift',
      body: html`<p class="empty">The account was compared with no state.</p>`,
    });
  }
  const words = [
    ['managed', drift?.managed],
    ['changed', drift?.changed],
    ['unmanaged', drift?.unmanaged],
    ['missing', drift?.missing],
    ['by a stack', drift?.stack],
    ['by a service', drift?.service],
    ['unknown', drift?.unknown],
  ] as const;
  const tallies = words.map(([word, number = 0]) => html`<div><dt>${word}</dt><dd>${countText(number)}</dd></div>`);
  return section({
    id: 'drift',
    title: 'Drift',
    aside: drift === undefined ? nothing : html`${drift.coverage}% managed by code`,
    body: [
      drift === undefined ? nothing : html`<dl class="tallies">${tallies}</dl>`,
      ...(report === undefined
        ? [html`<p class="hint">Which resources they are is in the report drift, which cannot be shown here.</p>`]
        : lists(report, key)),
    ],
  });
};
