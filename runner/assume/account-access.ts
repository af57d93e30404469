// The environment of a container that assumes the account's role → what is asked of STS. Pure but for what the connection reads.
import type * as z from 'zod';
import type { AwsConnection } from '../../clients/aws/connection.ts';
import type { assumeEnvironmentSchema } from '../../contract/container-environment/assume.ts';
import type { AccountAccess } from './assume-account.ts';
import type { StateRequest } from './assume-state.ts';

type Facts = z.output<typeof assumeEnvironmentSchema>;

const stateRequest = (facts: Facts): StateRequest | undefined =>
  facts.INVENTORY_STATE_ROLE_ARN === undefined
    ? undefined
    : {
        role: {
          roleArn: facts.INVENTORY_STATE_ROLE_ARN,
          sessionName: facts.INVENTORY_SESSION_NAME,
          externalId: facts.INVENTORY_STATE_EXTERNAL_ID,
        },
        from: facts.INVENTORY_STATE_FROM ?? [],
        kmsKeys: facts.INVENTORY_STATE_KMS_KEYS ?? [],
      };

export const accountAccess = (facts: Facts, connection: AwsConnection): AccountAccess => ({
  connection,
  accountId: facts.INVENTORY_ACCOUNT_ID,
  role: {
    roleArn: facts.INVENTORY_ROLE_ARN,
    sessionName: facts.INVENTORY_SESSION_NAME,
    externalId: facts.INVENTORY_EXTERNAL_ID,
    sourceIdentity: facts.INVENTORY_SOURCE_IDENTITY,
  },
  state: stateRequest(facts),
  credentialsFile: facts.INVENTORY_CREDENTIALS_FILE,
});
