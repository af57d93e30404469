// Who manages what no state declares: stacks, services, AWS itself, or what a resource is a part of. Pure.
import type { StackResource } from '../../../../clients/aws/stacks.ts';
import type { ResourceManager } from '../../../../contract/drift/drift-report.ts';
import type { FoundResource } from '../resources.ts';
import { defaultContext, defaultManager, typesWithDefaults } from './owners-defaults.ts';
import { managerByField, typesWithFields } from './owners-fields.ts';
import { managerByName } from './owners-names.ts';
import { indexStacks, type StackIndex, stackManager, taggedStack } from './owners-stacks.ts';
import { managerByTag } from './owners-tags.ts';
import { indexWholes, wholeKey } from './owners-wholes.ts';

/** `manager` is undefined for what nobody manages; the reason then says what it claims. */
export interface Owner {
  readonly manager: ResourceManager | undefined;
  readonly reason: string | undefined;
}

export interface OwnerFacts {
  /** All that was found, parts too. */
  readonly found: readonly FoundResource[];
  /** Those that a state declares: their parts are nobody else's. */
  readonly declared: ReadonlySet<FoundResource>;
  readonly stacks: readonly StackResource[];
  /** Regions whose stacks could not be read: there a tag is all there is. */
  readonly unreadRegions: ReadonlySet<string>;
  /** Those whose stacks were asked for: of a stack elsewhere nobody can say that it is no more. */
  readonly regions: ReadonlySet<string>;
}

/** CloudFormation types whose descriptions the owners are read from. */
export const ownedByDescription: ReadonlySet<string> = new Set([
  ...typesWithFields,
  ...typesWithDefaults,
  'AWS::EC2::Volume',
  'AWS::EC2::EIP',
]);

const claimKey =
  /^(.*[-_:/])?(managed|created|provisioned|deployed|maintained)[-_ :]?(by|with|using)$|^(iac|provisioner|tool)$/i;
const terraform = /^(terraform|opentofu|terragrunt|tofu)\b/i;
const terraformKey = /^(terraform|opentofu|terragrunt)([-_:/].*)?$/i;

/** The tag by which a resource says that Terraform manages it: anyone may write one, so it is a hint. */
const claimOf = (found: FoundResource): string | undefined => {
  const claim = Object.entries(found.tags).find(
    ([key, value]) =>
      (claimKey.test(key) && terraform.test(value)) || (terraformKey.test(key) && !/^(false|no|0)$/i.test(value)),
  );
  return claim === undefined
    ? undefined
    : `its tag ${claim.join('=')} says that Terraform manages it, but no state that was read declares it`;
};

const nobody = (reason: string | undefined): Owner => ({ manager: undefined, reason });

interface Witnesses extends Pick<OwnerFacts, 'unreadRegions' | 'regions'> {
  readonly index: StackIndex;
  readonly defaults: ReturnType<typeof defaultContext>;
}

/** By the stack that its tags name: one that is no more has left the resource behind. */
const byStackTag = (found: FoundResource, { index, unreadRegions, regions }: Witnesses): Owner | undefined => {
  const tagged = taggedStack(found, index);
  if (tagged === undefined) return undefined;
  const { region } = tagged;
  const unseen = region === 'global' ? unreadRegions.size > 0 : unreadRegions.has(region) || !regions.has(region);
  if (tagged.known || unseen) {
    const evidence = `tag aws:cloudformation:stack-name${tagged.known ? '' : `; the stacks of ${region} were not read`}`;
    return { manager: { kind: 'cloudformation', name: tagged.name, evidence }, reason: undefined };
  }
  return nobody(`its tags name the CloudFormation stack ${tagged.name}, which is no more`);
};

const ownerOfItself = (found: FoundResource, witnesses: Witnesses): Owner => {
  const manager =
    stackManager(found, witnesses.index) ?? managerByTag(found) ?? managerByName(found) ?? managerByField(found);
  if (manager !== undefined) return { manager, reason: undefined };
  const tagged = byStackTag(found, witnesses);
  if (tagged?.manager !== undefined) return tagged;
  const byDefault = defaultManager(found, witnesses.defaults);
  if (byDefault !== undefined) return { manager: byDefault, reason: undefined };
  return tagged ?? nobody(claimOf(found));
};

/** What made the whole made its part. Of what AWS puts there by itself it does not follow: people add to it. */
const inherit = (part: FoundResource, whole: FoundResource, manager: ResourceManager): ResourceManager | undefined => {
  if (manager.kind === 'aws-default') return undefined;
  const how = part.partOf === undefined ? 'goes with' : 'part of';
  return { ...manager, evidence: `${how} ${whole.id} (${manager.evidence})` };
};

/**
 * Answers for each found resource that no state declares. Costs one walk over all that was found; what an answer looks up
 * afterwards are maps.
 */
export const createOwners = (facts: OwnerFacts): ((found: FoundResource) => Owner) => {
  const witnesses: Witnesses = {
    index: indexStacks(facts.stacks),
    unreadRegions: facts.unreadRegions,
    regions: facts.regions,
    defaults: defaultContext(facts.found),
  };
  const wholes = indexWholes(facts.found);
  return found => {
    const own = ownerOfItself(found, witnesses);
    const key = own.manager === undefined ? wholeKey(found) : undefined;
    const whole = key === undefined ? undefined : wholes.get(key);
    if (whole === undefined || facts.declared.has(whole)) return own;
    const above = ownerOfItself(whole, witnesses).manager;
    const manager = above === undefined ? undefined : inherit(found, whole, above);
    return manager === undefined ? own : { manager, reason: undefined };
  };
};
