// driftctl beside our engine: what breaks around it is its own failure.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readAwsConnection } from '../../../../clients/aws/connection.ts';
import { openDriftctl } from '../../../../runner/scan/drift/ask-driftctl.ts';
import { makeFake, ownDirectory } from '../../../clients/driftctl/fake-driftctl.ts';

const connection = readAwsConnection({}, 'eu-west-1');

const ask = (command: string, more: object = {}) => ({
  account: '111122223333',
  regions: ['eu-west-1'],
  driftignore: undefined,
  credentialsFile: '/aws/creds',
  connection,
  environment: { INVENTORY_DRIFTCTL: command },
  directory: ownDirectory(),
  signal: new AbortController().signal,
  secrets: [],
  ...more,
});

const document = {
  version: 4,
  resources: [
    {
      ...{ mode: 'managed', type: 'aws_sqs_queue', name: 'a' },
      provider: 'provider["registry.terraform.io/hashicorp/aws"]',
      instances: [{ attributes: { id: 'https://sqs.eu-west-1.amazonaws.com/111122223333/a' } }],
    },
  ],
};

describe('driftctl beside our engine', () => {
  it('fails alone when a state cannot be copied for it', async () => {
    const { command } = makeFake('exit 0');
    const file = join(ownDirectory(), 'file');
    writeFileSync(file, '');
    const beside = await openDriftctl(ask(command, { directory: join(file, 'below') }));
    await beside.tap?.('tfstate://a', document as never);
    expect(await beside.run(5)).toMatchObject({
      engine: { engine: 'driftctl', outcome: 'failed', message: expect.stringContaining('it could not be run: ') },
      document: undefined,
    });
  });

  it('fails alone when there are no credentials for it', async () => {
    const { command } = makeFake('exit 0');
    const credentials = () => Promise.reject(new Error('no session'));
    const beside = await openDriftctl(
      ask(command, { credentialsFile: undefined, connection: { ...connection, credentials } }),
    );
    await beside.tap?.('tfstate://a', document as never);
    expect((await beside.run(5)).engine).toMatchObject({ outcome: 'failed' });
  });

  it.each([
    [512 * 1024 * 1024, 'absent'],
    [1024 * 1024 * 1024, 'there'],
    [0, 'there'],
    [undefined, 'there'],
  ])('with %s bytes of memory is %s', async (memory, expected) => {
    const { command } = makeFake('exit 0');
    const beside = await openDriftctl(ask(command, { memory }));
    expect(beside.tap === undefined ? 'absent' : 'there').toBe(expected);
    if (expected === 'there') return;
    const { engine } = await beside.run(5);
    expect(engine).toMatchObject({ outcome: 'absent', message: expect.stringContaining('has 512 MiB of memory') });
  });

  it('is given the filter and the strictness of its own variables', async () => {
    const fake = makeFake('exit 2');
    const variables = { DCTL_FILTER: "Type=='aws_sqs_queue'", DCTL_STRICT: 'true' };
    const beside = await openDriftctl(
      ask(fake.command, { environment: { INVENTORY_DRIFTCTL: fake.command, ...variables } }),
    );
    await beside.tap?.('tfstate://a', document as never);
    await beside.run(10);
    expect(readFileSync(join(fake.here, 'arguments'), 'utf8')).toContain("--filter Type=='aws_sqs_queue' --strict");
  });
});
