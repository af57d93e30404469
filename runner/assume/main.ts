// First container of a runner Job: assumes the account's role and leaves its credentials for the scan.
import { readAwsConnection } from '../../clients/aws/connection.ts';
import { runContainerProgram } from '../../clients/container-program.ts';
import { assumeEnvironmentSchema } from '../../contract/container-environment/assume.ts';
import { accountAccess } from './account-access.ts';
import { assumeAccount } from './assume-account.ts';
import type { StateSession } from './credentials-file.ts';

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
    const access = accountAccess(facts, readAwsConnection(environment, facts.AWS_REGION));
    const session = await assumeAccount(access, signal);
    const message = `${session.arn} until ${session.expiresAt}${sayState(session.state)}`;
    return { message: { outcome: 'succeeded', message }, exitCode: 0 };
  },
});

// Not `process.exitCode`: a credential_process that hangs would keep this process waiting for it.
process.exit(exitCode);
