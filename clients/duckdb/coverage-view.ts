// The view `coverage`, over scan_<account>.json: what was asked of each account, and what became of it.
import { selectColumns } from './resource-columns.ts';
import { quotedList } from './sql-text.ts';

/**
 * Scan reports are read as JSON and by member names alone, wherever in the document a `cells` array stands: reports of
 * several versions lie in one bucket. A cell has a `region`, or `regions` that fared alike; each becomes a row of its own,
 * with the facts that are of each of them.
 */
const cellsOf = (paths: readonly string[]): string =>
  `(SELECT json->>'$.account' AS account, unnest(json->'$..cells[*]') AS cell FROM read_json_objects(${quotedList(paths)}, format = 'unstructured', hive_partitioning = false))`;

const noCells = (reason: string): string =>
  `(SELECT NULL::VARCHAR AS account, NULL::JSON AS cell WHERE error('${reason}') IS NULL)`;

const regions =
  "CASE WHEN json_type(cell, '$.regions') = 'ARRAY' THEN cell->>'$.regions[*]' ELSE [cell->>'$.region'] END";

const columns = {
  account: 'account',
  region: 'unnest(regions)',
  service: "cell->>'$.service'",
  type: "cell->>'$.type'",
  tier: "cell->>'$.tier'",
  outcome: "cell->>'$.outcome'",
  resources: "try_cast(cell->>'$.resources' AS BIGINT)",
  truncated: "try_cast(cell->>'$.truncated' AS BIGINT)",
  error: "cell->>'$.error'",
  action: "cell->>'$.action'",
  accepted: "cell->>'$.accepted'",
};

const view = (cells: string): string =>
  `CREATE VIEW coverage AS SELECT ${selectColumns(columns)} FROM (SELECT account, cell, ${regions} AS regions FROM ${cells})`;

/** `paths` null: the SQL did not name the view. Without any file it has no rows. */
export const coverageView = (paths: readonly string[] | null, reason: string): string => {
  if (paths === null) return view(noCells(reason));
  return view(paths.length > 0 ? cellsOf(paths) : '(SELECT NULL::VARCHAR AS account, NULL::JSON AS cell LIMIT 0)');
};
