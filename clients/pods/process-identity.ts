// Part of the local backend: a process that can be recognised later. A pid alone may belong to somebody else by then.
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync, realpathSync } from 'node:fs';
import { signalGroup } from '../process-group.ts';

export interface ProcessIdentity {
  readonly pid: number;
  /** When it started, in the system's own words: on Linux ticks since the boot, and the boot. */
  readonly started: string;
}

interface Sighting {
  readonly started: string;
  /** Ended, but not yet reaped by its parent. */
  readonly zombie: boolean;
}

const tryRead = (path: string): string | undefined => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
};

const sightOnLinux = (pid: number): Sighting | undefined => {
  const stat = tryRead(`/proc/${pid}/stat`);
  if (stat === undefined) return undefined;
  // The command's name stands in brackets and may hold blanks and brackets itself; the third field follows the last one.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const boot = tryRead('/proc/sys/kernel/random/boot_id')?.trim() ?? '';
  return { started: `${fields[19]}@${boot}`, zombie: fields[0] === 'Z' || fields[0] === 'X' };
};

const sightElsewhere = (pid: number): Sighting | undefined => {
  try {
    const said = execFileSync('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], { encoding: 'utf8', stdio: 'pipe' });
    const [, state = '', started = ''] = /^\s*(\S+)\s+(.*\S)/.exec(said) ?? [];
    return { started, zombie: state.startsWith('Z') };
  } catch {
    return undefined;
  }
};

const sight = process.platform === 'linux' ? sightOnLinux : sightElsewhere;

/** undefined when no such process runs. */
export const identifyProcess = (pid: number): ProcessIdentity | undefined => {
  const seen = sight(pid);
  return seen === undefined || seen.zombie ? undefined : { pid, started: seen.started };
};

export const isAlive = (identity: ProcessIdentity): boolean =>
  identifyProcess(identity.pid)?.started === identity.started;

const send = (pid: number, signal: NodeJS.Signals): void => {
  try {
    process.kill(pid, signal);
  } catch {
    // It ended in the meantime, which is what the signal was for.
  }
};

/** Signals this very process, and no later one of the same pid. */
export const signalProcess = (identity: ProcessIdentity, signal: NodeJS.Signals): void => {
  if (isAlive(identity)) send(identity.pid, signal);
};

/** Kills the group of a recorded leader. A leader that is gone leaves its group to killPodProcesses. */
export const killRecordedGroup = (leader: ProcessIdentity): void => {
  // A zombie still holds its pid, and with it the group's number.
  if (sight(leader.pid)?.started === leader.started) signalGroup(leader.pid, 'SIGKILL');
};

/** What tells a pod's processes from all others. */
export interface PodMarks {
  readonly podName: string;
  /** Where its containers stand, while it runs: its own directories alone. */
  readonly directories: readonly string[];
}

const tryResolve = (resolve: () => string): string | undefined => {
  try {
    return resolve();
  } catch {
    return undefined;
  }
};

/** The seventh field of `stat`: a container has no terminal, and a person who looks at a pod's files does. */
const hasTerminal = (pid: string): boolean => {
  const stat = tryRead(`/proc/${pid}/stat`) ?? '';
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[4] !== '0';
};

const podProcesses = ({ podName, directories }: PodMarks): number[] => {
  const mark = `\0HOSTNAME=${podName}\0`;
  // A process tells where it stands without links, and also when that was removed meanwhile.
  const places = directories.map(directory => `${tryResolve(() => realpathSync(directory)) ?? directory}/`);
  const standsThere = (pid: string) => {
    const place = tryResolve(() => readlinkSync(`/proc/${pid}/cwd`));
    return place !== undefined && places.some(each => place.startsWith(each)) && !hasTerminal(pid);
  };
  return readdirSync('/proc')
    .filter(name => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter(pid => `\0${tryRead(`/proc/${pid}/environ`) ?? ''}`.includes(mark) || standsThere(pid))
    .map(Number);
};

/**
 * Kills every process that was born in the pod: those that left their group as well, as the end of a pod's namespace
 * does. Linux alone shows the environment and the working directory that tell them apart; elsewhere only recorded groups
 * are ended. One that left its group, cleared its environment and went elsewhere (`cd /`) is not found: it would take a
 * namespace or a control group of its own, which need rights that the local backend does not ask for.
 */
export const killPodProcesses = (pod: PodMarks): void => {
  if (process.platform !== 'linux') return;
  // A process that forks while it is looked for needs another look; one that forks for ever must not hold us here.
  for (let looks = 0; looks < 10; looks += 1) {
    const pids = podProcesses(pod);
    if (pids.length === 0) return;
    for (const pid of pids) send(pid, 'SIGKILL');
  }
};
