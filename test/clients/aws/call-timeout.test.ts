// A call that never ends although bytes keep coming: no idle time-out would notice.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { expect, onTestFinished, test } from 'vitest';
import { clientConfiguration } from '../../../clients/aws/connection.ts';
import { describeAwsError } from '../../../clients/aws/errors.ts';
import { connectTo } from '../../setup/connection.ts';

test('a call whose answer does not begin in its time is given up, and is out of reach', async () => {
  const server = createServer((_request, response) => {
    // Interim answers keep the socket busy, as a proxy would that waits itself.
    const dripping = setInterval(() => response.writeProcessing(), 50);
    response.once('close', () => clearInterval(dripping));
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise(resolve => server.close(resolve));
  });
  const connection = connectTo(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, 1);
  const sqs = new SQSClient(clientConfiguration(connection, { idleTimeout: 5_000, callTimeout: 400 }));
  const begun = performance.now();
  const thrown: unknown = await sqs.send(new ListQueuesCommand({})).catch((error: unknown) => error);
  sqs.destroy();
  expect(describeAwsError(thrown)).toMatchObject({ kind: 'unavailable', code: 'TimeoutError' });
  expect(performance.now() - begun).toBeLessThan(4_000);
});
