// A container's process as the machine sees it from outside: what is mounted in it, what it could read.
import { lstat, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

export interface Mount {
  readonly path: string;
  readonly type: string;
}

/** Of the real node's processes, those that have the program among their arguments; `podUid` leaves out those of other pods. */
export const findProcesses = async (program: string, podUid = ''): Promise<number[]> => {
  const group = new RegExp(`inventory-node-${process.pid}/.*${podUid}`, 'm');
  const found: number[] = [];
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const words = (await readFile(`/proc/${name}/cmdline`, 'utf8').catch(() => '')).split('\0');
    const groups = await readFile(`/proc/${name}/cgroup`, 'utf8').catch(() => '');
    if (words.includes(program) && group.test(groups)) found.push(Number(name));
  }
  return found;
};

/** Path and type of every file system that the process sees. */
export const readMounts = async (pid: number): Promise<Mount[]> =>
  (await readFile(`/proc/${pid}/mountinfo`, 'utf8'))
    .trim()
    .split('\n')
    .map(line => {
      const words = line.split(' ');
      return { path: words[4] ?? '', type: words[words.indexOf('-') + 1] ?? '' };
    });

/** As the process has it at that path. */
export const statInside = async (pid: number, path: string) => lstat(join(`/proc/${pid}/root`, path));

/** Names and values that the process was started with. */
export const readVariables = async (pid: number): Promise<ReadonlyMap<string, string>> => {
  const text = await readFile(`/proc/${pid}/environ`, 'utf8');
  return new Map(
    text.split('\0').flatMap(each => {
      const at = each.indexOf('=');
      return at === -1 ? [] : [[each.slice(0, at), each.slice(at + 1)]];
    }),
  );
};
