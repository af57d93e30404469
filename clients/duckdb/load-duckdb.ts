// DuckDB is a native library of 68 MB: loaded when a command needs it, and said to be missing where it was left out.
import { InventoryError } from '../../contract/errors.ts';

/** Throws duckdb-unavailable where the package, or its library for this platform, is not installed: the image has neither. */
export const loadDuckdb = async () => {
  try {
    return await import('@duckdb/node-api');
  } catch (cause) {
    const said = (cause instanceof Error ? cause.message : String(cause)).split('\n')[0];
    throw new InventoryError('duckdb-unavailable', `DuckDB cannot be loaded: ${said}`, { cause });
  }
};
