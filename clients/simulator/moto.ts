// Starts moto, the AWS simulator, on a free loopback port; it ends with the process that started it, kill -9 included.
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { InventoryError } from '../../contract/errors.ts';

export interface Simulator {
  /** `http://127.0.0.1:PORT`, without a slash at the end. */
  readonly url: string;
  readonly stop: () => Promise<void>;
}

const server = fileURLToPath(new URL('serve-moto.py', import.meta.url));

/** `python` is what prepareMoto returned. Resolves once the server answers; throws simulator-unavailable otherwise. */
export const startMoto = async (python: string): Promise<Simulator> => {
  // The pipe to its stdin is what tells it that we are gone.
  const moto = execa(python, [server], { stdin: 'pipe', buffer: false, reject: false, forceKillAfterDelay: 2_000 });
  const said: string[] = [];
  // Both streams are read to their end: a full pipe would stop the server.
  const drained = (async () => {
    for await (const line of moto.iterable({ from: 'stderr' })) {
      said.push(line);
      if (said.length > 20) said.shift();
    }
  })();
  const url = await new Promise<string | undefined>(resolve => {
    void (async () => {
      for await (const line of moto.iterable()) resolve(line);
      await drained;
      resolve(undefined);
    })();
  });
  if (url === undefined) {
    await moto;
    throw new InventoryError('simulator-unavailable', `moto did not start: ${said.slice(-3).join(' ')}`, {
      remedy: 'Remove the moto folder from the cache directory and start again.',
    });
  }
  return {
    url,
    stop: async () => {
      moto.kill('SIGTERM');
      await moto;
    },
  };
};
