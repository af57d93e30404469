// npm run bench:drift: states and a report of fifty thousand resources joined, in a process of its own, for its memory.
// -- --states 500 --resources 100 (in each), --keep DIRECTORY (where they stay)
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { writeBenchAccount } from './drift-bench/states.ts';

const { values } = parseArgs({
  options: {
    states: { type: 'string', default: '500' },
    resources: { type: 'string', default: '100' },
    keep: { type: 'string' },
  },
});
const size = { states: Number(values.states), resources: Number(values.resources) };
const directory = values.keep ?? (await mkdtemp(join(tmpdir(), 'bench-drift-')));

try {
  console.log(`Writing ${size.states} states of ${size.resources} resources, and the report of their account …`);
  const present = await writeBenchAccount(directory, size);
  console.log(`${present} resources are there. Joining …`);
  const joiner = join(import.meta.dirname, 'bench-drift-join.ts');
  const { stdout } = await promisify(execFile)(process.execPath, [joiner, directory]);
  const { seconds, cpuSeconds, peakMib, ...counts } = JSON.parse(stdout);
  for (const [name, count] of Object.entries(counts)) console.log(`${name.padEnd(12)}${String(count).padStart(8)}`);
  const parts = Object.entries(seconds as Record<string, number>).map(([name, time]) => `${name} ${time.toFixed(2)}`);
  const whole = Object.values(seconds as Record<string, number>).reduce((sum, time) => sum + time, 0);
  const cost = `${cpuSeconds.toFixed(2)} s of CPU with the start of the process, at most ${Math.round(peakMib)} MiB`;
  console.log(`${whole.toFixed(2)} s (${parts.join(', ')}), ${cost}`);
  if (whole > 5 || peakMib > 400) {
    console.log('more than 5 s or 400 MiB');
    process.exitCode = 1;
  }
} finally {
  if (values.keep === undefined) await rm(directory, { recursive: true });
}
