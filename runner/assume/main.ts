// First container of a runner Job: assumes the account's role and leaves its credentials for the scan.
import type * as z from 'zod';
import { readAwsConnection } from '../../clients/aws/connection.ts';
import { runContainerProgram } from '../../clients/container-program.ts';
import { assumeEnvironmentSchema } from '../../contract/runner-environment.ts';
import { assumeAccount } from './assume-account.ts';
import type { StateRequest } from './assume-state.ts';
import type { StateSession } from './credentials-file.ts';

const stateRequest = (facts: z.output<typeof assumeEnvironmentSchema>): StateRequest | undefined =>
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

/** For the log and the message: a refusal is told by the scan, whose drift it costs. */
const sayState = (state: StateSession | undefined): string => {
  if (state === undefined) return '';
  return 'session' in state ? '; with a session for its states' : `; without its states: ${state.refusal.message}`;
};

const exitCode = await runContainerProgram({
  name: 'assume',
  environment: process.env,
  schema: assumeEnvironmentSchema,
  body: async ({ facts, environment, signal }) => {
    const session = await assumeAccount(
      {
        connection: readAwsConnection(environment, facts.AWS_REGION),
        accountId: facts.INVENTORY_ACCOUNT_ID,
        role: {
          roleArn: facts.INVENTORY_ROLE_ARN,
          sessionName: facts.INVENTORY_SESSION_NAME,
          externalId: facts.INVENTORY_EXTERNAL_ID,
          sourceIdentity: facts.INVENTORY_SOURCE_IDENTITY,
        },
        state: stateRequest(facts),
        credentialsFile: facts.INVENTORY_CREDENTIALS_FILE,
      },
      signal,
    );
    const message = `${session.arn} until ${session.expiresAt}${sayState(session.state)}`;
    return { message: { outcome: 'succeeded', message }, exitCode: 0 };
  },
});

// Not `process.exitCode`: a credential_process that hangs would keep this process waiting for it.
process.exit(exitCode);
