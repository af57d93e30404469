// How much of an account a scan has seen: types by outcome, and whether it is less than the last time. Pure.
import type { ScanCounts, TypeCounts } from '../contract/outcome.ts';
import { type Cell, type CellOutcome, isExcusedCell } from '../contract/scan-report.ts';

/** Of a type's outcomes over all regions the first of these counts. */
const worstFirst: readonly CellOutcome[] = [
  'denied',
  'throttled',
  'failed',
  'listed',
  'empty',
  'unsupported',
  'not-enabled',
  'not-in-region',
];

/** The account's own cells, the Tagging API's among them, are about no type. */
const isType = (cell: Cell): boolean => cell.tier !== 'account';

const outcomeOfType = (cells: readonly Cell[]): string => {
  // What is expected does not count against the account.
  const counted = cells.filter(cell => !isExcusedCell(cell));
  if (counted.length === 0) return cells.some(cell => cell.accepted !== undefined) ? 'accepted' : 'denied-by-scp';
  const outcomes = new Set(counted.map(({ outcome }) => outcome));
  return worstFirst.find(outcome => outcomes.has(outcome)) ?? 'failed';
};

/** Distinct types by outcome; `attempted` are all of them. */
export const countTypes = (cells: readonly Cell[]): TypeCounts => {
  const counts: Record<string, number> & { attempted: number } = { attempted: 0 };
  for (const those of Map.groupBy(cells.filter(isType), ({ type }) => type).values()) {
    const outcome = outcomeOfType(those);
    counts.attempted += 1;
    counts[outcome] = (counts[outcome] ?? 0) + 1;
  }
  return counts;
};

/** Types of which the account's own answer is known: it has some, or it has none. */
export const seenTypes = (counts: TypeCounts): number => (counts['listed'] ?? 0) + (counts['empty'] ?? 0);

/** What was seen of all that could be: types that AWS does not offer there are neither. Of nothing it is 1. */
export const coverageOf = (counts: TypeCounts): number => {
  const blind = (counts['denied'] ?? 0) + (counts['throttled'] ?? 0) + (counts['failed'] ?? 0);
  const seen = seenTypes(counts);
  return seen + blind === 0 ? 1 : seen / (seen + blind);
};

export interface CoverageFall {
  readonly from: number;
  readonly to: number;
}

/** Smaller differences come from types that answer one day and not the next. */
const notable = 0.005;

/** Coverage of the last scan and of this one, when it has fallen; undefined otherwise. */
export const fallenCoverage = (before: ScanCounts | null, after: ScanCounts | null): CoverageFall | undefined => {
  if (before === null || after === null || before.types.attempted === 0) return undefined;
  const [from, to] = [coverageOf(before.types), coverageOf(after.types)];
  return to < from - notable ? { from, to } : undefined;
};
