// One statement that only reads: everything else is refused before it runs.
import type { DuckDBConnection } from '@duckdb/node-api';
import { InventoryError } from '../../contract/errors.ts';

/** StatementType.SELECT; FROM, WITH, VALUES, DESCRIBE, SHOW and SUMMARIZE are of this type as well. */
const select = 1;

const refuse = (message: string, remedy: string): InventoryError => new InventoryError('usage', message, { remedy });

/** Before anything is bound, so that a COPY is told it is one and not which file it may not write. */
const forbidden =
  /^\s*(copy|export|import|attach|detach|install|load|set|reset|use|call|explain|create|insert|update|delete|drop|alter|merge|prepare|execute|deallocate|vacuum|checkpoint|begin|commit|rollback)\b/i;

const withoutComments = (sql: string): string => sql.replace(/^(\s|--[^\n]*(\n|$)|\/\*[\s\S]*?\*\/)+/, '');

const readsAlone = 'Write one SELECT (or FROM, WITH, DESCRIBE, SHOW, SUMMARIZE); redirect stdout to keep its result.';

/**
 * The lock on files is not enough: DuckDB lets a COPY write over a file that may be read, and an EXPLAIN ANALYZE run it.
 * Throws usage, or what DuckDB throws about a statement that is none.
 */
export const requireReading = async (connection: DuckDBConnection, sql: string): Promise<void> => {
  const text = withoutComments(sql);
  if (text.replaceAll(';', '').trim() === '') throw refuse('There is no SQL statement', readsAlone);
  const verb = forbidden.exec(text)?.[1];
  if (verb !== undefined) throw refuse(`${verb.toUpperCase()} is refused: a query only reads`, readsAlone);
  const statements = await connection.extractStatements(sql);
  if (statements.count !== 1) {
    const pivot = /\bpivot\b/i.test(sql) ? ' A PIVOT must name its values: PIVOT … ON column IN (a, b).' : '';
    throw refuse(`There are ${statements.count} statements`, `${readsAlone}${pivot}`);
  }
  const prepared = await statements.prepare(0);
  try {
    if (prepared.statementType !== select) throw refuse('This statement is refused: a query only reads', readsAlone);
    if (prepared.parameterCount > 0)
      throw refuse('The statement has parameters ($1 or ?)', 'Write the values into it.');
  } finally {
    prepared.destroySync();
  }
};
