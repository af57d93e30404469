// The bar of every command that shows one: on a terminal's stderr, gone when it is stopped.
import { Presets, SingleBar } from 'cli-progress';

/** Not started yet. */
export const openBar = (stream: NodeJS.WriteStream, format: string): SingleBar =>
  new SingleBar(
    { format, stream, hideCursor: true, clearOnComplete: true, stopOnComplete: false, fps: 8 },
    Presets.shades_classic,
  );
