// The frame of a container's program: whatever happens, one message is left and one exit code is given.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import * as z from 'zod';
import { type ContainerEnd, runContainerProgram } from '../../clients/container-program.ts';
import { InventoryError } from '../../contract/errors.ts';
import { makeDirectory } from '../setup/run-container.ts';

let directory: string;
let remove: () => Promise<void>;

beforeEach(async () => {
  ({ directory, remove } = await makeDirectory());
});

afterEach(() => remove());

const schema = z.object({ INVENTORY_RUN: z.string(), COUNT: z.string().optional() });

const run = async (
  body: (facts: z.output<typeof schema>) => Promise<ContainerEnd>,
  environment: Readonly<Record<string, string>> = { INVENTORY_RUN: 'r' },
) => {
  const path = join(directory, 'message');
  const exitCode = await runContainerProgram({
    name: 'test',
    environment: { LOG_LEVEL: 'silent', INVENTORY_TERMINATION_MESSAGE: path, ...environment },
    schema,
    body: ({ facts }) => body(facts),
  });
  return { exitCode, message: JSON.parse(await readFile(path, 'utf8')) as unknown };
};

const succeed = async (): Promise<ContainerEnd> => ({ message: { outcome: 'succeeded' }, exitCode: 0 });

test('the body’s end is the program’s', async () => {
  expect(await run(async () => ({ message: { outcome: 'partial', code: 'report-rejected' }, exitCode: 0 }))).toEqual({
    exitCode: 0,
    message: { outcome: 'partial', code: 'report-rejected' },
  });
});

test('an error of the catalogue gives its exit code and its remedy', async () => {
  const end = await run(async () => {
    throw new InventoryError('role-refused', 'the role is gone', { remedy: 'Make it.' });
  });
  expect(end).toEqual({
    exitCode: 41,
    message: { outcome: 'failed', code: 'role-refused', message: 'the role is gone', remedy: 'Make it.' },
  });
});

test('any other error is unexpected, and its secrets stay inside', async () => {
  const end = await run(async () => {
    throw new TypeError('no key ASIAABCDEFGHIJKLMNOP');
  });
  expect(end).toMatchObject({ exitCode: 1, message: { code: 'unexpected', message: 'no key [redacted]' } });
});

test('an environment that is not usable is told variable by variable, and the body never runs', async () => {
  const end = await run(
    () => {
      throw new Error('the body ran');
    },
    { COUNT: '' },
  );
  expect(end).toMatchObject({ exitCode: 2, message: { code: 'usage' } });
  expect((end.message as { message: string }).message).toContain('INVENTORY_RUN is not set');
});

test('an empty variable is an unset one', async () => {
  let seen: unknown;
  await run(
    async facts => {
      seen = facts;
      return succeed();
    },
    { INVENTORY_RUN: 'r', COUNT: '' },
  );
  expect(seen).toEqual({ INVENTORY_RUN: 'r' });
});

test('a message that cannot be left does not change the exit code', async () => {
  const exitCode = await runContainerProgram({
    name: 'test',
    environment: {
      LOG_LEVEL: 'silent',
      INVENTORY_RUN: 'r',
      INVENTORY_TERMINATION_MESSAGE: join(directory, 'absent', 'message'),
    },
    schema,
    body: succeed,
  });
  expect(exitCode).toBe(0);
});
