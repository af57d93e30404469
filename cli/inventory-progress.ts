// What a person sees while one account is scanned: a bar at a terminal, nothing elsewhere. Everything goes to stderr.
import { openBar } from './progress-bar.ts';

export interface InventoryProgress {
  readonly advance: (done: number, parts: number) => void;
  /** Takes the bar away; call it before anything else is printed. */
  readonly stop: () => void;
}

export const showInventoryProgress = (stream: NodeJS.WriteStream): InventoryProgress => {
  if (!stream.isTTY) return { advance: () => undefined, stop: () => undefined };
  const format = ' {bar} {percentage} %  {value}/{total} services and regions  {duration_formatted}';
  const bar = openBar(stream, format);
  let started = false;
  return {
    advance: (done, parts) => {
      if (!started) bar.start(parts, done);
      started = true;
      bar.update(done);
    },
    stop: () => bar.stop(),
  };
};
