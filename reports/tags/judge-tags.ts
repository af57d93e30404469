// One resource beside the rules: left out, nobody's to tag, or what it carries and what it lacks. Pure.
import { registryType } from '../../contract/catalogue/registry.ts';
import { matchesWildcard, parseWildcard } from '../../contract/drift/wildcard.ts';
import type { RequiredTag } from '../../contract/tags/tag-report.ts';
import type { TagRules } from '../../contract/tags/tag-rules.ts';
import { parseExclusions } from './exclusions.ts';
import type { TypedResource } from './resource-type.ts';

export interface JudgedResource extends TypedResource {
  readonly tags: Readonly<Record<string, string>>;
  /** The Tagging API has shown it, which knows nothing that cannot be tagged. */
  readonly isShownByTagging: boolean;
}

export interface TagVerdict {
  /** Keys that the resource has to carry, in the order of the rules. */
  readonly required: readonly string[];
  /** Of them: those that it does not carry. */
  readonly missing: readonly string[];
  /** Of them: those that it carries with a value that is not allowed. */
  readonly wrong: readonly { readonly key: string; readonly value: string }[];
  /** True when it has no tag at all. */
  readonly untagged: boolean;
}

export type JudgeTags = (resource: JudgedResource) => TagVerdict | 'excluded' | 'not-applicable';

/** What carries a tag can be tagged, whatever the registry says; a type that it does not know may be taggable too. */
const isTaggable = ({ type, tags, isShownByTagging }: JudgedResource): boolean => {
  if (isShownByTagging || Object.keys(tags).length > 0) return true;
  const known = registryType(type);
  return known === undefined || known.tags !== undefined;
};

type Fits = (text: string) => boolean;

const anyOf = (patterns: readonly string[] | null): Fits => {
  if (patterns === null) return () => true;
  const wildcards = patterns.map(parseWildcard);
  return text => wildcards.some(wildcard => matchesWildcard(wildcard, text));
};

interface Rule {
  readonly key: string;
  readonly concerns: Fits;
  readonly allows: Fits;
}

const ruleOf = ({ key, values, types }: RequiredTag): Rule => ({ key, concerns: anyOf(types), allows: anyOf(values) });

/** A key is written as it is: AWS tells `Owner` from `owner`. An empty value is a value. */
export const openJudge = ({ required, exclude }: TagRules): JudgeTags => {
  const rules = required.map(ruleOf);
  const isExcluded = parseExclusions(exclude);
  return resource => {
    if (isExcluded(resource)) return 'excluded';
    const { tags, type } = resource;
    const own = rules.filter(({ concerns }) => concerns(type));
    if (own.length === 0 || !isTaggable(resource)) return 'not-applicable';
    const carried = own.filter(({ key }) => Object.hasOwn(tags, key));
    return {
      required: own.map(({ key }) => key),
      missing: own.filter(rule => !carried.includes(rule)).map(({ key }) => key),
      wrong: carried.flatMap(({ key, allows }) => {
        const value = tags[key] ?? '';
        return allows(value) ? [] : [{ key, value }];
      }),
      untagged: Object.keys(tags).length === 0,
    };
  };
};
