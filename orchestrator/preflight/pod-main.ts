// In a container of the preflight's Job: asks with the identity that this container has in a run, and prints what it finds.
import { type AwsConnection, readAwsConnection } from '../../clients/aws/connection.ts';
import { runContainerProgram } from '../../clients/container-program.ts';
import { preflightEnvironmentSchema } from '../../contract/container-environment/preflight.ts';
import { type PreflightAnswer, type PreflightOrder, readOrder, renderAnswer } from '../../contract/preflight-order.ts';
import { checkAccounts } from './check-account.ts';
import { lookAtBucket } from './look-at-bucket.ts';
import { resolveCaller } from './resolve-caller.ts';

const say = (answer: PreflightAnswer): void => {
  process.stdout.write(renderAnswer(answer));
};

const askAccounts = async ({ accounts }: PreflightOrder, connection: AwsConnection, signal: AbortSignal) => {
  await checkAccounts(accounts, { connection, signal }, (done, checks) => say({ done, checks }));
  return `${accounts.length} accounts were asked`;
};

const askBucket = async ({ bucket }: PreflightOrder, connection: AwsConnection) => {
  say({ checks: await lookAtBucket(connection, bucket, true) });
  return `The bucket ${bucket.name} was asked`;
};

const exitCode = await runContainerProgram({
  name: 'preflight',
  environment: process.env,
  schema: preflightEnvironmentSchema,
  body: async ({ facts, environment, signal }) => {
    const order = readOrder(environment);
    const { connection, identity } = await resolveCaller(readAwsConnection(environment, facts.AWS_REGION), signal);
    say({ identity: identity.arn, checks: [] });
    const message = await (process.argv[2] === 'bucket'
      ? askBucket(order, connection)
      : askAccounts(order, connection, signal));
    return { message: { outcome: 'succeeded', message }, exitCode: 0 };
  },
});
process.exit(exitCode);
