// What DuckDB says, in the project's words: a wrong statement, a damaged report, or too little memory.
import { InventoryError } from '../../contract/errors.ts';
import type { QueriedReport } from './open-database.ts';

/** The last one is for everything else. */
const remedies: readonly (readonly [RegExp, string])[] = [
  [
    /^(Out of Memory Error|INTERRUPT)/,
    'Select fewer columns (resource is the large one), or ask about fewer accounts with --account.',
  ],
  [
    /^Conversion Error: Failed to cast value to numerical: \{/,
    "Put the arrow into parentheses, (resource->>'encrypted') = 'false': it binds less than AND.",
  ],
  [
    /^Permission Error/,
    'A query reads the tables resources, accounts and coverage: no file, address or extension beside them.',
  ],
  [
    /^/,
    'The tables are resources, accounts and coverage; `describe resources` shows the columns of one, docs/query.md has examples.',
  ],
];

/** DuckDB's advice about options that are locked, or of functions that the caller never wrote. */
const withoutAdvice = (message: string): string =>
  message
    .replace(/^Failed to extract statements: /, '')
    .replace(/\n+Possible solutions:[\s\S]*$/, '')
    .split('\n')
    .filter(line => !/^\s*Try setting '?(auto_detect|format)/.test(line))
    .join('\n')
    .trim();

/** `reports` are those that the statement may have read. Gives report-unreadable for one of them, usage for the rest. */
export const explainSqlError = (thrown: unknown, reports: readonly QueriedReport[]): InventoryError => {
  if (thrown instanceof InventoryError) return thrown;
  const message = withoutAdvice(thrown instanceof Error ? thrown.message : String(thrown));
  const damaged = reports.find(({ path }) => message.includes(`in file "${path}"`));
  if (damaged !== undefined) {
    const what = `The report of account ${damaged.account} cannot be read: ${message}`;
    return new InventoryError('report-unreadable', what, { cause: thrown });
  }
  const remedy = remedies.find(([form]) => form.test(message))?.[1];
  return new InventoryError('usage', message, { remedy, cause: thrown });
};
