// From answers to outcomes: what became of a cell, and what only the whole sweep can tell about it. Pure.
import type { AwsErrorFacts, AwsErrorKind } from '../../../clients/aws/errors.ts';
import type { Cell, CellOutcome } from '../../../contract/scan-report.ts';

const outcomeByKind: Readonly<Record<AwsErrorKind, CellOutcome>> = {
  denied: 'denied',
  throttled: 'throttled',
  'not-enabled': 'not-enabled',
  'not-in-region': 'not-in-region',
  unsupported: 'unsupported',
  'credentials-expired': 'failed',
  'no-credentials': 'failed',
  'not-found': 'failed',
  'precondition-failed': 'failed',
  unavailable: 'failed',
  other: 'failed',
};

/** Worst first: a cell is as good as the worst of its types. What a policy above the account denies is not its fault. */
const ranks: readonly ((failure: AwsErrorFacts) => boolean)[] = [
  failure => failure.kind === 'denied' && !failure.byServiceControlPolicy,
  failure => failure.kind === 'throttled',
  failure => outcomeByKind[failure.kind] === 'failed',
  failure => failure.kind === 'denied',
  failure => failure.kind === 'unsupported',
  failure => failure.kind === 'not-enabled',
];

const rankOf = (failure: AwsErrorFacts): number => {
  const rank = ranks.findIndex(applies => applies(failure));
  return rank === -1 ? ranks.length : rank;
};

const worstOf = (failures: readonly AwsErrorFacts[]): AwsErrorFacts | undefined =>
  failures.toSorted((a, b) => rankOf(a) - rankOf(b))[0];

/** What a cell's walk counted. */
export interface CellTally {
  readonly region: string;
  readonly service: string;
  readonly resources: number;
  readonly truncated: number;
  readonly seconds: number;
  readonly failures: readonly AwsErrorFacts[];
  /** Why the walk was ended from outside, before it had asked for everything. */
  readonly stopped?: string | undefined;
}

/** A cell with the kind of its failure, which the whole sweep may read otherwise than the cell alone. */
export interface JudgedCell {
  readonly cell: Cell;
  readonly code: string | null;
}

const longestError = 300;

const errorText = ({ code, message }: AwsErrorFacts): string => {
  const text = message === '' ? code : `${code}: ${message}`;
  return text.length > longestError ? `${text.slice(0, longestError - 1)}…` : text;
};

/** The outcome of one cell by its own answers. */
export const judgeCell = (tally: CellTally): JudgedCell => {
  const worst = worstOf(tally.failures);
  const answered: CellOutcome = tally.resources + tally.truncated > 0 ? 'listed' : 'empty';
  const stopped = tally.stopped !== undefined && (worst === undefined || rankOf(worst) > 1);
  const outcome = stopped ? 'failed' : worst === undefined ? answered : outcomeByKind[worst.kind];
  const error = stopped ? tally.stopped : worst === undefined ? undefined : errorText(worst);
  return {
    code: worst?.code ?? null,
    cell: {
      region: tally.region,
      service: tally.service,
      outcome,
      resources: tally.resources,
      seconds: tally.seconds,
      ...(error === undefined ? {} : { error }),
      ...(stopped || worst?.action == null ? {} : { action: worst.action }),
      ...(outcome === 'denied' && worst?.byServiceControlPolicy ? { byServiceControlPolicy: true } : {}),
      ...(tally.truncated > 0 ? { truncated: tally.truncated } : {}),
    },
  };
};

/** How services answer to credentials that their region does not know: it is not switched on, or they are bad everywhere. */
const unknownCredentials = /^(InvalidClientTokenId|UnrecognizedClientException|AuthFailure|InvalidAccessKeyId)$/;

const answers: readonly CellOutcome[] = ['listed', 'empty', 'denied', 'throttled', 'unsupported'];

const isUnknown = ({ code }: JudgedCell): boolean => unknownCredentials.test(code ?? '');
const isAnswer = (judged: JudgedCell): boolean =>
  !isUnknown(judged) && (answers.includes(judged.cell.outcome) || judged.cell.resources > 0);

const failedAs = (cell: Cell, reason: string): Cell => ({
  ...cell,
  outcome: 'failed',
  error: cell.error === undefined ? reason : `${reason} (${cell.error})`,
});

/** What the sweep tells about one region. */
interface RegionFacts {
  /** Some host of AWS, in whatever region, gave an answer to these credentials. */
  readonly sweepAnswered: boolean;
  readonly regionAnswered: boolean;
  /** No host of the region was found. */
  readonly isMissing: boolean;
}

const correctCell = (judged: JudgedCell, facts: RegionFacts): Cell => {
  const { cell } = judged;
  if (cell.outcome === 'not-in-region') {
    if (!facts.sweepAnswered) return failedAs(cell, 'no AWS host was found: the network or its name service is down');
    if (facts.isMissing) return failedAs(cell, `no service was found in ${cell.region}: is it an AWS region?`);
  }
  if (isUnknown(judged) && cell.resources === 0) {
    if (!facts.sweepAnswered) return { ...cell, outcome: 'denied' };
    if (!facts.regionAnswered) return { ...cell, outcome: 'not-enabled' };
  }
  return cell;
};

/**
 * Corrects what a cell alone cannot know: a service has no endpoint in a region only if some host was reached at all,
 * and a region exists only if some service has one there; credentials are unknown to a region only if another knows them.
 */
export const judgeSweep = (judged: readonly JudgedCell[]): Cell[] => {
  const sweepAnswered = judged.some(isAnswer);
  const byRegion = Map.groupBy(judged, ({ cell }) => cell.region);
  const facts = new Map(
    [...byRegion].map(([region, cells]): [string, RegionFacts] => [
      region,
      {
        sweepAnswered,
        regionAnswered: cells.some(isAnswer),
        isMissing: cells.every(({ cell }) => cell.outcome === 'not-in-region'),
      },
    ]),
  );
  return judged.map(each => correctCell(each, facts.get(each.cell.region) as RegionFacts));
};
