// The Organization at a glance: five figures, each with what it was in the complete run before.
import { html } from 'hono/html';
import {
  blindWords,
  managedShare,
  organizationCompliance,
  organizationCoverage,
  sumAccounts,
  sumDrift,
  sumTags,
  sumTypes,
} from '../organization-totals.ts';
import type { AccountView, Snapshot } from '../snapshot.ts';
import { countText, dayText, plural, shareText } from './figures.ts';
import { type BarPart, bar, count, type Html, none, nothing, share, shareTone, toneOf } from './marks.ts';
import { addressOf, plainQuery } from './query.ts';

interface Tile {
  readonly label: string;
  readonly figure: Html;
  readonly parts: readonly BarPart[];
  readonly notes: readonly Html[];
}

const renderTile = ({ label, figure, parts, notes }: Tile): Html =>
  html`<div class="tile"><dt>${label}</dt><dd class="figure">${figure}</dd><dd class="line">${parts.length === 0 ? nothing : bar(parts)}</dd><dd class="notes">${notes.map(note => html`<span>${note}</span>`)}</dd></div>`;

export const outcomes = ['succeeded', 'partial', 'failed', 'skipped'] as const;

const accountsTile = ({ accounts }: Snapshot): Tile => {
  const ofOutcome = (outcome: AccountView['outcome']): number => accounts.filter(one => one.outcome === outcome).length;
  const counts = outcomes.map(outcome => [outcome, ofOutcome(outcome)] as const);
  return {
    label: 'Accounts',
    figure: html`${countText(accounts.length)}`,
    parts: counts.map(([outcome, number]): BarPart => [number / Math.max(1, accounts.length), toneOf(outcome)]),
    notes: counts
      .filter(([, number]) => number > 0)
      .map(
        ([outcome, number]) =>
          html`<a class="${toneOf(outcome)}" href="${addressOf(plainQuery, { outcome })}">${countText(number)} ${outcome}</a>`,
      ),
  };
};

/** Against the complete run before the newest one. */
const change = (snapshot: Snapshot, now: number): Html => {
  const [, before] = snapshot.runs.filter(({ complete }) => complete);
  if (before === undefined) return nothing;
  const difference = now - before.totals.resources;
  const sign = difference > 0 ? '+' : difference < 0 ? '−' : '±';
  return html`${sign}${countText(Math.abs(difference))} since ${dayText(before.startedAt)}`;
};

const resourcesTile = (snapshot: Snapshot): Tile => {
  const resources = sumAccounts(snapshot, ({ counts }) => counts?.resources);
  return { label: 'Resources', figure: count(resources), parts: [], notes: [change(snapshot, resources)] };
};

const coverageTile = (snapshot: Snapshot): Tile => {
  const coverage = organizationCoverage(snapshot);
  const unseen = blindWords.map(word => [word, sumTypes(snapshot, word)] as const).filter(([, types]) => types > 0);
  return {
    label: 'Coverage',
    figure: share(coverage),
    parts: coverage === undefined ? [] : [[coverage, shareTone(coverage)]],
    notes:
      unseen.length === 0
        ? [html`every type that was asked answered`]
        : unseen.map(([word, types]) => html`${plural(types, 'type')} ${word}`),
  };
};

const driftTile = (snapshot: Snapshot): Tile => {
  const drift = sumDrift(snapshot);
  const managed = drift && managedShare(drift);
  const label = 'Managed by code';
  if (drift === undefined)
    return { label, figure: none, parts: [], notes: [html`no account was compared with a state`] };
  const words = (['unmanaged', 'missing', 'changed'] as const).map(word => html`${countText(drift[word])} ${word}`);
  return { label, figure: share(managed), parts: managed === undefined ? [] : [[managed, 'accent']], notes: words };
};

const tagsTile = (snapshot: Snapshot): Tile => {
  const compliance = organizationCompliance(snapshot);
  const label = 'Tag compliance';
  const [checked, compliant, untagged] = [
    sumTags(snapshot, 'checked'),
    sumTags(snapshot, 'compliant'),
    sumTags(snapshot, 'untagged'),
  ];
  if (compliance === undefined || checked === undefined || compliant === undefined) {
    return { label, figure: none, parts: [], notes: [html`no tag is required, or none was checked`] };
  }
  return {
    label,
    figure: html`${shareText(compliance)}`,
    parts: [[compliance, shareTone(compliance)]],
    notes: [
      html`${countText(checked - compliant)} of ${countText(checked)} lack a tag`,
      html`${countText(untagged ?? 0)} have none`,
    ],
  };
};

export const renderTiles = (snapshot: Snapshot): Html =>
  html`<dl class="tiles">${[accountsTile, resourcesTile, coverageTile, driftTile, tagsTile].map(make => renderTile(make(snapshot)))}</dl>`;
