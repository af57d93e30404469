// Ports for the cluster's servers that stay theirs when a server is killed and started again.
import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/** Below the range from which Linux takes ports for outgoing connections: one of those could sit on the port of a killed server. */
const range = { from: 15_000, to: 32_000 } as const;
const tries = 100;

const isFree = (port: number): Promise<boolean> =>
  new Promise(resolve => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });

/** A port of 127.0.0.1 on which nobody listens now. */
export const findFreePort = async (): Promise<number> => {
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const port = randomInt(range.from, range.to);
    if (await isFree(port)) return port;
  }
  throw new Error(`No free port between ${range.from} and ${range.to} in ${tries} tries`);
};
