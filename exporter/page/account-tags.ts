// The section of an account's page about tags: how many carry each, and from tags.json which resources do not.
import { html } from 'hono/html';
import type { TagFinding, TagReport } from '../../contract/tags/tag-report.ts';
import type { AccountView } from '../snapshot.ts';
import { complianceOf } from './choose-accounts.ts';
import { countText, plural, shareText } from './figures.ts';
import {
  andMore,
  badge,
  bar,
  code,
  type Html,
  identified,
  named,
  none,
  nothing,
  scrollBox,
  section,
  shareTone,
} from './marks.ts';

const shownFindings = 50;

const tagRows = ({ digest }: AccountView): Html[] => {
  const tags = (digest?.tags ?? []).flatMap(region => region.tags);
  return [...Map.groupBy(tags, ({ key }) => key)].map(([key, those]) => {
    const sum = (word: 'checked' | 'compliant'): number => those.reduce((total, one) => total + one[word], 0);
    const [checked, compliant] = [sum('checked'), sum('compliant')];
    const part = checked === 0 ? undefined : compliant / checked;
    const line = part === undefined ? none : bar([[part, shareTone(part)]]);
    return html`<tr><th scope="row">${named(key)}</th><td class="number">${part === undefined ? none : shareText(part)}</td><td class="line">${line}</td><td class="number">${countText(compliant)} of ${countText(checked)}</td></tr>`;
  });
};

const lacks = ({ missing, wrong, untagged }: TagFinding): Html => {
  const keys = missing.slice(0, 10).map(key => html`<span class="lack">${named(key, 60)}</span> `);
  const values = wrong
    .slice(0, 10)
    .map(({ key, value }) => html`<span class="lack">${named(key, 60)} = ${code(value, 80)}</span> `);
  return html`${untagged ? html`${badge('untagged', 'bad')} ` : nothing}${missing.length === 0 ? nothing : html`lacks ${keys}`}${wrong.length === 0 ? nothing : html`not allowed: ${values}`}`;
};

const findingRow = (finding: TagFinding): Html =>
  html`<tr><th scope="row">${identified(finding.arn, finding.name)}</th><td class="word">${named(finding.type, 60)}</td><td class="word">${named(finding.region, 40)}</td><td class="text">${lacks(finding)}</td></tr>`;

/** Without any tag first: they are nobody's. */
const findingList = (report: TagReport, key: string | undefined): Html => {
  if (report.findings.length === 0)
    return html`<p class="empty">Every resource that has to carry tags carries them.</p>`;
  const findings = [...report.findings].sort((a, b) => Number(b.untagged) - Number(a.untagged));
  const untagged = findings.filter(finding => finding.untagged).length;
  const table = html`<table><thead><tr><th scope="col">Resource</th><th scope="col">Type</th><th scope="col">Region</th><th scope="col">What is wrong</th></tr></thead><tbody>${findings.slice(0, shownFindings).map(findingRow)}</tbody></table>`;
  return html`<details class="list" open><summary><strong>Not compliant</strong> <span class="idle">${countText(findings.length)}, of which ${countText(untagged)} have no tag at all</span></summary>${scrollBox('Resources that lack tags', table)}${andMore(findings.length, shownFindings, key === undefined ? nothing : html`in ${code(key, 1_024)}`)}</details>`;
};

export const renderTags = (account: AccountView, report: TagReport | undefined, key: string | undefined): Html => {
  const tags = account.counts?.tags;
  const compliance = complianceOf(account);
  const rows = tagRows(account);
  if (tags === undefined && report === undefined && rows.length === 0) {
    return section({
      id: 'tags',
      title: 'Tags',
      body: html`<p class="empty">No tag is required, or none was checked.</p>`,
    });
  }
  const table = html`<table class="bars"><tbody>${rows}</tbody></table>`;
  const aside =
    compliance === undefined || tags === undefined
      ? nothing
      : html`${shareText(compliance)} of ${plural(tags.checked, 'resource')} compliant, ${countText(tags.untagged)} without any tag`;
  const unread = html`<p class="hint">Which resources they are is in the report tags, which cannot be shown here.</p>`;
  const body = [rows.length === 0 ? nothing : table, report === undefined ? unread : findingList(report, key)];
  return section({ id: 'tags', title: 'Tags', aside, body });
};
