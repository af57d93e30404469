// The Organization itself, for whom it is not a secret: its id stands in conditions of policies.
import { DescribeOrganizationCommand, OrganizationsClient } from '@aws-sdk/client-organizations';
import { type AwsConnection, clientConfiguration } from './connection.ts';

export interface OrganizationFacts {
  /** `o-…` */
  readonly id: string;
  readonly managementAccountId: string;
  /** Whether it has more than consolidated billing: StackSets need it. */
  readonly allFeatures: boolean;
}

/** Needs organizations:DescribeOrganization. Throws what the SDK throws. */
export const describeOrganization = async (
  connection: AwsConnection,
  signal: AbortSignal,
): Promise<OrganizationFacts> => {
  const client = new OrganizationsClient(clientConfiguration(connection));
  try {
    const { Organization } = await client.send(new DescribeOrganizationCommand({}), { abortSignal: signal });
    return {
      id: Organization?.Id ?? '',
      managementAccountId: Organization?.MasterAccountId ?? '',
      allFeatures: Organization?.FeatureSet === 'ALL',
    };
  } finally {
    client.destroy();
  }
};
