// Scans of tags out of a few words, for what is made of them.
import { InventoryError } from '../../../contract/errors.ts';
import { anyValue } from '../../../contract/tags/tag-rules.ts';
import type { ReadAccount, ScannedAccount } from '../../../exporter/tag-compliance/read-account.ts';
import { tallyOpener } from '../../../exporter/tag-compliance/region-tally.ts';
import { scanAccounts, type TagScan } from '../../../exporter/tag-compliance/scan-accounts.ts';

/** Their rules are those of the scan. */
export const account = (id: string, regions: readonly string[] = ['us-east-1']): Omit<ScannedAccount, 'rules'> => ({
  id,
  name: `account ${id.slice(-1)}`,
  regions,
  role: { roleArn: `arn:aws:iam::${id}:role/audit` },
});

export const first = account('111111111111', ['us-east-1', 'eu-west-1']);
export const second = account('222222222222');

type Tags = Readonly<Record<string, string>>;

/** What a region shows: tags by ARN, an error, or nothing that it is ended with. */
export type Shown = Readonly<Record<string, Tags>> | InventoryError | 'unended';

/** By account and region: `111111111111 us-east-1`; an account alone is one that cannot be entered. */
export const showing =
  (shown: Readonly<Record<string, Shown>>): ReadAccount =>
  async ({ id, regions }, book) => {
    const refusal = shown[id];
    if (refusal instanceof InventoryError) throw refusal;
    for (const region of regions === 'enabled' ? [] : regions) {
      const there = shown[`${id} ${region}`] ?? {};
      if (there instanceof InventoryError) book.end(region, there);
      else if (there !== 'unended') {
        for (const [arn, tags] of Object.entries(there))
          book.found(region, { arn, type: '', tags, isShownByTagging: true });
        book.end(region);
      }
    }
  };

export interface ScanWords {
  readonly accounts?: readonly Omit<ScannedAccount, 'rules'>[];
  readonly shown: Readonly<Record<string, Shown>>;
  readonly required?: readonly string[];
  readonly exclude?: readonly string[];
}

export const scanOf = (words: ScanWords): Promise<TagScan> => {
  const rules = { required: (words.required ?? ['owner', 'environment']).map(anyValue), exclude: words.exclude ?? [] };
  const order = { openTally: tallyOpener('modern'), read: showing(words.shown), atOnce: 2 };
  const accounts = (words.accounts ?? [first]).map(each => ({ ...each, rules }));
  return scanAccounts({ ...order, accounts }, new AbortController().signal);
};

export const denied = new InventoryError('services-denied', 'eu-west-1 could not be read: AccessDenied: no');
