// The runner's own identity from a program of the caller, as `credential_process` names it in ~/.aws/config.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { hangingCredentials } from '../../setup/hanging-credentials.ts';
import { makeDirectory, randomAccountId, runContainer } from '../../setup/run-container.ts';

test('a signal ends the wait for a credential_process that hangs', async () => {
  const { directory, remove } = await makeDirectory();
  onTestFinished(remove);
  await mkdir(join(directory, 'aws'));
  const account = randomAccountId();
  const { environment, asked } = await hangingCredentials(directory);
  const run = await runContainer({
    entry: 'dist/assume.mjs',
    directory,
    environment: {
      ...environment,
      AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
      AWS_REGION: 'eu-central-1',
      INVENTORY_RUN: 'test-run',
      INVENTORY_ACCOUNT_ID: account,
      INVENTORY_ROLE_ARN: `arn:aws:iam::${account}:role/managed/inventory`,
      INVENTORY_SESSION_NAME: 'inventory-test-run',
      INVENTORY_CREDENTIALS_FILE: join(directory, 'aws', 'creds'),
    },
    meanwhile: async stop => {
      await asked();
      stop();
    },
  });
  expect(run.exitCode).toBe(143);
  expect(run.message).toMatchObject({ outcome: 'failed', code: 'interrupted' });
});
