// The rooms table of the README is the rule: what it does not allow, no file may import.
import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';

interface Room {
  readonly name: string;
  readonly rooms: readonly string[];
  readonly packages: readonly string[];
}

const ticked = (cell: string): string[] => [...cell.matchAll(/`([^`]+)`/g)].map(match => match[1] ?? '');

const readRooms = (): Room[] => {
  const readme = readFileSync('README.md', 'utf8');
  // The table ends with its first empty line.
  const table = readme.split('<!-- rooms -->\n')[1]?.split('\n\n')[0] ?? '';
  return table
    .split('\n')
    .filter(line => line.startsWith('| `'))
    .map(line => {
      const [, name = '', , rooms = '', packages = ''] = line.split('|').map(cell => cell.trim());
      return {
        name: (ticked(name)[0] ?? '').replace(/\/$/, ''),
        rooms: ticked(rooms).map(room => room.replace(/\/$/, '')),
        packages: ticked(packages),
      };
    });
};

const rooms = readRooms();
const files = globSync('**/*.ts', {
  exclude: path => ['node_modules', 'dist', 'coverage', '.sandbox'].includes(path.split('/')[0] ?? ''),
})
  .filter(file => !/^(test|build)\//.test(file) && file !== 'vitest.config.ts')
  .sort();

/** The innermost room that a path lies in: `runner/scan` before `runner`. */
const roomOf = (path: string): Room | undefined =>
  rooms.filter(room => path.startsWith(`${room.name}/`)).sort((a, b) => b.name.length - a.name.length)[0];

interface Import {
  readonly specifier: string;
  readonly typeOnly: boolean;
}

const importsOf = (file: string): Import[] => {
  const source = readFileSync(file, 'utf8');
  const statements = source.matchAll(/^\s*(?:import|export)\s+(type\s)?(?:[^'";]*?\sfrom\s+)?['"]([^'"]+)['"]/gm);
  const dynamic = source.matchAll(/\bimport\(\s*['"]([^'"]+)['"]\s*\)/g);
  return [
    ...[...statements].map(match => ({ specifier: match[2] ?? '', typeOnly: match[1] !== undefined })),
    ...[...dynamic].map(match => ({ specifier: match[1] ?? '', typeOnly: false })),
  ];
};

const packageOf = (specifier: string): string =>
  specifier.startsWith('@') ? specifier.split('/').slice(0, 2).join('/') : (specifier.split('/')[0] ?? specifier);

/** Node's modules that reach the network, other processes or the clock. */
const edges = /^node:(http|https|http2|net|tls|dgram|dns|child_process|cluster|worker_threads|timers|inspector)(\/|$)/;

const isAllowedPackage = (room: Room, used: Import): boolean => {
  if (used.specifier.startsWith('node:')) return !edges.test(used.specifier) || room.name === 'clients';
  const name = packageOf(used.specifier);
  return room.packages.some(allowed => {
    if (allowed.startsWith('type ')) return used.typeOnly && allowed === `type ${name}`;
    return allowed.endsWith('*') ? name.startsWith(allowed.slice(0, -1)) : allowed === name;
  });
};

const violations = (file: string): string[] => {
  const room = roomOf(file);
  if (room === undefined) return [`${file} lies in no room of the table`];
  return importsOf(file).flatMap(used => {
    if (!used.specifier.startsWith('.')) {
      return isAllowedPackage(room, used) ? [] : [`${file} imports the package ${used.specifier}`];
    }
    const target = normalize(join(dirname(file), used.specifier));
    const targetRoom = roomOf(target);
    if (target === 'package.json' || targetRoom?.name === room.name) return [];
    return targetRoom !== undefined && room.rooms.includes(targetRoom.name) ? [] : [`${file} imports ${target}`];
  });
};

describe('rooms', () => {
  it('stand in the README with the folder that each of them is', () => {
    const present = rooms.filter(room => files.some(file => file.startsWith(`${room.name}/`)));
    expect(rooms.length).toBeGreaterThan(8);
    expect(
      rooms.filter(room => !present.includes(room) && !['k8s', 'build', 'docs', 'test'].includes(room.name)),
    ).toEqual([]);
  });

  it('import only what their row allows', () => {
    expect(files.length).toBeGreaterThan(40);
    expect(files.flatMap(violations)).toEqual([]);
  });

  it('have files and functions small enough to hold one idea', () => {
    const long = files.filter(
      file =>
        // Tables of data may be longer.
        !file.startsWith('contract/catalogue/') &&
        file !== 'contract/error-catalogue.ts' &&
        readFileSync(file, 'utf8').split('\n').length > 260,
    );
    expect(long).toEqual([]);
  });

  it('open each file with a line that says where it sits in the flow', () => {
    expect(files.filter(file => !/^(#!.*\n)?\/\/ \S/.test(readFileSync(file, 'utf8')))).toEqual([]);
  });
});
