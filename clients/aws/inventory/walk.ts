// Walks one cell: every row of one service in one region, page by page; a refused row does not end the others.
import type { ResourceTypeKey } from '../../../contract/catalogue/services.ts';
import { type AwsConnection, clientConfiguration } from '../connection.ts';
import { type AwsErrorFacts, type AwsErrorKind, describeAwsError } from '../errors.ts';
import type { ListedPage, ListingOptions, OpenService, ServiceListing } from './listing.ts';

export interface ListingFailure {
  /** The types of which something was not seen. */
  readonly types: readonly ResourceTypeKey[];
  readonly failure: AwsErrorFacts;
  /** True when the items were listed, and only asking about one was refused. */
  readonly describing: boolean;
}

export type WalkStep = ListedPage | ListingFailure;

/** Fewer tries than elsewhere: hundreds of calls share the account's rates, and a cell that fails is reported. */
export const scanTuning = { maxAttempts: 5, maxSockets: 4, idleTimeout: 30_000 } as const;

/** Answers that every further row of the cell would get too. */
const endsCell: readonly AwsErrorKind[] = ['credentials-expired', 'no-credentials'];
/** Likewise, unless a row was answered before: then it was a moment's, and the others are worth their try. */
const endsSilentCell: readonly AwsErrorKind[] = ['not-enabled', 'not-in-region'];

/** Each throttled row has cost seconds of waiting already. */
const throttledRows = 2;

const walkRows = async function* (service: OpenService, options: ListingOptions): AsyncGenerator<WalkStep> {
  let throttled = 0;
  let answered = false;
  for (const [index, listing] of service.listings.entries()) {
    try {
      for await (const page of service.pages(index, options)) {
        answered = true;
        yield page;
        if (page.undescribed !== undefined) {
          yield { types: listing.types, failure: describeAwsError(page.undescribed), describing: true };
        }
      }
    } catch (thrown) {
      // Stopped from outside: what is missing then is the caller's to say.
      if (options.abortSignal.aborted) throw thrown;
      const failure = describeAwsError(thrown);
      yield { types: listing.types, failure, describing: false };
      if (failure.kind === 'throttled') throttled += 1;
      if (endsCell.includes(failure.kind) || throttled === throttledRows) return;
      if (!answered && endsSilentCell.includes(failure.kind)) return;
    }
  }
};

/** Pages and failures of one service in the connection's region. Throws only when the signal stops it. */
export const walkService = async function* (
  listing: ServiceListing,
  connection: AwsConnection,
  options: ListingOptions,
): AsyncGenerator<WalkStep> {
  const service = listing.open(clientConfiguration(connection, scanTuning));
  try {
    yield* walkRows(service, options);
  } finally {
    service.close();
  }
};
