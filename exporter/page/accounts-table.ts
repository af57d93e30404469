// The table of accounts: a form that searches, headings that sort, and pages. All of it is addresses: no script takes part.
import { html, raw } from 'hono/html';
import type { AccountView, Snapshot } from '../snapshot.ts';
import {
  type ChosenAccounts,
  chooseAccounts,
  complianceOf,
  coverageOfAccount,
  rowsOfPage,
  successOf,
  unitOf,
} from './choose-accounts.ts';
import { countText, plural } from './figures.ts';
import {
  age,
  badge,
  bar,
  count,
  type Html,
  legible,
  named,
  none,
  nothing,
  section,
  share,
  shareTone,
} from './marks.ts';
import { type AccountQuery, addressOf, outcomeChoices, plainQuery, type SortColumn, sortChanges } from './query.ts';

interface Column {
  readonly label: string;
  readonly sort: SortColumn;
  readonly isNumber?: boolean;
  readonly cell: (account: AccountView, now: string) => Html;
}

const shareCell = (value: number | undefined): Html =>
  value === undefined ? none : html`${share(value)} ${bar([[value, shareTone(value)]])}`;

const nameCell = ({ id, name }: AccountView): Html =>
  html`<a href="/accounts/${id}">${named(name === '' ? '(no name)' : name)}</a> <span class="id">${id}</span>`;

/** The remedy stands on the account's own page. */
const outcomeCell = ({ outcome, code }: AccountView): Html =>
  html`${badge(outcome)}${code === null ? nothing : html` <span class="code">${legible(code, 60)}</span>`}`;

const driftCell = ({ counts }: AccountView): Html => {
  const drift = counts?.drift;
  if (drift === undefined) return none;
  const words = (['unmanaged', 'missing', 'changed'] as const).filter(word => drift[word] > 0);
  if (words.length === 0) return html`<span class="idle">none</span>`;
  return html`<span class="words">${words.map(word => html`<span class="${word}">${countText(drift[word])} ${word}</span> `)}</span>`;
};

const columns: readonly Column[] = [
  { label: 'Account', sort: 'name', cell: nameCell },
  { label: 'Unit', sort: 'unit', cell: account => (unitOf(account) === '' ? none : named(unitOf(account))) },
  { label: 'Outcome', sort: 'outcome', cell: outcomeCell },
  { label: 'Resources', sort: 'resources', isNumber: true, cell: ({ counts }) => count(counts?.resources) },
  { label: 'Coverage', sort: 'coverage', isNumber: true, cell: account => shareCell(coverageOfAccount(account)) },
  { label: 'Drift', sort: 'drift', cell: driftCell },
  { label: 'Tags', sort: 'tags', isNumber: true, cell: account => shareCell(complianceOf(account)) },
  { label: 'Seen whole', sort: 'success', cell: (account, now) => age(successOf(account), now) },
];

const heading = ({ label, sort, isNumber = false }: Column, query: AccountQuery): Html => {
  const isSorted = query.sort === sort;
  const direction = query.order === 'asc' ? 'ascending' : 'descending';
  const arrow = query.order === 'asc' ? '↑' : '↓';
  const state = isSorted ? raw(` aria-sort="${direction}"`) : '';
  return html`<th scope="col" role="columnheader"${state} class="${isNumber ? 'number' : ''}"><a href="${addressOf(query, sortChanges(query, sort))}">${label}<span aria-hidden="true">${isSorted ? ` ${arrow}` : ''}</span></a></th>`;
};

const row = (account: AccountView, now: string): Html =>
  html`<tr role="row">${columns.map(({ label, cell, isNumber = false }, at) =>
    at === 0
      ? html`<th scope="row" role="rowheader">${cell(account, now)}</th>`
      : html`<td role="cell" class="${isNumber ? 'number' : ''}"><span class="label" aria-hidden="true">${label}</span><span>${cell(account, now)}</span></td>`,
  )}</tr>
`;

const hidden = (name: string, value: string, plain: string): Html =>
  value === plain ? nothing : html`<input type="hidden" name="${name}" value="${value}">`;

const searchForm = (
  query: AccountQuery,
): Html => html`<form class="search" role="search" action="/#accounts" method="get">
<label for="q">Name, id, unit or code</label>
<input id="q" name="q" type="search" value="${query.q}" maxlength="200" autocomplete="off" spellcheck="false">
<label for="outcome">Outcome</label>
<select id="outcome" name="outcome">${outcomeChoices.map(choice => html`<option value="${choice}"${choice === query.outcome ? raw(' selected') : ''}>${choice}</option>`)}</select>
${hidden('sort', query.sort, plainQuery.sort)}${hidden('order', query.order, plainQuery.order)}
<button type="submit">Search</button>${query.q === '' && query.outcome === 'all' ? nothing : html` <a class="clear" href="${addressOf(query, { q: '', outcome: 'all' })}">Show all</a>`}
</form>`;

const pageLink = (query: AccountQuery, { page, pages }: ChosenAccounts, step: -1 | 1): Html => {
  const target = page + step;
  const text = step < 0 ? '← Previous' : 'Next →';
  if (target < 1 || target > pages) return html`<span class="idle" aria-hidden="true">${text}</span>`;
  return html`<a href="${addressOf(query, { page: target })}" rel="${step < 0 ? 'prev' : 'next'}">${text}</a>`;
};

const pager = (query: AccountQuery, chosen: ChosenAccounts): Html =>
  chosen.pages === 1
    ? nothing
    : html`<nav class="pager" aria-label="Pages of accounts">${pageLink(query, chosen, -1)}<span>Page ${countText(chosen.page)} of ${countText(chosen.pages)}</span>${pageLink(query, chosen, 1)}</nav>`;

const foundText = ({ found, page, pages }: ChosenAccounts, total: number): string => {
  const all = found === total ? plural(total, 'account') : `${countText(found)} of ${plural(total, 'account')}`;
  if (pages === 1) return all;
  const from = (page - 1) * rowsOfPage;
  return `${countText(from + 1)}–${countText(Math.min(from + rowsOfPage, found))} of ${all}`;
};

export const renderAccounts = ({ accounts }: Snapshot, query: AccountQuery, now: string): Html => {
  const chosen = chooseAccounts(accounts, query);
  const table = html`<table class="accounts" role="table" aria-label="Accounts"><thead role="rowgroup"><tr role="row">${columns.map(column => heading(column, query))}</tr></thead>
<tbody role="rowgroup">${chosen.rows.map(account => row(account, now))}</tbody></table>`;
  const attention = addressOf(query, { sort: 'attention', order: 'asc' });
  return section({
    id: 'accounts',
    title: 'Accounts',
    aside: html`${foundText(chosen, accounts.length)}${query.sort === 'attention' ? ', the worst first' : html` · <a href="${attention}">the worst first</a>`}`,
    body: [
      searchForm(query),
      chosen.found === 0 ? html`<p class="empty">No account is like that.</p>` : table,
      pager(query, chosen),
    ],
  });
};
