// The columns of a resource, from the lines of output.json: the same in the view `resources` and in a Parquet file.
import { quotedList } from './sql-text.ts';

/**
 * Read by these types, never by sampling: what one account's resources look like says nothing about another's. Members
 * that are maps and lists stay JSON until they are cast, so that a foreign scanner's odd one is null and no error.
 */
const members = {
  account: 'VARCHAR',
  service: 'VARCHAR',
  region: 'VARCHAR',
  resource: 'JSON',
  timestamp: 'VARCHAR',
  resourceType: 'VARCHAR',
  resourceId: 'VARCHAR',
  tags: 'JSON',
  sources: 'JSON',
  name: 'VARCHAR',
  createdAt: 'VARCHAR',
};

/** One record, as the scan's own limit for a line is. Each thread keeps a buffer of twice as much, whatever the files are. */
const largestRecord = 16 * 1024 * 1024;

/** A table function over report files. Glob characters in a path are harmless: a file of that very name comes first. */
export const recordsOf = (paths: readonly string[]): string => {
  const columns = Object.entries(members).map(([name, type]) => `${name}: '${type}'`);
  return `read_json(${quotedList(paths)}, format = 'array', columns = {${columns.join(', ')}}, hive_partitioning = false, maximum_object_size = ${largestRecord})`;
};

/** For a view whose files were not asked for: it has its columns, and reading it is an error. */
export const noRecords = (reason: string): string => {
  const columns = Object.entries(members).map(([name, type]) => `NULL::${type} AS ${name}`);
  return `(SELECT ${columns.join(', ')} WHERE error('${reason}') IS NULL)`;
};

/** Expressions over a record `r`. `created_at` and `seen_at` are UTC. */
export const resourceColumns = {
  account: 'r.account',
  service: 'r.service',
  region: 'r.region',
  type: 'r.resourceType',
  recon_type: "r.resource->>'$.type'",
  id: 'r.resourceId',
  // AWS has no ARN for some types: the report then says ''.
  arn: "nullif(r.resource->>'$.arn', '')",
  name: 'r.name',
  created_at: 'try_cast(r.createdAt AS TIMESTAMP)',
  tags: 'coalesce(try_cast(r.tags AS MAP(VARCHAR, VARCHAR)), MAP {}::MAP(VARCHAR, VARCHAR))',
  sources: 'try_cast(r.sources AS VARCHAR[])',
  seen_at: "try_cast(replace(r.timestamp, ' UTC', '') AS TIMESTAMP)",
  resource: 'r.resource',
} as const;

export const selectColumns = (columns: Readonly<Record<string, string>>): string =>
  Object.entries(columns)
    .map(([name, expression]) => `${expression} AS ${name}`)
    .join(', ');
