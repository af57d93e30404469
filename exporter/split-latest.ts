// latest.json of ten thousand accounts → its head and its rows, still as bytes: parsed in one go it would keep scrapes waiting.
import { giveWay, startStopwatch } from '../clients/clock.ts';

export interface SplitLatest {
  /** The document without its accounts. */
  readonly head: string;
  readonly rows: readonly Buffer[];
}

const quote = 0x22;
const backslash = 0x5c;
const opening: ReadonlySet<number> = new Set([0x7b, 0x5b]);
const closing: ReadonlySet<number> = new Set([0x7d, 0x5d]);
/** The document is an object (1), the list of accounts in it the second bracket (2), and a row the third (3). */
const listDepth = 2;
const rowDepth = 3;
/** Bytes between two looks at the clock, and seconds of work after which others get their turn. */
const stride = 256 * 1024;
const turn = 0.005;

/** Index behind the string that begins here; the end of the bytes where it does not end. */
const skipString = (bytes: Buffer, start: number): number => {
  for (let end = bytes.indexOf(quote, start + 1); end !== -1; end = bytes.indexOf(quote, end + 1)) {
    let escapes = 0;
    while (bytes[end - 1 - escapes] === backslash) escapes += 1;
    if (escapes % 2 === 0) return end + 1;
  }
  return bytes.length;
};

const isAccounts = (bytes: Buffer, bracket: number): boolean =>
  /"accounts"\s*:\s*$/.test(bytes.subarray(Math.max(0, bracket - 60), bracket).toString('latin1'));

interface Found {
  readonly rows: Buffer[];
  depth: number;
  rowStart: number;
  listStart: number;
  listEnd: number;
}

const open = (bytes: Buffer, index: number, found: Found): void => {
  found.depth += 1;
  if (found.depth === listDepth && found.listStart === -1 && isAccounts(bytes, index)) found.listStart = index + 1;
  if (found.depth === rowDepth) found.rowStart = index;
};

const close = (bytes: Buffer, index: number, found: Found): void => {
  const isInList = found.listStart !== -1 && found.listEnd === -1;
  if (isInList && found.depth === rowDepth) found.rows.push(bytes.subarray(found.rowStart, index + 1));
  if (isInList && found.depth === listDepth) found.listEnd = index;
  found.depth -= 1;
};

/**
 * Brackets alone are looked at: whether head and rows are JSON is for who parses them. A document without a list of accounts
 * is all head.
 */
export const splitLatest = async (bytes: Buffer): Promise<SplitLatest> => {
  const found: Found = { rows: [], depth: 0, rowStart: -1, listStart: -1, listEnd: -1 };
  let elapsed = startStopwatch();
  let nextLook = stride;
  for (let index = 0; index < bytes.length; ) {
    const byte = bytes[index] ?? 0;
    if (opening.has(byte)) open(bytes, index, found);
    else if (closing.has(byte)) close(bytes, index, found);
    index = byte === quote ? skipString(bytes, index) : index + 1;
    if (index < nextLook) continue;
    nextLook = index + stride;
    if (elapsed() < turn) continue;
    await giveWay();
    elapsed = startStopwatch();
  }
  const { rows, listStart, listEnd } = found;
  if (listEnd === -1) return { head: bytes.toString('utf8'), rows: [] };
  return { head: bytes.toString('utf8', 0, listStart) + bytes.toString('utf8', listEnd), rows };
};
