// Starts moto, the AWS simulator, on a free loopback port, and ends it with its parent.
import { execa } from 'execa';
import { InventoryError } from '../../contract/errors.ts';

export interface Simulator {
  /** `http://127.0.0.1:PORT`, without a slash at the end. */
  readonly url: string;
  readonly stop: () => Promise<void>;
}

const readyLine = /Running on (http:\/\/127\.0\.0\.1:\d+)/;

/** `python` is what prepareMoto returned. Resolves once the server answers; throws simulator-unavailable otherwise. */
export const startMoto = async (python: string): Promise<Simulator> => {
  const server = execa(python, ['-m', 'moto.server', '--host', '127.0.0.1', '--port', '0'], {
    stdin: 'ignore',
    stdout: 'ignore',
    buffer: false,
    reject: false,
    forceKillAfterDelay: 2_000,
    env: { PYTHONUNBUFFERED: '1' },
  });
  const said: string[] = [];
  const url = await new Promise<string>((resolve, reject) => {
    const unavailable = (reason: string) => reject(new InventoryError('simulator-unavailable', reason));
    // The stream has to be read to its end: a full pipe would stop the server.
    void (async () => {
      for await (const line of server.iterable({ from: 'stderr' })) {
        if (said.length < 20) said.push(String(line));
        const ready = readyLine.exec(String(line))?.[1];
        if (ready !== undefined) resolve(ready);
      }
      unavailable(`moto ended at once: ${said.slice(-3).join(' ')}`);
    })().catch(error => unavailable(String(error)));
  });
  return {
    url,
    stop: async () => {
      server.kill('SIGTERM');
      await server;
    },
  };
};
