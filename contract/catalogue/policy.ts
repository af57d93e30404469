// The least IAM policies for what reads an account: the inventory, with or without the drift. Pure.
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

/** Each once, sorted; case as IAM's reference has it does not matter to IAM. */
export const joinActions = (...lists: readonly (readonly string[])[]): string[] => {
  const byName = new Map(lists.flat().map(action => [action.toLowerCase(), action]));
  return [...byName.values()].sort((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1));
};

/** Every action that listing the types needs. */
export const inventoryActions = (types: readonly CatalogueType[]): string[] => {
  const always = [regionsAction, taggingAction, ...hintActions];
  const actions = joinActions(always, ...types.map(type => type.actions));
  const asksControl = types.some(({ tier }) => tier === 'cloud-control');
  return asksControl ? actions : actions.filter(action => action.toLowerCase() !== cloudControlAction.toLowerCase());
};

/** Reading rights alone, on whatever there is. */
export const readingPolicy = (actions: readonly string[]): PolicyDocument => ({
  Version: '2012-10-17',
  Statement: [{ Sid: 'Inventory', Effect: 'Allow', Action: actions, Resource: '*' }],
});

const charactersOf = (actions: readonly string[]): number => JSON.stringify(readingPolicy(actions)).length;

/** Policies that each fit into a managed policy, services kept together as far as they can. */
export const splitPolicy = (actions: readonly string[]): PolicyDocument[] => {
  const parts: string[][] = [[]];
  for (const action of actions) {
    const last = parts.at(-1) ?? [];
    if (charactersOf([...last, action]) <= managedPolicyCharacters) last.push(action);
    else parts.push([action]);
  }
  return parts.map(readingPolicy);
};
