// Accounts → what each region's resources carry: side by side, and one account or region that fails costs no other.
import pLimit from 'p-limit';
import { startStopwatch, timestamp } from '../../clients/clock.ts';
import { InventoryError, toInventoryError } from '../../contract/errors.ts';
import type { TagRules } from '../../contract/tags/tag-rules.ts';
import type { JudgedResource } from '../../reports/tags/judge-tags.ts';
import type { ReadAccount, RegionBook, ScannedAccount } from './read-account.ts';
import type { RegionCounts } from './region-counts.ts';

export interface RegionScan {
  readonly region: string;
  /** undefined when the region was not read whole: half of the counts are no counts. */
  readonly counts: RegionCounts | undefined;
  /** undefined when it was. */
  readonly failure: InventoryError | undefined;
  /** Types that could not be listed, where the source lists by type. */
  readonly unseenTypes: number;
}

export interface AccountScan {
  readonly account: ScannedAccount;
  readonly seconds: number;
  readonly regions: readonly RegionScan[];
}

export interface TagScan {
  /** RFC 3339, UTC. */
  readonly finishedAt: string;
  readonly seconds: number;
  /** In the order of the settings. */
  readonly accounts: readonly AccountScan[];
}

/** Counts what it is given, once for each ARN. */
export interface RegionTally {
  readonly add: (resource: JudgedResource) => void;
  readonly counts: () => RegionCounts;
}

export interface ScanOrder {
  readonly accounts: readonly ScannedAccount[];
  readonly openTally: (rules: TagRules) => RegionTally;
  readonly read: ReadAccount;
  /** Accounts that are read side by side. Each has rates of its own with AWS; memory and sockets are shared. */
  readonly atOnce: number;
}

interface OpenRegion {
  readonly tally: RegionTally;
  /** null once it was read whole; undefined while nobody has ended it. */
  failure: InventoryError | null | undefined;
  unseenTypes: number;
}

const openBook = (order: ScanOrder, { regions, rules }: ScannedAccount) => {
  const opened = new Map<string, OpenRegion>();
  const open = (region: string): OpenRegion => {
    const known = opened.get(region);
    if (known !== undefined) return known;
    const fresh: OpenRegion = { tally: order.openTally(rules), failure: undefined, unseenTypes: 0 };
    opened.set(region, fresh);
    return fresh;
  };
  if (regions !== 'enabled') for (const region of regions) open(region);
  const book: RegionBook = {
    found: (region, resource) => open(region).tally.add(resource),
    end: (region, failure) => {
      open(region).failure = failure ?? null;
    },
    unseen: (region, types) => {
      open(region).unseenTypes = types;
    },
  };
  return { opened, book };
};

const closeRegion = (region: string, opened: OpenRegion, whole: InventoryError | undefined): RegionScan => {
  const { tally, unseenTypes } = opened;
  const unended = new InventoryError('unexpected', `the source did not say how ${region} ended`);
  const failure = whole ?? (opened.failure === undefined ? unended : (opened.failure ?? undefined));
  return { region, failure, unseenTypes, counts: failure === undefined ? tally.counts() : undefined };
};

const scanAccount = async (order: ScanOrder, account: ScannedAccount, signal: AbortSignal): Promise<AccountScan> => {
  const elapsed = startStopwatch();
  const { opened, book } = openBook(order, account);
  let whole: InventoryError | undefined;
  try {
    await order.read(account, book, signal);
  } catch (thrown) {
    signal.throwIfAborted();
    whole = toInventoryError(thrown);
    // Where the account was to say which regions it has, its failure still needs a series.
    if (opened.size === 0) book.end('');
  }
  const regions = [...opened].map(([region, each]) => closeRegion(region, each, whole));
  return { account, seconds: elapsed(), regions };
};

/** Throws nothing but the signal's reason. */
export const scanAccounts = async (order: ScanOrder, signal: AbortSignal): Promise<TagScan> => {
  const elapsed = startStopwatch();
  const limit = pLimit(order.atOnce);
  const accounts = await limit.map(order.accounts, account => scanAccount(order, account, signal));
  signal.throwIfAborted();
  return { finishedAt: timestamp(), seconds: elapsed(), accounts };
};

export interface ScanTrouble {
  readonly account: ScannedAccount;
  readonly regions: readonly string[];
  readonly failure: InventoryError;
}

/** Each failure once, with the regions that it cost. */
export const scanTroubles = ({ accounts }: TagScan): ScanTrouble[] =>
  accounts.flatMap(({ account, regions }) => {
    const failed = regions.flatMap(({ region, failure }) => (failure === undefined ? [] : [{ region, failure }]));
    const byMessage = Map.groupBy(failed, ({ failure }) => `${failure.code} ${failure.message}`);
    return [...byMessage.values()].flatMap(those => {
      const [first] = those;
      if (first === undefined) return [];
      return [{ account, regions: those.map(({ region }) => region), failure: first.failure }];
    });
  });

/** Types that could not be listed in regions that were read. */
export const countUnseen = ({ accounts }: TagScan): number =>
  accounts.flatMap(({ regions }) => regions).reduce((sum, { unseenTypes }) => sum + unseenTypes, 0);

/** Whether anything could be read: a scan of which nothing is known has failed. */
export const hasResults = ({ accounts }: TagScan): boolean =>
  accounts.some(({ regions }) => regions.some(({ failure }) => failure === undefined));
