// In a container of the preflight's Job: asks with the identity that this container has in a run, and prints what it finds.
import pLimit from 'p-limit';
import { inspectBucket } from '../../clients/aws/bucket-facts.ts';
import { type AwsConnection, readAwsConnection } from '../../clients/aws/connection.ts';
import { closeBucket, openBucket } from '../../clients/aws/s3.ts';
import { runContainerProgram } from '../../clients/container-program.ts';
import { type PreflightAnswer, type PreflightOrder, readOrder, renderAnswer } from '../../contract/preflight-order.ts';
import { preflightEnvironmentSchema } from '../../contract/runner-environment.ts';
import { accountsAtOnce, checkAccount } from './check-account.ts';
import { checkBucket } from './check-bucket.ts';
import { resolveCaller } from './resolve-caller.ts';

const say = (answer: PreflightAnswer): void => {
  process.stdout.write(renderAnswer(answer));
};

const askAccounts = async ({ accounts }: PreflightOrder, connection: AwsConnection, signal: AbortSignal) => {
  let done = 0;
  await pLimit(accountsAtOnce).map(accounts, async account => {
    const checks = await checkAccount(account, { connection, signal });
    done += 1;
    say({ done, checks });
  });
  return `${done} accounts were asked`;
};

const askBucket = async ({ bucket }: PreflightOrder, connection: AwsConnection) => {
  const { name, owner, kmsKey, prefix } = bucket;
  const opened = openBucket(connection, { name, owner, kmsKey });
  try {
    const seen = await inspectBucket(opened, `${prefix}/preflight.json`);
    say({ checks: checkBucket(name, seen, { owner, writes: true }) });
  } finally {
    closeBucket(opened);
  }
  return `The bucket ${name} was asked`;
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
