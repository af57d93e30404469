// Profiles → the two accounts that they turn out to be, with the facts that the estate is made from.
import { type AwsConnection, readAwsConnection } from '../clients/aws/connection.ts';
import { describeOrganization } from '../clients/aws/describe-organization.ts';
import { describeAwsError } from '../clients/aws/errors.ts';
import type { EstateFacts } from '../contract/access/estate.ts';
import { estateFacts } from '../contract/access/estate-facts.ts';
import { InventoryError } from '../contract/errors.ts';
import type { RunSettings } from '../contract/read-settings.ts';
import { type EstateConnections, openEstate } from '../infrastructure/connections.ts';
import { whoAmI } from './caller.ts';
import type { CommandContext } from './command-context.ts';
import { findOwnFiles } from './own-files.ts';

export interface OpenEstate {
  readonly facts: EstateFacts;
  readonly connections: EstateConnections;
  readonly remarks: readonly string[];
}

const connectionOf = (
  profile: string | undefined,
  settings: RunSettings,
  environment: CommandContext['environment'],
): AwsConnection => ({
  ...readAwsConnection(environment, settings.region),
  ...(profile === undefined ? {} : { profile }),
});

/** The same question as always, with the profile in its answer: two of them are easily mixed up. */
const identify = async (which: string, connection: AwsConnection, signal: AbortSignal) => {
  try {
    return { ...(await whoAmI(connection, signal)), aws: connection };
  } catch (thrown) {
    if (!(thrown instanceof InventoryError)) throw thrown;
    const profile =
      connection.profile === undefined
        ? 'your current credentials'
        : `the profile ${JSON.stringify(connection.profile)}`;
    const remedy =
      connection.profile === undefined
        ? thrown.remedy
        : `Sign in, for example with \`aws sso login --profile ${connection.profile}\`, or name another profile.`;
    throw new InventoryError(thrown.code, `${which}, with ${profile}: ${thrown.message}`, { remedy, cause: thrown });
  }
};

interface FoundOrganization {
  readonly id: string | null;
  readonly remarks: readonly string[];
}

const findOrganization = async (
  settings: RunSettings,
  billing: { readonly aws: AwsConnection; readonly accountId: string },
  signal: AbortSignal,
): Promise<FoundOrganization> => {
  const { organizationId } = settings.infrastructure;
  if (organizationId !== undefined) return { id: organizationId, remarks: [] };
  try {
    const { id, managementAccountId, allFeatures } = await describeOrganization(billing.aws, signal);
    const isManagement = managementAccountId === billing.accountId;
    const remark = `${billing.accountId} is not the management account of ${id}; that is ${managementAccountId}`;
    const billingAlone = `${id} has consolidated billing alone: StackSets reach accounts only with all features`;
    return { id, remarks: [...(isManagement ? [] : [remark]), ...(allFeatures ? [] : [billingAlone])] };
  } catch (thrown) {
    signal.throwIfAborted();
    const { code, message } = describeAwsError(thrown);
    const why = `organizations:DescribeOrganization answered ${code}: ${message}`;
    return {
      id: null,
      remarks: [
        `the id of the Organization is not known (${why}): nothing is narrowed to it; infrastructure.organizationId names it`,
      ],
    };
  }
};

/** Throws no-credentials, sts-unavailable, settings-invalid. */
export const findEstate = async (
  settings: RunSettings,
  { environment }: CommandContext,
  signal: AbortSignal,
): Promise<OpenEstate> => {
  const { profiles, policies } = settings.infrastructure;
  const [billing, security] = await Promise.all([
    identify('The management account', connectionOf(profiles.billing, settings, environment), signal),
    identify('The account of the bucket', connectionOf(profiles.security, settings, environment), signal),
  ]);
  const organization = await findOrganization(settings, billing, signal);
  const { own, remarks: aboutFiles } = findOwnFiles(policies, security.accountId);
  const identities = {
    partition: security.partition,
    region: security.aws.region,
    billingAccountId: billing.accountId,
    securityAccountId: security.accountId,
    organizationId: organization.id,
  };
  const facts = estateFacts(settings, identities, own);
  const remarks = [...organization.remarks, ...aboutFiles];
  if (billing.accountId === security.accountId)
    remarks.push(`both are the account ${billing.accountId}: the roles of both are made in it`);
  return { facts, connections: openEstate({ billing, security }), remarks };
};
