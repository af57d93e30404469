// The page `/accounts/<id>`: what became of the account, what was not seen, its resources, drift, tags and reports.
import { html } from 'hono/html';
import type { AccountDetail } from '../account-details.ts';
import type { AccountView, ReportProblem } from '../snapshot.ts';
import { renderDrift } from './account-drift.ts';
import { renderResources, renderThrottling, renderTools, renderUnseen } from './account-scan.ts';
import { renderTags } from './account-tags.ts';
import { coverageOfAccount, successOf, unitOf } from './choose-accounts.ts';
import { bytesText, durationText, secondsFromTo, shareText } from './figures.ts';
import { type PageFacts, renderPage } from './layout.ts';
import {
  age,
  badge,
  code,
  count,
  type Html,
  legible,
  moment,
  named,
  none,
  nothing,
  scrollBox,
  section,
  toneOf,
} from './marks.ts';

export interface AccountPage {
  readonly account: AccountView;
  readonly detail: AccountDetail;
  /** Of this account, found when the snapshot was made. */
  readonly problems: readonly ReportProblem[];
}

const renderEnd = ({ outcome, code: word, message, remedy, attempts, coverageFell }: AccountView): Html => {
  const fall =
    coverageFell === undefined
      ? nothing
      : html`<p>Coverage fell from ${shareText(coverageFell.from)} to ${shareText(coverageFell.to)} since the run ${code(coverageFell.run)}.</p>`;
  if (outcome === 'succeeded')
    return coverageFell === undefined ? nothing : html`<div class="callout warn">${fall}</div>`;
  return html`<div class="callout ${toneOf(outcome)}"><p><strong>${legible(word ?? outcome)}</strong>${message === null ? '' : html` ${named(message, 2_000)}`}</p>${
    remedy === null ? nothing : html`<p class="remedy">${named(remedy, 2_000)}</p>`
  }${attempts > 1 ? html`<p>It was tried ${attempts} times.</p>` : nothing}${fall}</div>`;
};

const fact = (label: string, value: Html): Html => html`<div><dt>${label}</dt><dd>${value}</dd></div>`;

const renderFacts = (account: AccountView, now: string): Html => {
  const { digest, counts, startedAt, finishedAt, job, run, state } = account;
  const seconds = secondsFromTo(startedAt, finishedAt);
  const coverage = coverageOfAccount(account);
  const regions = digest?.regions ?? [];
  return html`<dl class="facts">${[
    fact('Account', code(account.id)),
    fact('Unit', unitOf(account) === '' ? none : named(unitOf(account), 500)),
    fact('State', state === null ? none : named(state)),
    fact('Run', code(run)),
    fact('Began', moment(startedAt)),
    fact('Took', seconds === undefined ? none : html`${durationText(seconds)}`),
    fact('Seen whole', age(successOf(account), now)),
    fact('Job', job === null ? none : code(job)),
    fact('Resources', count(counts?.resources)),
    fact('Coverage', coverage === undefined ? none : html`${shareText(coverage)}`),
    fact('Regions', regions.length === 0 ? none : html`${regions.length}: ${named(regions.join(', '), 1_000)}`),
  ]}</dl>`;
};

/** The digest may be of an older scan than the outcome. */
const ageOfDigest = ({ digest, finishedAt }: AccountView, now: string): Html => {
  if (digest === undefined) return html`<p class="hint">No report of a scan of this account could be read yet.</p>`;
  const isOlder = finishedAt !== null && Date.parse(finishedAt) - Date.parse(digest.finishedAt) > 3_600_000;
  return isOlder
    ? html`<p class="hint">What follows is of the scan that ended ${age(digest.finishedAt, now)}: the newest left no report.</p>`
    : nothing;
};

const renderProblems = (problems: readonly ReportProblem[]): Html =>
  problems.length === 0
    ? nothing
    : html`<div class="callout warn"><p><strong>A report could not be used</strong></p><ul>${problems.map(({ key, reason, message }) => html`<li>${code(key, 500)} ${badge(reason, 'warn')} ${named(message, 500)}</li>`)}</ul></div>`;

const renderReports = ({ reports }: AccountView): Html => {
  const rows = reports.map(
    ({ kind, key, versionId, bytes, sha256 }) =>
      html`<tr><th scope="row">${named(kind)}</th><td>${code(key, 1_024)}</td><td>${versionId === null ? none : code(versionId)}</td><td class="number">${bytesText(bytes)}</td><td>${code(sha256, 64)}</td></tr>`,
  );
  const table = html`<table><thead><tr><th scope="col">Report</th><th scope="col">Key in the bucket</th><th scope="col">Version</th><th scope="col" class="number">Size</th><th scope="col">SHA-256</th></tr></thead><tbody>${rows}</tbody></table>`;
  const body =
    reports.length === 0 ? html`<p class="empty">The newest run left no report.</p>` : scrollBox('Reports', table);
  return section({ id: 'reports', title: 'Reports', body });
};

const contents: readonly (readonly [id: string, title: string])[] = [
  ['unseen', 'Not seen'],
  ['resources', 'Resources'],
  ['drift', 'Drift'],
  ['tags', 'Tags'],
  ['tools', 'Tools'],
  ['reports', 'Reports'],
];

export const renderAccount = ({ account, detail, problems }: AccountPage, facts: PageFacts): Html => {
  const name = account.name === '' ? account.id : account.name;
  const keyOf = (kind: string): string | undefined => account.reports.find(report => report.kind === kind)?.key;
  const body = html`<nav class="crumbs" aria-label="Where this is"><a href="/">Overview</a> <span aria-hidden="true">/</span> <a href="/#accounts">Accounts</a></nav>
<div class="heading"><h1>${named(name, 1_000)}</h1>${badge(account.outcome)}</div>
${renderEnd(account)}
${renderFacts(account, facts.now)}
${renderProblems([...problems, ...detail.problems])}
<nav class="contents" aria-label="On this page">${contents.map(([id, title]) => html`<a href="#${id}">${title}</a>`)}</nav>
${ageOfDigest(account, facts.now)}
${renderUnseen(account.digest)}
${renderResources(account.digest)}
${renderDrift(account, detail.drift, keyOf('drift'))}
${renderTags(account, detail.tags, keyOf('tags'))}
${renderTools(account.digest)}
${renderThrottling(account.digest)}
${renderReports(account)}`;
  return renderPage({ title: name, body }, facts);
};
