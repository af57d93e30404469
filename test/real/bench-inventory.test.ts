// npm run bench:inventory as a small run: a benchmark that nobody runs every day must still work when it is needed.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { expect, onTestFinished, test } from 'vitest';

test('the inventory benchmark runs, and finds everything in a small account', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'bench-inventory-test-'));
  onTestFinished(() => rm(directory, { recursive: true }));
  const json = join(directory, 'results.json');
  const options = ['--quick', '--latency', '5', '--dist', 'dist', '--json', json];
  const { stdout } = await execa(process.execPath, ['build/bench-inventory.ts', ...options]);
  expect(stdout).toContain('resources there');
  expect(stdout).toContain('ratio to the greatest of them');
  const { lines, found, misses } = JSON.parse(await readFile(json, 'utf8'));
  expect(lines.map(({ name }: { name: string }) => name)).toEqual(['aws-inventory', 'Tagging API alone']);
  expect(found.ours).toEqual({ found: found.ours.of, of: found.ours.of });
  expect(found.ours.of).toBeGreaterThan(400);
  expect(misses).toEqual([]);
}, 120_000);
