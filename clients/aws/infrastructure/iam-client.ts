// IAM for `infrastructure`: one client for an account, absent things as undefined, and patience with what IAM has not told itself yet.
import { IAMClient } from '@aws-sdk/client-iam';
import { sleep } from '../../clock.ts';
import { type AwsConnection, clientConfiguration } from '../connection.ts';
import { describeAwsError } from '../errors.ts';

export const openIam = (connection: AwsConnection): IAMClient => new IAMClient(clientConfiguration(connection));

/** IAM's own word for a thing that is not there. */
const absentCodes = new Set(['NoSuchEntity', 'NoSuchEntityException']);

/** undefined when IAM says that there is no such thing. Throws what the SDK throws. */
export const unlessAbsent = async <Answer>(asked: Promise<Answer>): Promise<Answer | undefined> => {
  try {
    return await asked;
  } catch (thrown) {
    if (absentCodes.has(describeAwsError(thrown).code)) return undefined;
    throw thrown;
  }
};

/** What IAM says of a role, policy or provider that it took a moment ago: it is told everywhere some seconds later. */
const notYet = /^(NoSuchEntity|NoSuchEntityException|MalformedPolicyDocument|MalformedPolicyDocumentException)$/;

const waits = [1_000, 2_000, 4_000, 8_000];

/** Asks again while IAM may only be behind; `isNew` says that something it needs was made by this very run. */
export const patiently = async <Answer>(
  isNew: boolean,
  run: () => Promise<Answer>,
  signal: AbortSignal,
): Promise<Answer> => {
  for (const wait of isNew ? waits : []) {
    try {
      return await run();
    } catch (thrown) {
      if (!notYet.test(describeAwsError(thrown).code)) throw thrown;
      await sleep(wait, signal);
    }
  }
  return await run();
};

/** IAM gives documents percent-encoded. */
export const readDocument = (text: string | undefined): unknown =>
  text === undefined ? undefined : JSON.parse(text.startsWith('%') ? decodeURIComponent(text) : text);
