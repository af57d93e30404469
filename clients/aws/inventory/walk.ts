// Walks one service in one region: its rows some at a time, page by page; a refused row does not end the others.
import { type AwsConnection, clientConfiguration } from '../connection.ts';
import { type AwsErrorFacts, type AwsErrorKind, describeAwsError } from '../errors.ts';
import type { RequestRates } from '../request-rates.ts';
import type { ListedPage, ListingOptions, OpenService, ServiceListing } from './listing.ts';
import { mergeIterables } from './merge-iterables.ts';

export interface ListingFailure {
  /** The types of which something was not seen. */
  readonly types: readonly string[];
  readonly failure: AwsErrorFacts;
  /** True when the items were listed, and only asking about one was refused. */
  readonly describing: boolean;
}

export type WalkStep = ListedPage | ListingFailure;

/** Fewer tries than elsewhere: hundreds of calls share the account's rates, and what fails is reported. */
export const scanTuning = { maxAttempts: 5, maxSockets: 4, idleTimeout: 30_000, callTimeout: 90_000 } as const;

/** Answers that every further row of the service would get too. */
const endsService: readonly AwsErrorKind[] = ['credentials-expired', 'no-credentials'];
/** Likewise, unless a row was answered before: then it was a moment's, and the others are worth their try. */
const endsSilentService: readonly AwsErrorKind[] = ['not-enabled', 'not-in-region'];

/** Each throttled row has cost seconds of waiting already. */
const throttledRows = 2;

/** Rows of a service that are walked at once, each with a page in memory. */
const rowsAtOnce = 4;

export interface WalkOptions extends ListingOptions {
  /** Keys of the types that are wanted; rows that show none of them are not asked. */
  readonly types: ReadonlySet<string>;
}

interface ServiceState {
  answered: boolean;
  throttled: number;
  /** What every row that was not begun would be answered too. */
  ended: AwsErrorFacts | undefined;
}

const noteFailure = (state: ServiceState, failure: AwsErrorFacts): void => {
  if (failure.kind === 'throttled') state.throttled += 1;
  const ends = endsService.includes(failure.kind) || state.throttled === throttledRows;
  if (ends || (!state.answered && endsSilentService.includes(failure.kind))) state.ended ??= failure;
};

const walkRow = async function* (
  service: OpenService,
  index: number,
  { options, state }: { options: WalkOptions; state: ServiceState },
): AsyncGenerator<WalkStep> {
  const types = (service.listings[index]?.types ?? []).filter(type => options.types.has(type));
  if (state.ended !== undefined) {
    yield { types, failure: state.ended, describing: false };
    return;
  }
  try {
    for await (const page of service.pages(index, options)) {
      state.answered = true;
      if (!options.types.has(page.type)) continue;
      yield page;
      if (page.undescribed !== undefined) {
        yield { types: [page.type], failure: describeAwsError(page.undescribed), describing: true };
      }
    }
  } catch (thrown) {
    // Stopped from outside: what is missing then is the caller's to say.
    if (options.abortSignal.aborted) throw thrown;
    const failure = describeAwsError(thrown);
    noteFailure(state, failure);
    yield { types, failure, describing: false };
  }
};

const walkRows = async function* (service: OpenService, options: WalkOptions): AsyncGenerator<WalkStep> {
  const state: ServiceState = { answered: false, throttled: 0, ended: undefined };
  const wanted = service.listings.flatMap(({ types }, index) =>
    types.some(type => options.types.has(type)) ? [index] : [],
  );
  const [first, ...rest] = wanted.map(index => () => walkRow(service, index, { options, state }));
  // The first alone: where the service is not there at all, one question is enough.
  if (first !== undefined) yield* first();
  yield* mergeIterables(rest, rowsAtOnce);
};

export interface WalkPlace {
  readonly connection: AwsConnection;
  readonly rates: RequestRates;
}

/** Pages and failures of one service in the connection's region. Throws only when the signal stops it. */
export const walkService = async function* (
  listing: ServiceListing,
  { connection, rates }: WalkPlace,
  options: WalkOptions,
): AsyncGenerator<WalkStep> {
  const service = listing.open(clientConfiguration(connection, scanTuning));
  rates.govern(service.client, { service: listing.service.key, region: connection.region });
  try {
    yield* walkRows(service, options);
  } finally {
    service.close();
  }
};
