// DuckDB's values as JavaScript's: what becomes JSON, a cell of a table, or a cell of CSV.
import type {
  DuckDBMapType,
  DuckDBMapValue,
  DuckDBType,
  DuckDBValue,
  DuckDBValueConverter,
  Json,
} from '@duckdb/node-api';

export type SqlValue = Json;
type Duckdb = typeof import('@duckdb/node-api');
type Converter = DuckDBValueConverter<SqlValue>;
type Conversion = (value: DuckDBValue, type: DuckDBType, converter: Converter) => SqlValue;

const asNumber: Conversion = value => {
  const text = String(value);
  const number = Number(text);
  // Beyond 2^53 a number would be another one.
  return Number.isSafeInteger(number) || (text.includes('.') && Number.isFinite(number)) ? number : text;
};

/** UTC, as every timestamp of ours is. */
const asIsoTime: Conversion = value => {
  const text = String(value);
  return /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/.test(text) ? `${text.replace(' ', 'T').replace(/[+]00$/, '')}Z` : text;
};

const asText: Conversion = (value, type) => {
  const text = String(value);
  if (type.alias !== 'JSON') return text;
  try {
    return JSON.parse(text) as SqlValue;
  } catch {
    return text;
  }
};

/** An object, as tags are in the report. */
const asObject: Conversion = (value, type, converter) => {
  const { valueType } = type as DuckDBMapType;
  const { entries } = value as DuckDBMapValue;
  return Object.fromEntries(
    entries.map(entry => [String(entry.key), converter(entry.value, valueType, converter)] as const),
  );
};

export type SqlValueConverter = (value: DuckDBValue, type: DuckDBType | undefined) => SqlValue;

/** What is not named here is converted as the package converts to JSON. */
export const sqlValueConverter = ({
  DuckDBTypeId: id,
  JsonDuckDBValueConverter: toJson,
}: Duckdb): SqlValueConverter => {
  const conversions = new Map<number, Conversion>([
    // Counts and sums are of these types.
    ...[id.BIGINT, id.UBIGINT, id.HUGEINT, id.UHUGEINT, id.DECIMAL].map(type => [type, asNumber] as const),
    [id.TIMESTAMP, asIsoTime],
    [id.TIMESTAMP_TZ, asIsoTime],
    [id.VARCHAR, asText],
    [id.MAP, asObject],
  ]);
  const convert: Converter = (value, type) =>
    value === null || value === undefined ? null : (conversions.get(type.typeId) ?? toJson)(value, type, convert);
  return (value, type) => (type === undefined ? null : convert(value, type, convert));
};
