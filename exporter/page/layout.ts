// What stands around every page: head, navigation, and what is to be known of the results as a whole.
import { html, raw } from 'hono/html';
import type { FollowState } from '../follow-results.ts';
import { ageText } from './figures.ts';
import { age, code, type Html, legible, nothing } from './marks.ts';
import { styleAddress } from './style-sheet.ts';

/** What the exporter knows when a page is asked for. */
export type PageState = Pick<FollowState, 'snapshot' | 'failure' | 'lastSuccessAt'>;

export interface PageFacts {
  readonly state: PageState;
  readonly now: string;
}

export interface PageParts {
  readonly title: string;
  readonly current?: 'overview' | 'runs';
  readonly body: Html;
}

const icon =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Crect width='16' height='16' rx='4' fill='%232457c5'/%3E%3Cpath d='M4 11.5V8m4 3.5v-7m4 7V6' stroke='white' stroke-width='2' stroke-linecap='round'/%3E%3C/svg%3E";

/** The results are those of the last look that went well. */
const staleBanner = ({ state: { failure, lastSuccessAt }, now }: PageFacts): Html => {
  if (failure === undefined) return nothing;
  const since = lastSuccessAt === undefined ? 'yet' : `since ${ageText(lastSuccessAt, now)}`;
  return html`<div class="banner" role="status"><p><strong>The results could not be read ${since}.</strong> ${legible(failure.message, 500)}</p><p>${legible(failure.remedy, 500)}</p></div>`;
};

const link = (address: string, text: string, isCurrent: boolean): Html =>
  html`<a href="${address}"${isCurrent ? raw(' aria-current="page"') : ''}>${text}</a>`;

const footer = ({ state: { snapshot }, now }: PageFacts): Html =>
  snapshot === undefined
    ? nothing
    : html`<footer><p>Results of ${code(snapshot.place)}, written ${age(snapshot.updatedAt, now)}, read ${age(snapshot.takenAt, now)}.</p></footer>`;

export const renderPage = ({ title, current, body }: PageParts, facts: PageFacts): Html => html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${legible(title)} · AWS inventory</title>
<link rel="icon" href="${icon}">
<link rel="stylesheet" href="${styleAddress}">
</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
<header class="top">
<a class="brand" href="/"><svg viewBox="0 0 16 16" aria-hidden="true"><rect width="16" height="16" rx="4"/><path d="M4 11.5V8m4 3.5v-7m4 7V6"/></svg>AWS inventory</a>
<nav aria-label="Pages">${link('/', 'Overview', current === 'overview')}${link('/runs', 'Runs', current === 'runs')}${link('/metrics', 'Metrics', false)}${link('/health', 'Health', false)}</nav>
</header>
<main id="main">
${staleBanner(facts)}${body}
</main>
${footer(facts)}
</body>
</html>
`;
