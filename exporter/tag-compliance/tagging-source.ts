// Source of a scan: the Tagging API of each region, with one session of the account's role. It needs no other right.
import pLimit from 'p-limit';
import type { AwsConnection } from '../../clients/aws/connection.ts';
import { listEnabledRegions } from '../../clients/aws/inventory/regions.ts';
import { walkTagged } from '../../clients/aws/inventory/tagging.ts';
import { createRequestRates } from '../../clients/aws/request-rates.ts';
import { parseArn } from '../../contract/catalogue/arn.ts';
import { typeOfArn } from '../../contract/catalogue/arn-types.ts';
import { regionsAction, taggingAction } from '../../contract/catalogue/services.ts';
import type { JudgedResource } from '../../reports/tags/judge-tags.ts';
import { enterAccount, explainRefusal } from './enter-account.ts';
import type { ReadAccount, RegionBook, ScannedAccount } from './read-account.ts';

/** Regions of an account that are read side by side. */
const regionsAtOnce = 6;
/** A region is read page by page, so that no more requests than regions are ever under way. */
const rateLimits = { inFlight: regionsAtOnce, perService: 1 };

const regionsOf = async (
  connection: AwsConnection,
  { regions }: ScannedAccount,
  signal: AbortSignal,
): Promise<readonly string[]> => {
  if (regions !== 'enabled') return regions;
  try {
    return await listEnabledRegions(connection, signal);
  } catch (thrown) {
    signal.throwIfAborted();
    const what = 'the account did not say which regions it has switched on';
    throw explainRefusal(thrown, { what, code: 'services-denied', action: regionsAction });
  }
};

const judged = (arn: string, tags: JudgedResource['tags']): JudgedResource => {
  const parsed = parseArn(arn);
  const type = parsed === undefined ? '' : typeOfArn(parsed).cloudFormationType;
  return { arn, type, tags, isShownByTagging: true };
};

const readRegion = async (
  place: Parameters<typeof walkTagged>[0],
  book: RegionBook,
  signal: AbortSignal,
): Promise<void> => {
  const { region } = place.connection;
  try {
    for await (const page of walkTagged(place, signal)) {
      for (const { arn, tags } of page) book.found(region, judged(arn, tags));
    }
    book.end(region);
  } catch (thrown) {
    signal.throwIfAborted();
    const what = `${region} could not be read`;
    book.end(region, explainRefusal(thrown, { what, code: 'services-denied', action: taggingAction }));
  }
};

/** `connection` has the caller's own credentials. */
export const taggingSource =
  (connection: AwsConnection): ReadAccount =>
  async (account, book, signal) => {
    const entered = await enterAccount(connection, account, signal);
    const regions = await regionsOf(entered, account, signal);
    const rates = createRequestRates(rateLimits, signal);
    const limit = pLimit(regionsAtOnce);
    await limit.map(regions, region => readRegion({ connection: { ...entered, region }, rates }, book, signal));
  };
