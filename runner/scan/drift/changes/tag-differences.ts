// Tags of a state against tags at AWS: with the provider's default tags, and without AWS's own. Pure.
import { isMembers, type Members } from '../members.ts';
import type { CloudFacts, ComparedType } from './comparison.ts';
import type { Difference } from './differences.ts';

/** Nobody can set or remove them. */
const isAwsOwn = (key: string): boolean => key.startsWith('aws:');

/** undefined: AWS does not tell. */
const tagsAtAws = ({ found, isDescribed, values }: CloudFacts, kind: ComparedType['tags']): Members | undefined => {
  if (kind === 'listed' && isDescribed) return found.tags;
  // The Tagging API shows all tags of a resource, or does not know the resource.
  if (Object.keys(found.tags).length > 0) return found.tags;
  return isMembers(values['Tags']) ? values['Tags'] : undefined;
};

/** `tags_all` holds the provider's default tags too; older states do not have it. */
const tagsOfState = ({ tags, tags_all: all }: Members): Members | undefined =>
  isMembers(all) ? all : isMembers(tags) ? tags : undefined;

/** Which of the two attributes a person would look at. */
const attributeOf = (key: string, { tags, tags_all: all }: Members): string =>
  isMembers(all) && Object.hasOwn(all, key) && !(isMembers(tags) && Object.hasOwn(tags, key)) ? 'tags_all' : 'tags';

/** A difference for each tag. */
export const tagDifferences = (facts: CloudFacts, kind: ComparedType['tags']): Difference[] => {
  const before = tagsOfState(facts.declared);
  const now = tagsAtAws(facts, kind);
  if (kind === undefined || before === undefined || now === undefined) return [];
  const keys = [...new Set([...Object.keys(before), ...Object.keys(now)])].filter(key => !isAwsOwn(key));
  return keys.flatMap(key => {
    const [from, to] = [before[key] ?? null, now[key] ?? null];
    return from === to ? [] : [{ path: [attributeOf(key, facts.declared), key], from, to }];
  });
};
