// The least IAM policy with which the inventory can list the types that are asked of it. Pure.
import { type CatalogueType, cloudControlAction } from './catalogue.ts';
import { hintActions } from './hint-actions.ts';
import { regionsAction, taggingAction } from './services.ts';

export interface PolicyDocument {
  readonly Version: '2012-10-17';
  readonly Statement: readonly {
    readonly Sid: string;
    readonly Effect: 'Allow';
    readonly Action: readonly string[];
    readonly Resource: '*';
  }[];
}

/** Characters of a managed policy, white space not counted. */
export const managedPolicyCharacters = 6_144;

/** Every action that listing the types needs, sorted; case as IAM's reference has it does not matter to IAM. */
export const inventoryActions = (types: readonly CatalogueType[]): string[] => {
  const always = [regionsAction, taggingAction, ...hintActions];
  const actions = [...always, ...types.flatMap(type => type.actions)];
  const byName = new Map(actions.map(action => [action.toLowerCase(), action]));
  if (!types.some(({ tier }) => tier === 'cloud-control')) byName.delete(cloudControlAction.toLowerCase());
  return [...byName.values()].sort((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1));
};

const document = (actions: readonly string[]): PolicyDocument => ({
  Version: '2012-10-17',
  Statement: [{ Sid: 'Inventory', Effect: 'Allow', Action: actions, Resource: '*' }],
});

/** One policy with all of them. */
export const inventoryPolicy = (types: readonly CatalogueType[]): PolicyDocument => document(inventoryActions(types));

const charactersOf = (actions: readonly string[]): number => JSON.stringify(document(actions)).length;

/** Policies that each fit into a managed policy, services kept together as far as they can. */
export const splitPolicy = (types: readonly CatalogueType[]): PolicyDocument[] => {
  const parts: string[][] = [[]];
  for (const action of inventoryActions(types)) {
    const last = parts.at(-1) ?? [];
    if (charactersOf([...last, action]) <= managedPolicyCharacters) last.push(action);
    else parts.push([action]);
  }
  return parts.map(document);
};
