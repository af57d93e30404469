// The end of a child process's output: what is left in its pipes, and not a moment of whoever else holds them open.
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { sleep } from './clock.ts';

const patienceMilliseconds = 500;

interface Outputs {
  readonly stdout?: Readable | null;
  readonly stderr?: Readable | null;
}

/**
 * After the end of the child: reads what is left in its stdout and stderr, then closes them. A process that left the group
 * may hold them open for ever, so not for long. Never rejects.
 */
export const drainOutputs = async ({ stdout, stderr }: Outputs): Promise<void> => {
  const streams = [stdout, stderr].filter(stream => stream !== null && stream !== undefined);
  const patience = new AbortController();
  const drained = Promise.allSettled(
    streams.map(stream => (stream.closed ? undefined : once(stream, 'close', { signal: patience.signal }))),
  );
  await Promise.race([drained, sleep(patienceMilliseconds, patience.signal).catch(() => undefined)]);
  patience.abort();
  for (const stream of streams) stream.destroy();
};
