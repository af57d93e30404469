// The verdict: what states declare and what AWS has, joined → one word for each resource, with its reason. Pure.
import type { StackResource } from '../../../../clients/aws/stacks.ts';
import type { DriftChange } from '../../../../contract/drift/drift-report.ts';
import type { DeclaredResource, FoundResource, JoinedResource, JudgedResource } from '../resources.ts';
import { createOwners, type Owner } from './owners.ts';

/** Both sides of a resource, for the comparison of its attributes. */
export interface ComparedPair {
  readonly declared: DeclaredResource;
  readonly found: FoundResource;
}

export interface JudgeFacts {
  readonly joined: readonly JoinedResource[];
  readonly stacks: readonly StackResource[];
  /** Regions whose stacks could not be read, or not whole; none when left out. */
  readonly unreadStackRegions?: ReadonlySet<string>;
  /** Those that were scanned, and whose stacks were asked for. */
  readonly regions: ReadonlySet<string>;
  readonly compare: (pair: ComparedPair) => readonly DriftChange[];
}

const untold = { changes: [], manager: undefined, reason: undefined } as const;

const judgeDeclared = (
  joined: JoinedResource,
  declared: DeclaredResource,
  compare: JudgeFacts['compare'],
): JudgedResource => {
  const { found, unseen } = joined;
  if (found === undefined) {
    return unseen === null
      ? { ...joined, ...untold, verdict: 'missing' }
      : { ...joined, ...untold, verdict: 'unknown', reason: unseen };
  }
  if (joined.doubt !== undefined) return { ...joined, ...untold, verdict: 'unknown', reason: joined.doubt };
  const changes = compare({ declared, found });
  return { ...joined, ...untold, changes, verdict: changes.length > 0 ? 'changed' : 'managed' };
};

const judgeFound = (joined: JoinedResource, { manager, reason }: Owner): JudgedResource => {
  if (joined.doubt !== undefined) return { ...joined, ...untold, verdict: 'unknown', reason: joined.doubt };
  if (manager === undefined) return { ...joined, ...untold, reason, verdict: 'unmanaged' };
  const verdict = manager.kind === 'cloudformation' ? 'managed-by-stack' : 'managed-by-service';
  return { ...joined, ...untold, manager, verdict };
};

/**
 * One verdict for each: declared and there is managed or changed; declared and not there is missing, or unknown when its
 * listing could not be seen; there and not declared is of a stack, of a service, or unmanaged; what AWS makes by itself with
 * something else (`byDefault`) has none unless a state declares it. A missing resource is never
 * called so on the word of a listing that failed, and what may be gone already is unknown.
 */
export const judgeResources = (facts: JudgeFacts): JudgedResource[] => {
  const ownerOf = createOwners({
    found: facts.joined.flatMap(({ found }) => found ?? []),
    declared: new Set(facts.joined.flatMap(({ declared, found }) => (declared === undefined ? [] : (found ?? [])))),
    stacks: facts.stacks,
    unreadRegions: facts.unreadStackRegions ?? new Set(),
    regions: facts.regions,
  });
  return facts.joined.flatMap(joined => {
    if (joined.declared !== undefined) return judgeDeclared(joined, joined.declared, facts.compare);
    // What AWS makes with each whole (a local route, the last entry of an ACL) is nobody's, and there is one of each.
    return joined.found === undefined || joined.found.byDefault ? [] : judgeFound(joined, ownerOf(joined.found));
  });
};
