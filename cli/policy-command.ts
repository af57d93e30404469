// `aws-inventory policy`: the least IAM policy for what is to be listed.
import { Command, Option } from 'commander';
import type { CatalogueType } from '../contract/catalogue/catalogue.ts';
import {
  inventoryActions,
  joinActions,
  managedPolicyCharacters,
  readingPolicy,
  splitPolicy,
} from '../contract/catalogue/policy.ts';
import { driftActions } from '../contract/drift/policy.ts';
import { InventoryError } from '../contract/errors.ts';
import { tagCallerActions, tagRoleActions } from '../contract/tags/policy.ts';
import type { CommandContext } from './command-context.ts';
import { plural } from './terminal-text.ts';
import { addSelectionFlags, inventorySettings, requireTypes, type SelectionFlags } from './type-selection.ts';

/** Without a selection of types: what these need is the same for all. */
const fixedActions = { tags: tagRoleActions, 'tags-caller': tagCallerActions } as const;

const purposes = ['inventory', 'drift', 'tags', 'tags-caller'] as const;
type Purpose = (typeof purposes)[number];

interface PolicyFlags extends SelectionFlags {
  readonly for: Purpose;
  readonly split?: boolean;
}

/** A drift compares with an inventory, so whoever may do the one may do the other. */
const actionsFor = (
  purpose: Exclude<Purpose, keyof typeof fixedActions>,
  types: readonly CatalogueType[],
): readonly string[] =>
  purpose === 'inventory' ? inventoryActions(types) : joinActions(inventoryActions(types), driftActions);

const showFixed = (purpose: keyof typeof fixedActions, flags: PolicyFlags, context: CommandContext): void => {
  const useless = (['services', 'types', 'exclude', 'split'] as const).find(name => flags[name] !== undefined);
  if (useless !== undefined) {
    const message = `--${useless} is about an inventory, and --for ${purpose} is the same for all types`;
    throw new InventoryError('usage', message, { remedy: `Leave out --${useless}.` });
  }
  const actions = fixedActions[purpose];
  context.stdout.write(`${JSON.stringify(readingPolicy(actions), null, 2)}\n`);
  const who =
    purpose === 'tags'
      ? 'for the role in every account; whoever starts the scan needs --for tags-caller'
      : 'for whoever starts the scan; the role in every account needs --for tags';
  context.stderr.write(`${plural(actions.length, 'action')} ${who}\n`);
};

const show = (flags: PolicyFlags, context: CommandContext): void => {
  if (flags.for === 'tags' || flags.for === 'tags-caller') {
    showFixed(flags.for, flags, context);
    return;
  }
  const { environment, stdout, stderr } = context;
  const types = requireTypes(inventorySettings(flags, environment).inventory);
  const actions = actionsFor(flags.for, types);
  if (flags.split) {
    const parts = splitPolicy(actions);
    stdout.write(`${JSON.stringify(parts, null, 2)}\n`);
    stderr.write(
      `${plural(actions.length, 'action')} in ${plural(parts.length, 'managed policy', 'managed policies')}\n`,
    );
    return;
  }
  const policy = readingPolicy(actions);
  stdout.write(`${JSON.stringify(policy, null, 2)}\n`);
  const characters = JSON.stringify(policy).length;
  const tooLong =
    characters > managedPolicyCharacters
      ? `; ${characters} characters are too many for one managed policy (${managedPolicyCharacters}): --split gives an array of policies that fit`
      : '';
  stderr.write(`${plural(actions.length, 'action')} for ${plural(types.length, 'type')}${tooLong}\n`);
};

export const policyCommand = (context: CommandContext): Command =>
  addSelectionFlags(new Command('policy'))
    .description('the least IAM policy: read-only actions, of the types that the settings and flags name')
    .addOption(new Option('--for <what>', 'whose rights').choices(purposes).default('inventory'))
    .option('--split', 'an array of policies, each small enough for a managed policy')
    .addHelpText(
      'after',
      '\nExample:\n  aws-inventory policy --for inventory --services ec2,s3,rds > inventory-policy.json\n  aws-inventory policy --for drift --split\n  aws-inventory policy --for tags',
    )
    .action((flags: PolicyFlags) => show(flags, context));
