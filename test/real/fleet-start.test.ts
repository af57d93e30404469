// A fleet that cannot start whole: what was started before is stopped, and its directories go.
import { readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { describe, expect, it } from 'vitest';
import { startClusterFleet } from './cluster/cluster-fleet.ts';

const directories = (): string[] =>
  readdirSync(tmpdir()).filter(name => /^(cluster-fleet|inventory-cluster|inventory-flow|node)-/.test(name));

/** Those of this test alone: others on the machine may have servers of the same names. */
const childrenOfOurs = (): string[] =>
  readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .flatMap(pid => {
      try {
        const [, name = '', rest = ''] = /\((.*)\) (.*)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? [];
        const [state, parent] = rest.split(' ');
        return Number(parent) === process.pid && state !== 'Z' ? [`${name} ${pid}`] : [];
      } catch {
        return [];
      }
    });

describe('a fleet that cannot be applied', () => {
  it('leaves no process and no directory', async () => {
    const before = { directories: directories(), children: childrenOfOurs() };
    await expect(startClusterFleet({ members: 1, components: ['of-nobody'] })).rejects.toThrow('of-nobody');
    expect({ directories: directories(), children: childrenOfOurs() }).toEqual(before);
  });
});
