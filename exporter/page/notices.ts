// Pages for when there is nothing to show.
import { html } from 'hono/html';
import { type PageFacts, renderPage } from './layout.ts';
import { code, type Html, legible } from './marks.ts';

export const renderNotFound = (facts: PageFacts, path: string): Html =>
  renderPage(
    {
      title: 'Not found',
      body: html`<div class="notice"><h1>There is no such page</h1><p>${code(path, 200)} is not here. An account that has left the Organization has no page any more.</p><p><a href="/">To the overview</a></p></div>`,
    },
    facts,
  );

export const renderNothingYet = (facts: PageFacts): Html =>
  renderPage(
    {
      title: 'No results yet',
      body: html`<div class="notice"><h1>No results yet</h1><p>${
        facts.state.failure === undefined
          ? 'The results are being read for the first time. Load this page again in some seconds.'
          : legible('There is nothing to show until they can be read; this goes on trying.')
      }</p></div>`,
    },
    facts,
  );
