// From answers to outcomes: what became of one type in one region, by its own answers. Pure.
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
export const unknownCredentials = /^(InvalidClientTokenId|UnrecognizedClientException|AuthFailure|InvalidAccessKeyId)$/;

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

/** Which cell it is. */
export interface CellPlace {
  readonly region: string;
  readonly type: string;
  readonly service: string;
  readonly tier: Cell['tier'];
  /** The host that was asked: a service's key, or `cloudcontrol` for all that Cloud Control lists. */
  readonly host: string;
}

/** What the listing of one type in one region counted. */
export interface CellTally extends CellPlace {
  readonly resources: number;
  /** Pages that the API gave, empty ones too. */
  readonly pages: number;
  readonly truncated: number;
  readonly failures: readonly AwsErrorFacts[];
  /** Why the walk was ended from outside, before it had asked for everything. */
  readonly stopped?: string | undefined;
}

/** A cell with the kind of its failure, which the whole sweep may read otherwise than the cell alone. */
export interface JudgedCell {
  readonly cell: Cell;
  readonly host: string;
  readonly worst: AwsErrorFacts | undefined;
  /** Some of it was answered, whatever came after. */
  readonly answered: boolean;
}

const longestError = 300;

const errorText = ({ code, message }: AwsErrorFacts): string => {
  const text = message === '' ? code : `${code}: ${message}`;
  return text.length > longestError ? `${text.slice(0, longestError - 1)}…` : text;
};

/** No host of that name was found, as opposed to an API that says that it does not know the type there. */
export const isMissingHost = ({ kind, code }: AwsErrorFacts): boolean =>
  kind === 'not-in-region' && /^(ENOTFOUND|UnknownEndpoint)$/.test(code);

/** A host that is not found is missing only where it never answered: global services have one, others may lose theirs. */
const doubtMissingHost = ({ region, pages, failures }: CellTally): readonly AwsErrorFacts[] => {
  const isMissing = pages === 0 && region !== globalRegion && failures.every(isMissingHost);
  if (isMissing) return failures;
  return failures.map(failure => (isMissingHost(failure) ? { ...failure, kind: 'unavailable' as const } : failure));
};

/** The outcome of one cell by its own answers. */
export const judgeCell = (tally: CellTally): JudgedCell => {
  const worst = worstOf(doubtMissingHost(tally));
  const answered: CellOutcome = tally.resources + tally.truncated > 0 ? 'listed' : 'empty';
  const stopped = tally.stopped !== undefined && (worst === undefined || rankOf(worst) > 1);
  const outcome = stopped ? 'failed' : worst === undefined ? answered : outcomeByKind[worst.kind];
  const error = stopped ? tally.stopped : worst === undefined ? undefined : errorText(worst);
  return {
    host: tally.host,
    worst: stopped ? undefined : worst,
    answered: tally.pages > 0,
    cell: {
      type: tally.type,
      service: tally.service,
      tier: tally.tier,
      region: tally.region,
      outcome,
      resources: tally.resources,
      ...(error === undefined ? {} : { error }),
      ...(stopped || worst?.action == null ? {} : { action: worst.action }),
      ...(outcome === 'denied' && worst?.byServiceControlPolicy ? { byServiceControlPolicy: true } : {}),
      ...(tally.truncated > 0 ? { truncated: tally.truncated } : {}),
    },
  };
};
