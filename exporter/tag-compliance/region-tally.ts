// Resources one by one → the counts of a region, by the type that labels name. Keeps those that lack something, and no tags.
import type { TagRules } from '../../contract/tags/tag-rules.ts';
import { type JudgedResource, openJudge, type TagVerdict } from '../../reports/tags/judge-tags.ts';
import { type LabelForm, resourceTypeOf } from '../../reports/tags/resource-type.ts';
import type { LackingResource, RegionCounts, TypeCounts } from './region-counts.ts';
import type { RegionTally } from './scan-accounts.ts';

interface OpenType {
  checked: number;
  compliant: number;
  readonly tags: Map<string, { checked: number; compliant: number }>;
}

const lackOf = ({ required, missing, wrong }: TagVerdict): string[] =>
  required.filter(key => missing.includes(key) || wrong.some(tag => tag.key === key));

const countResource = (type: OpenType, { required }: TagVerdict, lack: readonly string[]): void => {
  type.checked += 1;
  if (lack.length === 0) type.compliant += 1;
  for (const key of required) {
    const tag = type.tags.get(key) ?? { checked: 0, compliant: 0 };
    type.tags.set(key, tag);
    tag.checked += 1;
    if (!lack.includes(key)) tag.compliant += 1;
  }
};

const closeTypes = (types: ReadonlyMap<string, OpenType>): TypeCounts[] =>
  [...types].map(([resourceType, { checked, compliant, tags }]) => ({
    resourceType,
    checked,
    compliant,
    tags: [...tags].map(([key, counts]) => ({ key, ...counts })),
  }));

export const tallyOpener =
  (form: LabelForm) =>
  (rules: TagRules): RegionTally => {
    const judge = openJudge(rules);
    // Two series of one name and labels would cost the whole scrape, and AWS may show a resource on two pages.
    const seen = new Set<string>();
    const types = new Map<string, OpenType>();
    const lacking: LackingResource[] = [];
    let [untagged, excluded] = [0, 0];
    const add = (resource: JudgedResource): void => {
      if (seen.has(resource.arn)) return;
      seen.add(resource.arn);
      const verdict = judge(resource);
      if (verdict === 'excluded') excluded += 1;
      if (typeof verdict === 'string') return;
      const resourceType = resourceTypeOf(resource, form);
      const type = types.get(resourceType) ?? { checked: 0, compliant: 0, tags: new Map() };
      types.set(resourceType, type);
      const lack = lackOf(verdict);
      countResource(type, verdict, lack);
      if (verdict.untagged) untagged += 1;
      if (lack.length > 0) lacking.push({ arn: resource.arn, resourceType, tags: lack });
    };
    const counts = (): RegionCounts => {
      const closed = closeTypes(types);
      const sum = (read: (type: TypeCounts) => number) => closed.reduce((total, type) => total + read(type), 0);
      const [checked, compliant] = [sum(type => type.checked), sum(type => type.compliant)];
      return { checked, compliant, untagged, excluded, types: closed, lacking };
    };
    return { add, counts };
  };
