// `aws-inventory policy`: the least IAM policy for what is to be listed.
import { Command, Option } from 'commander';
import { defaultRegion } from '../clients/aws/connection.ts';
import type { EstateFacts } from '../contract/access/estate.ts';
import { estateFacts } from '../contract/access/estate-facts.ts';
import { memberRole } from '../contract/access/member-role.ts';
import { policyDocument } from '../contract/access/policy-document.ts';
import {
  exporterPolicy,
  orchestratorPolicy,
  runnerPolicy,
  uploaderStatements,
} from '../contract/access/role-statements.ts';
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
import { partitionOfRegion } from '../contract/partition.ts';
import { tagCallerActions, tagRoleActions } from '../contract/tags/policy.ts';
import type { CommandContext } from './command-context.ts';
import { findOwnFiles } from './own-files.ts';
import { plural } from './terminal-text.ts';
import { addSelectionFlags, inventorySettings, requireTypes, type SelectionFlags } from './type-selection.ts';

/** Without a selection of types: what these need is the same for all. */
const fixedActions = { tags: tagRoleActions, 'tags-caller': tagCallerActions } as const;

const programs = ['orchestrator', 'runner', 'uploader', 'exporter', 'member'] as const;
type Program = (typeof programs)[number];
const isProgram = (purpose: Purpose): purpose is Program => (programs as readonly string[]).includes(purpose);

const purposes = ['inventory', 'drift', 'tags', 'tags-caller', ...programs] as const;
type Purpose = (typeof purposes)[number];

const unknownAccount = '000000000000';

interface PolicyFlags extends SelectionFlags {
  readonly for: Purpose;
  readonly split?: boolean;
}

/** A drift compares with an inventory, so whoever may do the one may do the other. */
const actionsFor = (purpose: 'inventory' | 'drift', types: readonly CatalogueType[]): readonly string[] =>
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

const programPolicies = {
  orchestrator: orchestratorPolicy,
  runner: runnerPolicy,
  uploader: (facts: EstateFacts) => policyDocument(...uploaderStatements(facts)),
  exporter: exporterPolicy,
} as const;

/** Of the role in every account all that belongs to it, by name; of the others the one document. */
const policyOf = (program: Program, facts: EstateFacts): unknown => {
  if (program !== 'member') return programPolicies[program](facts);
  const { trust, inlinePolicies, ownPolicies } = memberRole(facts);
  return { trust, policies: { ...ownPolicies, ...inlinePolicies } };
};

/** As `infrastructure apply` gives it, from the same settings; accounts that only AWS knows are shown as zeros. */
const showProgram = (program: Program, flags: PolicyFlags, { environment, stdout, stderr }: CommandContext): void => {
  const settings = inventorySettings(flags, environment);
  const { reports, infrastructure } = settings;
  const region = settings.region ?? environment['AWS_REGION'] ?? defaultRegion;
  const identities = {
    partition: partitionOfRegion(region),
    region,
    billingAccountId: environment['BILLING_ACCOUNT_ID'] || unknownAccount,
    securityAccountId: reports.expectedOwner ?? unknownAccount,
    organizationId: infrastructure.organizationId ?? null,
  };
  const { own } = findOwnFiles(infrastructure.policies, identities.securityAccountId);
  const facts = estateFacts(settings, identities, own);
  stdout.write(`${JSON.stringify(policyOf(program, facts), null, 2)}\n`);
  const where = program === 'member' ? 'the role in every account' : `the role of the ${program}`;
  stderr.write(`for ${where}, with ${JSON.stringify(facts.bucket.name)} under ${facts.bucket.prefix}/\n`);
};

const show = (flags: PolicyFlags, context: CommandContext): void => {
  if (isProgram(flags.for)) {
    showProgram(flags.for, flags, context);
    return;
  }
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
      '\nExample:\n  aws-inventory policy --for inventory --services ec2,s3,rds > inventory-policy.json\n  aws-inventory policy --for drift --split\n  aws-inventory policy --for tags\n  BUCKET_NAME=my-inventory-bucket aws-inventory policy --for orchestrator',
    )
    .action((flags: PolicyFlags) => show(flags, context));
