// A Python environment with the pinned moto in the user's cache directory, made once per version.
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { InventoryError } from '../../contract/errors.ts';
import { cacheDirectory } from './cache-directory.ts';

type Environment = Readonly<Record<string, string | undefined>>;

export interface MotoEnvironmentOptions {
  readonly environment: Environment;
  /** A pip requirements file that pins moto and everything below it. */
  readonly requirements: string;
  /** Told once when something has to be fetched, because that takes time. */
  readonly announce: (text: string) => void;
  /** Told for each package that is fetched, for a line at a terminal that shows life. */
  readonly progress?: ((fetched: number, packages: number) => void) | undefined;
}

const oldestPython = [3, 10] as const;

const unavailable = (message: string, cause?: unknown, remedy?: string): InventoryError =>
  new InventoryError('simulator-unavailable', message, { cause, remedy });

const lastWords = (cause: unknown): string =>
  String((cause as { stderr?: unknown }).stderr || (cause as { shortMessage?: unknown }).shortMessage || cause)
    .trim()
    .split('\n')
    .slice(-3)
    .join(' ');

const requirePython = async (python: string): Promise<void> => {
  const asked = await execa(python, ['-c', 'import sys; print(*sys.version_info[:2])'], { reject: false });
  const [major = 0, minor = 0] = asked.stdout?.split(' ').map(Number) ?? [];
  if (asked.failed) throw unavailable(`${python} could not be started: ${lastWords(asked)}`, asked);
  if (major === oldestPython[0] && minor >= oldestPython[1]) return;
  throw unavailable(
    `The AWS simulator needs Python ${oldestPython.join('.')} or newer; ${python} is ${major}.${minor}`,
    undefined,
    `Install Python ${oldestPython.join('.')} or newer and set PYTHON to it.`,
  );
};

/**
 * The command that installs into the environment. An outer pip saves two seconds, and Debian's python3 without
 * python3-venv has no other; where there is none, or an old one without --python, the environment gets its own.
 */
const pipFor = async (python: string, inside: string): Promise<readonly [string, readonly string[]]> => {
  const outer = ['-m', 'pip', '--python', inside];
  const asked = await execa(python, [...outer, '--version'], { reject: false });
  if (!asked.failed) return [python, outer];
  await execa(inside, ['-m', 'ensurepip']);
  return [inside, ['-m', 'pip']];
};

const installInto = async (directory: string, options: MotoEnvironmentOptions): Promise<void> => {
  const python = options.environment['PYTHON'] || 'python3';
  await requirePython(python);
  const pins = (await readFile(options.requirements, 'utf8')).split('\n').filter(line => line.includes('=='));
  try {
    await execa(python, ['-m', 'venv', '--without-pip', directory]);
    const [command, pip] = await pipFor(python, join(directory, 'bin', 'python'));
    // Wheels alone: nothing of what is fetched runs a build script here. Python compiles what it imports by itself.
    const how = ['--no-deps', '--only-binary', ':all:', '--no-compile', '--disable-pip-version-check', '--no-input'];
    const install = execa(command, [...pip, 'install', ...how, '--progress-bar', 'off', '-r', options.requirements]);
    let fetched = 0;
    for await (const line of install) {
      if (!line.startsWith('Collecting ') && !line.startsWith('Processing ')) continue;
      fetched += 1;
      options.progress?.(Math.min(fetched, pins.length), pins.length);
    }
    await install;
  } catch (cause) {
    throw unavailable(`The AWS simulator could not be installed with ${python}: ${lastWords(cause)}`, cause);
  }
};

/** The path of a Python that can run moto. Throws simulator-unavailable with what Python or pip said. */
export const prepareMoto = async (options: MotoEnvironmentOptions): Promise<string> => {
  const pins = createHash('sha256')
    .update(await readFile(options.requirements))
    .digest('hex')
    .slice(0, 12);
  const directory = cacheDirectory(options.environment, `moto-${pins}`);
  const python = join(directory, 'bin', 'python');
  if (existsSync(python)) return python;
  options.announce('Fetching the AWS simulator (moto) into the cache; this happens once and takes some ten seconds.');
  await mkdir(dirname(directory), { recursive: true });
  // Made beside its place and renamed into it: an interrupted or a second, simultaneous installation leaves no half one.
  const making = await mkdtemp(`${directory}.making-`);
  try {
    await installInto(making, options);
    // What stands here without a working Python lost it to an upgrade of the machine's.
    if (!existsSync(python)) await rm(directory, { recursive: true, force: true });
    await rename(making, directory).catch(error => {
      if (!existsSync(python)) throw error;
    });
  } finally {
    await rm(making, { recursive: true, force: true });
  }
  return python;
};
