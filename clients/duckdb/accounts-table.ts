// The table `accounts`: the manifest's entries, one row for each account, those without a report among them.

/** As the manifest has it; null where a directory has reports and no manifest. */
export interface QueriedAccount {
  readonly id: string;
  readonly name: string | null;
  readonly state: string | null;
  /** Organizational units from the root down, joined by `/`. */
  readonly ou: string | null;
  readonly outcome: string | null;
  readonly code: string | null;
  readonly message: string | null;
  readonly remedy: string | null;
  readonly resources: number | null;
  /** Whether its resources are in the view `resources`. */
  readonly has_report: boolean;
  readonly attempts: number | null;
  readonly run: string | null;
  readonly run_date: string | null;
  readonly started_at: string | null;
  readonly finished_at: string | null;
}

const columns: Readonly<Record<keyof QueriedAccount, string>> = {
  id: 'VARCHAR',
  name: 'VARCHAR',
  state: 'VARCHAR',
  ou: 'VARCHAR',
  outcome: 'VARCHAR',
  code: 'VARCHAR',
  message: 'VARCHAR',
  remedy: 'VARCHAR',
  resources: 'BIGINT',
  has_report: 'BOOLEAN',
  attempts: 'INTEGER',
  run: 'VARCHAR',
  run_date: 'DATE',
  started_at: 'TIMESTAMP',
  finished_at: 'TIMESTAMP',
};

export const createAccounts = `CREATE TABLE accounts (${Object.entries(columns)
  .map(([name, type]) => `${name} ${type}`)
  .join(', ')})`;

/** Takes the rows as one JSON array: names and messages are others' text and never become SQL. */
export const insertAccounts = `INSERT INTO accounts SELECT ${Object.entries(columns)
  .map(([name, type]) => `try_cast(row->>'$.${name}' AS ${type})`)
  .join(', ')} FROM (SELECT unnest($1::JSON->'$[*]') AS row)`;
