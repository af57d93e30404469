// From answers to outcomes: what became of a cell, and what only the whole sweep can tell about it. Pure.
import type { AwsErrorFacts, AwsErrorKind } from '../../../clients/aws/errors.ts';
import { globalRegion } from '../../../contract/catalogue/services.ts';
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

/** How services answer to credentials that their region does not know: it is not switched on, or they are bad everywhere. */
const unknownCredentials = /^(InvalidClientTokenId|UnrecognizedClientException|AuthFailure|InvalidAccessKeyId)$/;

/** Worst first: a cell is as good as the worst of its types. What a policy above the account denies is not its fault. */
const ranks: readonly ((failure: AwsErrorFacts) => boolean)[] = [
  failure => failure.kind === 'denied' && !failure.byServiceControlPolicy,
  failure => failure.kind === 'throttled',
  failure => outcomeByKind[failure.kind] === 'failed',
  // May turn out as denied, which no milder failure of the cell may hide.
  failure => unknownCredentials.test(failure.code),
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
  /** Pages that the API gave, empty ones too. */
  readonly pages: number;
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
  /** Some of it was answered, whatever came after. */
  readonly answered: boolean;
}

const longestError = 300;

const errorText = ({ code, message }: AwsErrorFacts): string => {
  const text = message === '' ? code : `${code}: ${message}`;
  return text.length > longestError ? `${text.slice(0, longestError - 1)}…` : text;
};

/** A host that is not found is missing only where it never answered: global services have one, others may lose theirs. */
const doubtMissingHost = ({ region, pages, failures }: CellTally): readonly AwsErrorFacts[] => {
  const isMissing = pages === 0 && region !== globalRegion && failures.every(({ kind }) => kind === 'not-in-region');
  if (isMissing) return failures;
  return failures.map(failure =>
    failure.kind === 'not-in-region' ? { ...failure, kind: 'unavailable' as const } : failure,
  );
};

/** The outcome of one cell by its own answers. */
export const judgeCell = (tally: CellTally): JudgedCell => {
  const worst = worstOf(doubtMissingHost(tally));
  const answered: CellOutcome = tally.resources + tally.truncated > 0 ? 'listed' : 'empty';
  const stopped = tally.stopped !== undefined && (worst === undefined || rankOf(worst) > 1);
  const outcome = stopped ? 'failed' : worst === undefined ? answered : outcomeByKind[worst.kind];
  const error = stopped ? tally.stopped : worst === undefined ? undefined : errorText(worst);
  return {
    code: worst?.code ?? null,
    answered: tally.pages > 0,
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

const answers: readonly CellOutcome[] = ['listed', 'empty', 'denied', 'throttled', 'unsupported'];

const isUnknown = ({ code }: JudgedCell): boolean => unknownCredentials.test(code ?? '');
const isAnswer = (judged: JudgedCell): boolean =>
  judged.answered || (!isUnknown(judged) && answers.includes(judged.cell.outcome));
/** Its host was found, whatever it then said. */
const isFound = (judged: JudgedCell): boolean =>
  isAnswer(judged) || isUnknown(judged) || judged.cell.outcome === 'not-enabled';

const failedAs = (cell: Cell, reason: string): Cell => ({
  ...cell,
  outcome: 'failed',
  error: cell.error === undefined ? reason : `${reason} (${cell.error})`,
});

/** What the sweep tells about one region. */
interface RegionFacts {
  /** The account said that it has switched the region on, or the region needs no switching on. */
  readonly isEnabled: boolean;
  readonly regionAnswered: boolean;
  /** No host of the region was found. */
  readonly isMissing: boolean;
}

interface SweepFacts {
  /** Some host of AWS, in whatever region, gave an answer to these credentials. */
  readonly sweepAnswered: boolean;
  readonly regions: ReadonlyMap<string, RegionFacts>;
  /** Services of which a host was found in some region. */
  readonly foundServices: ReadonlySet<string>;
}

const correctCell = (judged: JudgedCell, { sweepAnswered, regions, foundServices }: SweepFacts): Cell => {
  const { cell } = judged;
  const region = regions.get(cell.region);
  if (cell.outcome === 'not-in-region') {
    if (!sweepAnswered) return failedAs(cell, 'no AWS host was found: the network or its name service is down');
    if (region?.isMissing) return failedAs(cell, `no service was found in ${cell.region}: is it an AWS region?`);
    if (!foundServices.has(cell.service)) {
      return failedAs(cell, `${cell.service} was found in no region: does the name service know its hosts?`);
    }
  }
  if (isUnknown(judged) && (cell.outcome === 'denied' || cell.outcome === 'not-enabled')) {
    const isOff = sweepAnswered && !region?.regionAnswered && !region?.isEnabled && !judged.answered;
    return { ...cell, outcome: isOff ? 'not-enabled' : 'denied' };
  }
  return cell;
};

/**
 * Corrects what a cell alone cannot know: a service has no endpoint in a region only if it has one elsewhere, and a
 * region exists only if some service has one there; credentials are unknown to a region only if another knows them and
 * the account does not name the region among its `enabled` ones.
 */
export const judgeSweep = (judged: readonly JudgedCell[], enabled: readonly string[]): Cell[] => {
  const byRegion = Map.groupBy(judged, ({ cell }) => cell.region);
  const regions = new Map(
    [...byRegion].map(([region, cells]): [string, RegionFacts] => [
      region,
      {
        isEnabled: region === globalRegion || enabled.includes(region),
        regionAnswered: cells.some(isAnswer),
        isMissing: cells.every(({ cell }) => cell.outcome === 'not-in-region'),
      },
    ]),
  );
  const foundServices = new Set(judged.filter(isFound).map(({ cell }) => cell.service));
  const facts: SweepFacts = { sweepAnswered: judged.some(isAnswer), regions, foundServices };
  return judged.map(each => correctCell(each, facts));
};
