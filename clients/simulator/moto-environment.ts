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
}

const installInto = async (directory: string, options: MotoEnvironmentOptions): Promise<void> => {
  const python = options.environment['PYTHON'] || 'python3';
  try {
    await execa(python, ['-m', 'venv', directory]);
    const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-input', '--no-deps'];
    await execa(join(directory, 'bin', 'python'), [...pip, '-r', options.requirements]);
  } catch (cause) {
    const said = String((cause as { stderr?: unknown }).stderr ?? cause)
      .trim()
      .split('\n')
      .slice(-3)
      .join(' ');
    throw new InventoryError(
      'simulator-unavailable',
      `The AWS simulator could not be installed with ${python}: ${said}`,
      {
        cause,
      },
    );
  }
};

/** The path of a Python that can run moto. */
export const prepareMoto = async (options: MotoEnvironmentOptions): Promise<string> => {
  const pins = createHash('sha256')
    .update(await readFile(options.requirements))
    .digest('hex')
    .slice(0, 12);
  const directory = cacheDirectory(options.environment, `moto-${pins}`);
  const python = join(directory, 'bin', 'python');
  if (existsSync(python)) return python;
  options.announce(
    'Fetching the AWS simulator (moto) into the cache; this happens once and takes about half a minute.',
  );
  await mkdir(dirname(directory), { recursive: true });
  // Made beside its place and renamed into it: an interrupted or a second, simultaneous installation leaves no half one.
  const making = await mkdtemp(`${directory}.making-`);
  try {
    await installInto(making, options);
    await rename(making, directory).catch(error => {
      if (!existsSync(python)) throw error;
    });
  } finally {
    await rm(making, { recursive: true, force: true });
  }
  return python;
};
