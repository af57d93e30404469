// The tags of one account, from the inventory's report to tags.json: every resource once, and memory for one of them.
import { readRecords } from '../../../clients/formats/convert-report.ts';
import type { InventoryRecord } from '../../../contract/catalogue/inventory-record.ts';
import { reconFile } from '../../../contract/names.ts';
import { blindOutcomes, type Cell, type TagRegionCounts } from '../../../contract/scan-report.ts';
import type { TagSummary, UnseenType } from '../../../contract/tags/tag-report.ts';
import type { TagRules } from '../../../contract/tags/tag-rules.ts';
import { isMadeByAws } from '../../../reports/tags/made-by-aws.ts';
import { openTagTally, type TalliedResource } from '../../../reports/tags/tally.ts';
import { openFindings } from './findings-file.ts';

export interface TagCheck {
  readonly account: string;
  readonly rules: TagRules;
  readonly cells: readonly Cell[];
  readonly reportsDirectory: string;
  /** RFC 3339, UTC. */
  readonly date: string;
  readonly signal: AbortSignal;
}

export interface TagCheckResult {
  readonly summary: TagSummary;
  readonly regions: readonly TagRegionCounts[];
}

const resourceOf = (record: InventoryRecord): TalliedResource => {
  const { resource, resourceType: type, region, name, tags, sources } = record;
  const { arn } = resource;
  return {
    ...{ arn, type, region, tags, name: name ?? null },
    isShownByTagging: sources.includes('tagging'),
    isMadeByAws: isMadeByAws(type, resource, arn),
  };
};

/** Listings that failed or were cut, expected ones too: their resources are in no count. */
const unseenTypes = (cells: readonly Cell[]): UnseenType[] => {
  const blind = cells.filter(({ outcome, truncated }) => truncated !== undefined || blindOutcomes.includes(outcome));
  return [...Map.groupBy(blind, ({ type, outcome }) => `${type} ${outcome}`).values()].flatMap(same =>
    same.slice(0, 1).map(({ type, outcome }) => ({ type, outcome, regions: same.map(({ region }) => region) })),
  );
};

/** Leaves tags.json, whole or not at all. Rejects with `report-unreadable`, the signal's reason, and the system's errors. */
export const checkTags = async (check: TagCheck): Promise<TagCheckResult> => {
  const { account, rules, cells, reportsDirectory, date, signal } = check;
  const tally = openTagTally(rules);
  const required = [...rules.required];
  const findings = await openFindings(reportsDirectory, {
    schemaVersion: 1,
    account,
    source: 'inventory',
    date,
    required,
  });
  try {
    for await (const { record } of readRecords(`${reportsDirectory}/${reconFile}`)) {
      signal.throwIfAborted();
      const finding = tally.add(resourceOf(record));
      if (finding !== undefined) await findings.write(finding);
    }
    const summary = tally.summary();
    await findings.publish({ summary, rows: tally.rows(), unseen: unseenTypes(cells) });
    return { summary, regions: tally.regions() };
  } catch (thrown) {
    await findings.discard();
    throw thrown;
  }
};
