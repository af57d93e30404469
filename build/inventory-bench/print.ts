// The tables of npm run bench:inventory.
import type { InventoryRecord } from '../../contract/catalogue/inventory-record.ts';
import type { Contestant, Coverage, Known } from './coverage.ts';
import type { Bound } from './latency.ts';
import type { Cost } from './measure.ts';

/** One contestant's line. */
export interface Line {
  readonly name: string;
  readonly contestant: Contestant;
  readonly cost: Cost;
  readonly requests: number;
  /** Things in its own output. */
  readonly listed: number;
  readonly types: number;
  readonly services: number;
}

export interface Found {
  readonly found: number;
  readonly of: number;
}

const row = (cells: readonly string[]): void =>
  console.log(cells.map((cell, index) => cell.padEnd(index === 0 ? 22 : 14)).join(''));

export const countFound = (known: readonly Known[], by: Contestant): Found => ({
  found: known.filter(({ foundBy }) => foundBy.has(by)).length,
  of: known.length,
});

const share = ({ found, of }: Found): string => `${found} ${((100 * found) / Math.max(1, of)).toFixed(1)} %`;

export const printLines = (lines: readonly Line[], { known }: Coverage): void => {
  const inMoto = known.filter(({ held }) => held === 'moto');
  row(['', 'of moto', 'of all', 'listed', 'types', 'services', 'wall s', 'CPU s', 'peak MiB', 'requests']);
  row(['resources there', String(inMoto.length), String(known.length)]);
  for (const { name, contestant, cost, requests, listed, types, services } of lines) {
    const counts = [share(countFound(inMoto, contestant)), share(countFound(known, contestant))];
    const costs = [cost.wallSeconds.toFixed(1), cost.cpuSeconds.toFixed(1), cost.peakMib.toFixed(0)];
    row([name, ...counts, ...[listed, types, services].map(String), ...costs, String(requests)]);
  }
};

const exampleCount = 3;

/** Every miss of ours by name, and what was put aside with its reason. */
export const printMisses = ({ known, noise, repeated }: Coverage): void => {
  const misses = known.filter(({ foundBy, held }) => !foundBy.has('ours') && (held === 'model' || foundBy.size > 0));
  console.log(`\nFound by another, or in the model, and not by us: ${misses.length}`);
  for (const { label, foundBy } of misses) console.log(`  ${label}  (${[...foundBy].join(', ') || 'model'})`);
  const unseen = known.filter(({ foundBy, held }) => foundBy.size === 0 && held === 'moto');
  console.log(`\nSaid by a seed, and found by nobody: ${unseen.length}`);
  for (const { label } of unseen) console.log(`  ${label}`);
  console.log(`\nRecords of ours that say a resource again: ${repeated.length}`);
  for (const label of repeated) console.log(`  ${label}`);
  console.log('\nListed by aws-list-all, and no resources of the account:');
  for (const [reason, things] of noise) {
    const examples = things.slice(0, exampleCount).map(({ service, operation }) => `${service} ${operation}`);
    console.log(`  ${String(things.length).padStart(5)}  ${reason} (${[...new Set(examples)].join(', ')})`);
  }
};

export const printLatency = (wallSeconds: number, bounds: readonly Bound[], latency: number): void => {
  console.log(`\nAnswers from memory, each ${latency} ms late: ${wallSeconds.toFixed(2)} s. It cannot be less than`);
  for (const { name, seconds } of bounds) console.log(`  ${seconds.toFixed(2).padStart(6)} s  ${name}`);
  const bound = Math.max(...bounds.map(({ seconds }) => seconds));
  console.log(`  ratio to the greatest of them: ${(wallSeconds / bound).toFixed(2)}`);
};

export const countNames = (records: readonly InventoryRecord[]) => ({
  listed: records.length,
  types: new Set(records.map(({ resourceType }) => resourceType)).size,
  services: new Set(records.map(({ service }) => service)).size,
});
