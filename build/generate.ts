// Writes what follows from the code: config.schema.json, the registry, and tables of the docs. With --check it only compares.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { memberFileNames, ownFileName } from '../contract/access/own-files.ts';
import { shippedFiles } from '../contract/access/shipped-files.ts';
import { errorCatalogue } from '../contract/error-catalogue.ts';
import { settingsJsonSchema } from '../contract/settings-problems.ts';
import { renderCoverageSummary, renderCoverageTable, renderUnlisted } from './catalogue/coverage-page.ts';
import { renderNamespaces, renderRegistry } from './catalogue/registry.ts';
import { renderComparedTypes, renderDriftSummary, renderJoinedTypes } from './drift/types-page.ts';
import { renderOwnMetrics, renderSeedMetrics, renderSnapshotMetrics } from './exporter-bench/metrics-page.ts';

const check = process.argv.includes('--check');

/** What stands between `<!-- name -->` and `<!-- /name -->` is replaced. */
const replaceSection = (text: string, name: string, section: string): string =>
  text.replace(
    new RegExp(`(<!-- ${name} -->\n)[^]*?(<!-- /${name} -->)`),
    (_whole, begin: string, end: string) => `${begin}${section}${end}`,
  );

const errorRows = Object.entries(errorCatalogue).map(
  ([code, { exit, fixer, retryable, remedy }]) =>
    `| \`${code}\` | ${exit} | ${fixer} | ${retryable ? 'yes' : 'no'} | ${remedy.replaceAll('|', '\\|')} |\n`,
);
const errorTable = `| code | exit | who can fix it | a retry may help | what to do |\n|---|---|---|---|---|\n${errorRows.join('')}`;

/** Pages with the sections that follow from the code. */
const pages: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'docs/coverage.md': {
    summary: renderCoverageSummary(),
    types: renderCoverageTable(),
    unlisted: renderUnlisted(),
  },
  'docs/drift.md': {
    summary: renderDriftSummary(),
    joined: renderJoinedTypes(),
    compared: renderComparedTypes(),
  },
  'docs/errors.md': { codes: errorTable },
  'docs/metrics.md': {
    snapshot: renderSnapshotMetrics(),
    own: renderOwnMetrics(),
    seeds: renderSeedMetrics(),
  },
};

const renderPage = (page: string, sections: Readonly<Record<string, string>>): string =>
  Object.entries(sections).reduce(
    (text, [name, section]) => replaceSection(text, name, section),
    readFileSync(page, 'utf8'),
  );

const files: Record<string, string> = {
  'config.schema.json': `${JSON.stringify(settingsJsonSchema(), null, 2)}\n`,
  ...Object.fromEntries(
    memberFileNames.map(name => [`infrastructure/policies/${ownFileName(name)}`, shippedFiles()[name]]),
  ),
  'contract/catalogue/registry.json': renderRegistry(),
  'contract/catalogue/namespaces.json': renderNamespaces(),
  ...Object.fromEntries(Object.entries(pages).map(([page, sections]) => [page, renderPage(page, sections)])),
};

for (const [name, text] of Object.entries(files)) {
  if (!check) {
    writeFileSync(name, text);
  } else if (!existsSync(name) || readFileSync(name, 'utf8') !== text) {
    console.error(`${name} is not what the code says; run: npm run generate`);
    process.exitCode = 1;
  }
}
