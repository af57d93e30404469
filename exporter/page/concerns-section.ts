// The section of the overview that says what needs attention.
import { html } from 'hono/html';
import type { Concern } from './concerns.ts';
import { countText, plural } from './figures.ts';
import { badge, type Html, legible, named, nothing, section } from './marks.ts';
import { addressOf, plainQuery } from './query.ts';

const whoIsConcerned = ({ accounts, total, outcome, subject }: Concern): Html => {
  const links = accounts.map(
    ({ id, name }) => html`<a href="/accounts/${id}">${named(name === '' ? id : name, 60)}</a>`,
  );
  const all =
    outcome === undefined ? undefined : addressOf(plainQuery, { outcome, q: subject === outcome ? '' : subject });
  const more = total - accounts.length;
  const rest = all === undefined ? html`${countText(more)} more` : html`<a href="${all}">${countText(more)} more</a>`;
  return html`<p class="who">${links.map((link, at) => html`${at === 0 ? '' : ', '}${link}`)}${more > 0 ? html` and ${rest}` : nothing}</p>`;
};

const kindWords: Readonly<Record<Concern['kind'], string | undefined>> = {
  outcome: undefined,
  denied: 'denied',
  coverage: 'coverage',
  report: 'report',
};

const renderConcern = (concern: Concern): Html => {
  const { tone, kind, outcome, subject, total, message, remedy } = concern;
  return html`<li class="${tone}"><p class="what">${badge(kindWords[kind] ?? outcome ?? kind, tone)} <strong>${legible(subject)}</strong> <span class="idle">${plural(total, 'account')}</span></p>${
    message === null ? nothing : html`<p>${named(message, 240)}</p>`
  }${remedy === null ? nothing : html`<p class="remedy">${named(remedy, 240)}</p>`}${whoIsConcerned(concern)}</li>`;
};

const firstConcerns = 6;

export const renderConcerns = (concerns: readonly Concern[]): Html => {
  const [first, rest] = [concerns.slice(0, firstConcerns), concerns.slice(firstConcerns)];
  const more = html`<details><summary>${countText(rest.length)} more</summary><ul class="concerns">${rest.map(renderConcern)}</ul></details>`;
  return section({
    id: 'attention',
    title: 'Needs attention',
    aside: html`${concerns.length === 0 ? '' : 'the worst first, told once for all accounts that share it'}`,
    body:
      concerns.length === 0
        ? html`<p class="empty">${badge('all well', 'ok')} Every account that was scanned succeeded, and nothing was denied.</p>`
        : html`<ul class="concerns">${first.map(renderConcern)}</ul>${rest.length === 0 ? nothing : more}`,
  });
};
