// The small pieces that all pages are made of. What others have written is escaped by the template, and isolated in its direction.
import { html } from 'hono/html';
import { ageText, countText, momentText, shareText } from './figures.ts';

/** A piece of a page, escaped. */
export type Html = ReturnType<typeof html>;

export const nothing: Html = html``;

/** Characters of a name in a list; an account's own page has room for more. */
const usualLength = 120;

/** Without the characters that HTML has no place for, and cut at a whole character. */
export const legible = (text: string, length = usualLength): string => {
  const clean = text.toWellFormed().replaceAll(/[^\P{Cc}\t\n\r]/gu, '\u{fffd}');
  return clean.length <= length ? clean : `${clean.slice(0, length - 1).replace(/[\ud800-\udbff]$/, '')}…`;
};

/** A text of somebody else. An override of the writing direction in it ends with it. */
export const named = (text: string, length?: number): Html => html`<bdi>${legible(text, length)}</bdi>`;

/** One that is to be copied: a click selects it whole. */
export const code = (text: string, length = 300): Html => html`<code><bdi>${legible(text, length)}</bdi></code>`;

/** A resource, and the name that people know it by where that is another one. */
export const identified = (id: string, name: string | null | undefined): Html =>
  html`${code(id)}${name == null || id.endsWith(name) ? nothing : html` ${named(name)}`}`;

export const age = (time: string | null | undefined, now: string): Html =>
  time == null ? none : html`<time datetime="${time}" title="${momentText(time)}">${ageText(time, now)}</time>`;

export const moment = (time: string | null | undefined): Html =>
  time == null ? none : html`<time datetime="${time}">${momentText(time)}</time>`;

/** Where there is nothing to say: not a zero. */
export const none: Html = html`<span class="none" title="not known">–</span>`;

export const count = (value: number | undefined): Html => (value === undefined ? none : html`${countText(value)}`);

export const share = (value: number | undefined): Html => (value === undefined ? none : html`${shareText(value)}`);

export type Tone = 'ok' | 'warn' | 'bad' | 'idle' | 'plain';

const signs: Readonly<Record<Tone, string>> = { ok: '●', warn: '▲', bad: '✕', idle: '○', plain: '■' };

const outcomeTones: Readonly<Record<string, Tone>> = {
  succeeded: 'ok',
  partial: 'warn',
  failed: 'bad',
  skipped: 'idle',
  denied: 'bad',
  throttled: 'warn',
  truncated: 'warn',
};

export const toneOf = (outcome: string): Tone => outcomeTones[outcome] ?? 'plain';

/** A word with a sign beside its colour, for those who see no colours. */
export const badge = (word: string, tone = toneOf(word)): Html =>
  html`<span class="badge ${tone}"><span class="sign" aria-hidden="true">${signs[tone]}</span>${legible(word, 40)}</span>`;

/** Width and colour of each part of a bar. */
export type BarPart = readonly [share: number, tone: Tone | 'accent'];

/** The figure stands beside it: a bar says nothing to who cannot see it. */
export const bar = (parts: readonly BarPart[]): Html => {
  let from = 0;
  const rects = parts.map(([part, tone]) => {
    const width = Math.max(0, Math.min(100 - from, part * 100));
    const rect = html`<rect class="fill-${tone}" x="${from.toFixed(2)}" width="${width.toFixed(2)}" height="6"/>`;
    from += width;
    return rect;
  });
  return html`<svg class="bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true"><rect class="fill-rest" width="100" height="6"/>${rects}</svg>`;
};

/** Green is for all of it, and red for less than half. */
export const shareTone = (value: number): Tone => (value >= 0.95 ? 'ok' : value >= 0.5 ? 'warn' : 'bad');

/** What a list had no room for. */
export const andMore = (total: number, shown: number, where: Html = nothing): Html =>
  total <= shown ? nothing : html`<p class="more">and ${countText(total - shown)} more ${where}</p>`;

export interface SectionParts {
  readonly id: string;
  readonly title: string;
  /** Beside the title, in small. */
  readonly aside?: Html;
  readonly body: Html | readonly Html[];
}

export const section = ({ id, title, aside = nothing, body }: SectionParts): Html =>
  html`<section id="${id}" aria-labelledby="${id}-title"><header><h2 id="${id}-title">${title}</h2><p class="aside">${aside}</p></header>${body}</section>`;

/** A wide table scrolls in a box of its own, which keys reach. */
export const scrollBox = (label: string, table: Html): Html =>
  html`<div class="scroll" role="region" tabindex="0" aria-label="${label}">${table}</div>`;
