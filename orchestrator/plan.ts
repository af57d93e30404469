// Accounts + settings → the plan of a run: what each account's Job is stamped with, and who is not visited and why. Pure.
import type { Account, Organization } from '../contract/account.ts';
import { InventoryError } from '../contract/errors.ts';
import { chooseInventory } from '../contract/inventory-choice.ts';
import { runnerJobName } from '../contract/names.ts';
import type { RunSettings } from '../contract/read-settings.ts';
import type { RunDate } from '../contract/report-keys.ts';
import { type Selection, type SkippedAccount, selectAccounts, selectsEverything } from '../contract/selection.ts';
import type { StampedFacts } from '../contract/stamped-facts.ts';
import type { TagFacts } from '../contract/tags/tag-facts.ts';
import { chooseTags, type TagSettings } from '../contract/tags/tag-settings.ts';
import { planDrift } from './plan-drift.ts';

export interface PlannedAccount {
  readonly account: Account;
  readonly facts: StampedFacts;
  readonly job: string;
}

export interface RunPlan {
  readonly run: string;
  readonly date: RunDate;
  readonly startedAt: string;
  readonly partition: string;
  readonly retryOf: string | null;
  /** Nothing narrowed the run. */
  readonly complete: boolean;
  readonly planned: readonly PlannedAccount[];
  readonly skipped: readonly SkippedAccount[];
  /** Ids of INCLUDE_ACCOUNTS, or of the retried run, that no account has: each becomes a failed row. */
  readonly unknownIds: readonly string[];
}

export interface PlanFacts {
  readonly run: string;
  readonly date: RunDate;
  readonly startedAt: string;
  /** Of the caller's ARN: `aws`, `aws-cn`, `aws-us-gov`. */
  readonly partition: string;
  readonly region: string;
  readonly bucket: string;
  /** Whole seconds of a runner Job's deadline; the scan must end before. */
  readonly jobSeconds: number;
  /** A retry visits only these. */
  readonly retry?: { readonly of: string; readonly ids: readonly string[] } | undefined;
}

/** INCLUDE_ACCOUNTS stands in place of accounts.include: the pipeline's variable is the later word. */
export const selectionOf = (settings: RunSettings): Selection =>
  settings.includeAccounts === null ? settings.accounts : { ...settings.accounts, include: settings.includeAccounts };

const roleArnOf = (account: Account, settings: RunSettings, partition: string): string => {
  const template =
    settings.role.overrides[account.id]?.arn ??
    account.role ??
    `arn:${partition}:iam::{account_id}:role/${settings.role.name}`;
  return template.replaceAll('{account_id}', account.id);
};

/** Session names end at 64 characters. */
const sessionNameOf = (account: Account, settings: RunSettings, run: string): string =>
  settings.role.sessionName.replaceAll('{run}', run).replaceAll('{account_id}', account.id).slice(0, 64);

/** Time for assume before the scan and for upload after it, within the Job's deadline. */
const scanSecondsOf = (jobSeconds: number): number =>
  Math.max(1, Math.floor(jobSeconds - Math.min(300, jobSeconds / 4)));

const setOnly = <Value>(key: string, value: Value | null | undefined): Record<string, Value> =>
  value === null || value === undefined ? {} : { [key]: value };

/** What is listed of the account, and where. */
const choiceOf = (account: Account, settings: RunSettings): Pick<StampedFacts, 'regions' | 'inventory'> => {
  const { regions: own, ...inventory } = chooseInventory(settings.inventory, account.id);
  const regions = own ?? account.regions ?? settings.regions;
  return { regions: regions === 'enabled' ? regions : [...regions], inventory };
};

const planTags = (settings: TagSettings, accountId: string): TagFacts | undefined => {
  const { required, exclude } = chooseTags(settings, accountId);
  return required.length === 0 ? undefined : { required: [...required], exclude: [...exclude] };
};

const factsOf = (account: Account, settings: RunSettings, facts: PlanFacts): StampedFacts => ({
  run: facts.run,
  accountId: account.id,
  accountName: account.name,
  roleArn: roleArnOf(account, settings, facts.partition),
  sessionName: sessionNameOf(account, settings, facts.run),
  ...setOnly(
    'externalId',
    settings.role.overrides[account.id]?.externalId ?? account.externalId ?? settings.role.externalId,
  ),
  ...setOnly('sourceIdentity', settings.role.sourceIdentity),
  region: facts.region,
  ...choiceOf(account, settings),
  ...setOnly('drift', planDrift(settings.drift, account)),
  ...setOnly('tags', planTags(settings.tags, account.id)),
  bucket: facts.bucket,
  prefix: settings.reports.prefix,
  ...setOnly('otherPrefix', settings.reports.otherPrefix),
  date: facts.date,
  ...setOnly('bucketOwner', settings.reports.expectedOwner),
  ...setOnly('kmsKey', settings.reports.kmsKey),
  scanSeconds: scanSecondsOf(facts.jobSeconds),
});

/** Ids and units of the settings that do not exist end the run before it starts; those of INCLUDE_ACCOUNTS do not. */
const refuseUnknown = (
  unknownIds: readonly string[],
  units: ReturnType<typeof selectAccounts>['unknownUnits'],
): void => {
  const problems = [
    ...unknownIds.map(id => `  the account ${JSON.stringify(id)} is not in the Organization`),
    ...units.map(
      ({ unit, nearest }) =>
        `  there is no organizational unit ${JSON.stringify(unit)}${nearest === null ? '' : `; the nearest is ${nearest}`}`,
    ),
  ];
  if (problems.length === 0) return;
  throw new InventoryError('unknown-account', `The selection names what does not exist:\n${problems.join('\n')}`, {
    remedy:
      'Correct accounts.include, accounts.exclude, accounts.organizationalUnits, role.overrides, inventory.overrides, drift.overrides, tags.overrides or the flags, and start again.',
  });
};

const narrowToRetry = (skipped: readonly SkippedAccount[], accounts: readonly Account[], facts: PlanFacts) => {
  const ids = new Set(facts.retry?.ids);
  const repeats = (account: Account) => facts.retry === undefined || ids.has(account.id);
  const left = accounts.filter(account => !repeats(account));
  const reason = { code: 'not-selected' as const, message: `it did not fail in the run ${facts.retry?.of}` };
  return {
    selected: accounts.filter(repeats),
    skipped: [...skipped, ...left.map(account => ({ account, ...reason }))],
  };
};

export const planRun = (organization: Organization, settings: RunSettings, facts: PlanFacts): RunPlan => {
  const selection = selectionOf(settings);
  const chosen = selectAccounts(organization, selection);
  const lenient = new Set(settings.includeAccounts);
  const known = new Set(organization.accounts.map(account => account.id));
  const overridden = [settings.role, settings.inventory, settings.drift, settings.tags].flatMap(({ overrides }) =>
    Object.keys(overrides),
  );
  const strangers = [...new Set(overridden)].filter(id => !known.has(id));
  refuseUnknown([...chosen.unknownIds.filter(id => !lenient.has(id)), ...strangers], chosen.unknownUnits);
  const left = (facts.retry?.ids ?? []).filter(id => !known.has(id));
  const { selected, skipped } = narrowToRetry(chosen.skipped, chosen.selected, facts);
  return {
    run: facts.run,
    date: facts.date,
    startedAt: facts.startedAt,
    partition: facts.partition,
    retryOf: facts.retry?.of ?? null,
    // A list in the settings is not the Organization: it must not decide who has left that.
    complete: facts.retry === undefined && settings.accounts.from === 'organization' && selectsEverything(selection),
    planned: selected.map(account => ({
      account,
      facts: factsOf(account, settings, facts),
      job: runnerJobName(facts.run, account.id),
    })),
    skipped,
    unknownIds: [...new Set([...chosen.unknownIds.filter(id => lenient.has(id)), ...left])],
  };
};
