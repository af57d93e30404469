// Settings + who the profiles turned out to be → the facts that the estate is made from. Pure.
import { inventoryActions, joinActions } from '../catalogue/policy.ts';
import { selectTypes } from '../catalogue/selection.ts';
import { driftNeedsTags, driftNeedsTree } from '../drift/drift-settings.ts';
import { driftActions } from '../drift/policy.ts';
import { parseStateLocation } from '../drift/state-location.ts';
import { statePolicy } from '../drift/state-policy.ts';
import { InventoryError } from '../errors.ts';
import { chooseInventory } from '../inventory-choice.ts';
import { needsTags, needsTree } from '../selection.ts';
import type { Settings } from '../settings.ts';
import type { EstateFacts } from './estate.ts';
import { noOwnFiles, type OwnFiles } from './own-files.ts';
import { type PolicyDocument, policyDocument } from './policy-document.ts';

export interface EstateIdentities {
  readonly partition: string;
  readonly region: string;
  readonly billingAccountId: string;
  readonly securityAccountId: string;
  readonly organizationId: string | null;
}

/** Reading the tree or tags costs rights that a plain list of accounts does not need. */
const organizationActions = ({ accounts, drift }: Settings): string[] => [
  'organizations:ListAccounts',
  ...(needsTree(accounts) || driftNeedsTree(drift)
    ? [
        'organizations:ListAccountsForParent',
        'organizations:ListOrganizationalUnitsForParent',
        'organizations:ListRoots',
      ]
    : []),
  ...(needsTags(accounts) || driftNeedsTags(drift) ? ['organizations:ListTagsForResource'] : []),
];

/** There is one template for all accounts: what a single one is asked for besides, all of them allow. */
const memberActions = ({ inventory, drift }: Settings): string[] => {
  const choices = ['', ...Object.keys(inventory.overrides)].map(id => chooseInventory(inventory, id));
  const types = new Set(choices.flatMap(choice => [...selectTypes(choice)]));
  const compares = [drift, ...Object.values(drift.overrides)].some(({ from }) => (from ?? []).length > 0);
  return joinActions(inventoryActions([...types]), compares ? driftActions : []);
};

const otherRoleArns = ({ role, accounts, drift }: Settings): string[] => {
  const overrides = Object.entries(role.overrides).flatMap(
    ([id, { arn }]) => arn?.replaceAll('{account_id}', id) ?? [],
  );
  const listed = accounts.from === 'organization' ? [] : accounts.from;
  const named = listed.flatMap(({ id, role: arn }) => arn?.replaceAll('{account_id}', id) ?? []);
  const states = [drift, ...Object.values(drift.overrides)].flatMap(({ state }) => state?.role ?? []);
  return [...new Set([...overrides, ...named, ...states.map(arn => arn.replaceAll('{account_id}', '*'))])].sort(
    (a, b) => (a < b ? -1 : 1),
  );
};

/** Whatever the account: placeholders stand for anything. */
const anyAccount = (template: string): string => template.replaceAll(/\{[^{},]*\}/g, '*');

/** The document that a role of the account's own needs for states in S3. */
const memberStates = ({ drift }: Settings, partition: string): PolicyDocument | null => {
  const choices = [drift, ...Object.values(drift.overrides)].map(own => ({
    from: own.from ?? [],
    state: { ...drift.state, ...own.state },
  }));
  const own = choices.filter(({ state }) => state.role === undefined);
  const locations = own
    .flatMap(({ from }) => from.map(template => parseStateLocation(anyAccount(template))))
    .filter(({ scheme }) => scheme === 'tfstate+s3');
  const kmsKeys = [...new Set(own.flatMap(({ state }) => state.kmsKeys ?? []))];
  if (locations.length === 0 && kmsKeys.length === 0) return null;
  const { Statement } = statePolicy({ partition, locations, kmsKeys });
  return policyDocument(...Statement.map((statement, index) => ({ Sid: `States${index + 1}`, ...statement })));
};

/** `managed/inventory` → its path and its name. */
const splitRoleName = (name: string): { path: string; name: string } => {
  const parts = name.split('/').filter(part => part !== '');
  const last = parts.pop() ?? name;
  return { path: parts.length === 0 ? '/' : `/${parts.join('/')}/`, name: last };
};

/** What STS is asked for, whatever the run and the account. */
const sessionNamePattern = (template: string): string =>
  template.replaceAll('{run}', '*').replaceAll('{account_id}', '*').replaceAll(/\*+/g, '*');

const bucketOf = ({ reports, infrastructure }: Settings): EstateFacts['bucket'] => {
  if (reports.bucket === undefined) {
    throw new InventoryError('settings-invalid', 'No bucket is named for the reports', {
      remedy: 'Set reports.bucket or BUCKET_NAME; infrastructure also takes --inventory-bucket-name.',
    });
  }
  const { expireAfterDays, noncurrentDays, objectLock } = infrastructure.bucket;
  return {
    name: reports.bucket,
    prefix: reports.prefix,
    otherPrefix: reports.otherPrefix ?? null,
    kmsKey: reports.kmsKey,
    lifecycle: { abortMultipartDays: 1, expireDays: expireAfterDays, noncurrentDays },
    objectLock,
  };
};

/** The runners' right names the role by its path: another one in the file would be a role that nobody may assume. */
const ownOf = (own: OwnFiles, roleName: string): OwnFiles => {
  const { path } = splitRoleName(roleName);
  const other = own.properties?.path;
  if (other === undefined || other === path) return own;
  const message = `The properties of the role in every account say the path ${JSON.stringify(other)}, and role.name says ${JSON.stringify(path)}`;
  throw new InventoryError('settings-invalid', message, { remedy: 'Let both name the same path.' });
};

/** Throws settings-invalid where no bucket is named, and for a path of the user's own that is not the role's. */
export const estateFacts = (
  settings: Settings,
  identities: EstateIdentities,
  own: OwnFiles = noOwnFiles,
): EstateFacts => {
  const { infrastructure, role, accounts } = settings;
  const { rollOut } = infrastructure;
  return {
    ...identities,
    roles: infrastructure.roles,
    issuers: {
      prod: [...new Set(infrastructure.issuers.prod)],
      test: [...new Set(infrastructure.issuers.test)],
    },
    audience: infrastructure.audience,
    namespace: infrastructure.namespace,
    bucket: bucketOf(settings),
    cliBucket: infrastructure.cliBucket ?? null,
    member: {
      ...splitRoleName(role.name),
      externalId: role.externalId,
      sessionNamePattern: sessionNamePattern(role.sessionName),
      sourceIdentity: role.sourceIdentity !== null,
      otherRoleArns: otherRoleArns(settings),
      actions: memberActions(settings),
      states: memberStates(settings, identities.partition),
      policySource: infrastructure.inventoryPolicy,
      own: ownOf(own, role.name),
      // A list of accounts is no Organization: nothing can be rolled out to it.
      rollOut: rollOut === null || accounts.from !== 'organization' ? null : rollOut,
    },
    organizationActions: organizationActions(settings),
  };
};
