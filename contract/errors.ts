// The one error of all programs: a code of the catalogue, what happened, and what to do about it.
import { type ErrorCode, type ErrorEntry, errorCatalogue } from './error-catalogue.ts';

export interface InventoryErrorOptions {
  /** Overrides the catalogue's remedy where the place knows a more exact one. */
  readonly remedy?: string | undefined;
  readonly cause?: unknown;
}

/** The one error class: a code of the catalogue, a message that quotes the offending value, and a remedy. */
export class InventoryError extends Error {
  override readonly name = 'InventoryError';
  readonly code: ErrorCode;
  readonly remedy: string;

  constructor(code: ErrorCode, message: string, options: InventoryErrorOptions = {}) {
    super(message, options.cause === undefined ? {} : { cause: options.cause });
    this.code = code;
    this.remedy = options.remedy ?? errorCatalogue[code].remedy;
  }

  get entry(): ErrorEntry {
    return errorCatalogue[this.code];
  }
}

/** Any thrown value as an InventoryError, so that the edge of a program has one shape to print. */
export const toInventoryError = (thrown: unknown): InventoryError => {
  if (thrown instanceof InventoryError) return thrown;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new InventoryError('unexpected', message === '' ? 'an error without a message' : message, { cause: thrown });
};
