// First container of a runner Job: assumes the account's role and leaves its credentials for the scan.
import { readAwsConnection } from '../../clients/aws/connection.ts';
import { runContainerProgram } from '../../clients/container-program.ts';
import { assumeEnvironmentSchema } from '../../contract/runner-environment.ts';
import { assumeAccount } from './assume-account.ts';

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
        credentialsFile: facts.INVENTORY_CREDENTIALS_FILE,
      },
      signal,
    );
    const message = `${session.arn} until ${session.expiresAt}`;
    return { message: { outcome: 'succeeded', message }, exitCode: 0 };
  },
});

// Not `process.exitCode`: a credential_process that hangs would keep this process waiting for it.
process.exit(exitCode);
