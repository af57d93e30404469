// The real node's control groups: the one part of it that the kernel does not take away with its namespaces.
import { existsSync } from 'node:fs';
import { mkdir, readdir, rmdir } from 'node:fs/promises';
import { join } from 'node:path';

const top = '/sys/fs/cgroup';
const prefix = 'inventory-node-';

/** One tree in version 2, a tree for each controller in version 1. */
const listTrees = async (): Promise<string[]> => {
  if (existsSync(join(top, 'cgroup.controllers'))) return [top];
  const entries = await readdir(top, { withFileTypes: true });
  return entries.filter(entry => entry.isDirectory()).map(entry => join(top, entry.name));
};

/** A group with a process in it stays: it belongs to a node that runs. */
const removeGroup = async (directory: string): Promise<void> => {
  const entries = await readdir(directory, { withFileTypes: true }).catch(() => []);
  for (const entry of entries) if (entry.isDirectory()) await removeGroup(join(directory, entry.name));
  await rmdir(directory).catch(() => undefined);
};

const removeGroups = async (isWanted: (name: string) => boolean): Promise<void> => {
  for (const tree of await listTrees())
    for (const name of await readdir(tree)) if (isWanted(name)) await removeGroup(join(tree, name));
};

export interface ControlGroup {
  /** `/NAME` */
  readonly path: string;
  readonly remove: () => Promise<void>;
}

const isLeft = (name: string): boolean =>
  name.startsWith(prefix) && !existsSync(join('/proc', name.slice(prefix.length)));

/** kubelet wants its root group to be there. What killed tests left is removed first. */
export const makeControlGroup = async (): Promise<ControlGroup> => {
  await removeGroups(isLeft);
  const name = `${prefix}${process.pid}`;
  for (const tree of await listTrees()) await mkdir(join(tree, name), { recursive: true });
  return { path: `/${name}`, remove: () => removeGroups(each => each === name) };
};
