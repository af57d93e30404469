// Resources one by one → the counts of tags.json: by region and type, by region, and in sum. Keeps counts alone. Pure.
import type { TagRegionCounts } from '../../contract/scan-report.ts';
import type { TagFinding, TagRow, TagSummary } from '../../contract/tags/tag-report.ts';
import type { TagRules } from '../../contract/tags/tag-rules.ts';
import { type JudgedResource, openJudge, type TagVerdict } from './judge-tags.ts';
import { resourceTypeOf } from './resource-type.ts';

export interface TalliedResource extends JudgedResource {
  readonly region: string;
  readonly name: string | null;
  /** AWS keeps it, and nobody can tag it. */
  readonly isMadeByAws: boolean;
}

export interface TagTally {
  /** What it lacks; undefined when it lacks nothing, or has nothing to carry. */
  readonly add: (resource: TalliedResource) => TagFinding | undefined;
  readonly summary: () => TagSummary;
  /** In the order of regions and types. */
  readonly rows: () => TagRow[];
  readonly regions: () => TagRegionCounts[];
}

interface TagCount {
  checked: number;
  compliant: number;
}

interface OpenRow {
  readonly region: string;
  readonly type: string;
  readonly resourceType: string;
  checked: number;
  compliant: number;
  untagged: number;
  readonly tags: Map<string, TagCount>;
}

const lacks = ({ missing, wrong }: TagVerdict, key: string): boolean =>
  missing.includes(key) || wrong.some(tag => tag.key === key);

const isCompliant = ({ missing, wrong }: TagVerdict): boolean => missing.length + wrong.length === 0;

const countInto = (row: OpenRow, verdict: TagVerdict): void => {
  row.checked += 1;
  if (isCompliant(verdict)) row.compliant += 1;
  if (verdict.untagged) row.untagged += 1;
  for (const key of verdict.required) {
    const tag = row.tags.get(key) ?? { checked: 0, compliant: 0 };
    row.tags.set(key, tag);
    tag.checked += 1;
    if (!lacks(verdict, key)) tag.compliant += 1;
  }
};

const sumOf = (rows: readonly OpenRow[], name: 'checked' | 'compliant' | 'untagged'): number =>
  rows.reduce((sum, row) => sum + row[name], 0);

const regionOf = (region: string, rows: readonly OpenRow[]): TagRegionCounts => {
  const tags = new Map<string, TagCount>();
  for (const [key, { checked, compliant }] of rows.flatMap(row => [...row.tags])) {
    const sum = tags.get(key) ?? { checked: 0, compliant: 0 };
    tags.set(key, { checked: sum.checked + checked, compliant: sum.compliant + compliant });
  }
  return {
    region,
    checked: sumOf(rows, 'checked'),
    compliant: sumOf(rows, 'compliant'),
    untagged: sumOf(rows, 'untagged'),
    tags: [...tags].map(([key, counts]) => ({ key, ...counts })),
  };
};

const inOrder = (a: OpenRow, b: OpenRow): number => {
  const [one, other] = [`${a.region} ${a.type} ${a.resourceType}`, `${b.region} ${b.type} ${b.resourceType}`];
  return one < other ? -1 : one > other ? 1 : 0;
};

export const openTagTally = (rules: TagRules): TagTally => {
  const judge = openJudge(rules);
  const open = new Map<string, OpenRow>();
  let [excluded, notApplicable] = [0, 0];
  const rowOf = ({ region, type }: TalliedResource, resourceType: string): OpenRow => {
    const key = JSON.stringify([region, type, resourceType]);
    const row = open.get(key) ?? {
      ...{ region, type, resourceType, checked: 0, compliant: 0, untagged: 0 },
      tags: new Map<string, TagCount>(),
    };
    open.set(key, row);
    return row;
  };
  const add = (resource: TalliedResource): TagFinding | undefined => {
    const verdict = resource.isMadeByAws ? 'not-applicable' : judge(resource);
    if (verdict === 'excluded') excluded += 1;
    if (verdict === 'not-applicable') notApplicable += 1;
    if (typeof verdict === 'string') return undefined;
    const resourceType = resourceTypeOf(resource, 'modern');
    countInto(rowOf(resource, resourceType), verdict);
    if (isCompliant(verdict)) return undefined;
    const { arn, type, region, name } = resource;
    const { missing, wrong, untagged } = verdict;
    return { arn, type, resourceType, region, name, missing: [...missing], wrong: [...wrong], untagged };
  };
  const sorted = () => [...open.values()].sort(inOrder);
  return {
    add,
    summary: () => {
      const all = sorted();
      const [checked, compliant] = [sumOf(all, 'checked'), sumOf(all, 'compliant')];
      const compliance = checked === 0 ? null : compliant / checked;
      return { checked, compliant, untagged: sumOf(all, 'untagged'), excluded, notApplicable, compliance };
    },
    rows: () =>
      sorted().map(({ tags, ...row }) => ({
        ...row,
        tags: [...tags].map(([key, { compliant }]) => ({ key, compliant })),
      })),
    regions: () => [...Map.groupBy(sorted(), ({ region }) => region)].map(([region, rows]) => regionOf(region, rows)),
  };
};
