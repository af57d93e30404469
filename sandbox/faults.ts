// What `npm start -- --faults` breaks, as data: the accounts it adds, and the refusing proxy's rules for each.
import type { PlannedAccount } from '../clients/simulator/organization.ts';
import type { ProxyRule } from '../clients/simulator/proxy-rules.ts';
import { planResources } from './resources.ts';

export type FaultName = 'role missing' | 'scan denied' | 'upload refused' | 'keys denied in one region';

/** How the run has to end for such an account. */
export interface ExpectedOutcome {
  readonly outcome: 'failed' | 'partial';
  readonly code: string;
}

export const expectedOutcomes: Readonly<Record<FaultName, ExpectedOutcome>> = {
  'role missing': { outcome: 'failed', code: 'role-refused' },
  'scan denied': { outcome: 'failed', code: 'scan-denied' },
  'upload refused': { outcome: 'failed', code: 'upload-refused' },
  'keys denied in one region': { outcome: 'partial', code: 'services-denied' },
};

type RulesFor = (accountId: string) => readonly ProxyRule[];

const denied = { do: 'refuse', as: 'access-denied' } as const;

const rulesByFault: Readonly<Record<FaultName, RulesFor>> = {
  'role missing': accountId => [
    { match: { service: 'sts', action: 'AssumeRole', roleArn: new RegExp(`:${accountId}:role/`) }, answer: denied },
  ],
  'scan denied': accountId => [
    { match: { action: 'GetCallerIdentity', accountId }, answer: { do: 'forward' } },
    { match: { accountId }, answer: denied },
  ],
  'upload refused': accountId => [
    {
      match: {
        service: 's3',
        action: ['PutObject', 'CreateMultipartUpload'],
        key: new RegExp(`_${accountId}\\.json$`),
      },
      answer: denied,
    },
  ],
  'keys denied in one region': accountId => [
    {
      match: { service: 'kms', region: 'eu-central-1', accountId },
      answer: { do: 'refuse', as: 'access-denied' },
    },
  ],
};

export interface FaultyAccount extends PlannedAccount {
  readonly fault: FaultName;
}

const faults = Object.keys(rulesByFault) as FaultName[];

/** One more account for each fault, named after it. */
export const faultyAccounts: readonly FaultyAccount[] = faults.map((fault, at) => ({
  name: fault,
  path: ['Faults'],
  state: 'ACTIVE',
  tags: { fault: 'yes' },
  // The account has no role, so nothing was ever rolled out to it either.
  resources: fault === 'role missing' ? [] : planResources(1_000 + at),
  fault,
}));

/** The rules for the accounts that were built; healthy ones need none. */
export const faultRules = (
  accounts: readonly { readonly id: string; readonly fault?: FaultName | undefined }[],
): readonly ProxyRule[] => accounts.flatMap(({ id, fault }) => (fault === undefined ? [] : rulesByFault[fault](id)));
