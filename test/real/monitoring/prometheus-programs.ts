// Prometheus, promtool and the Pushgateway for the tests: those on PATH, or Debian's packages, unpacked once into the cache directory.
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { cacheDirectory } from '../../../clients/simulator/cache-directory.ts';

const names = ['prometheus', 'promtool', 'prometheus-pushgateway'] as const;
export type PrometheusProgram = (typeof names)[number];

const packages = ['prometheus', 'prometheus-pushgateway'];
const howToGet = `Install them (apt-get install ${packages.join(' ')}) and put them on PATH.`;

const pathOf = async (name: string): Promise<string | undefined> => {
  const { stdout, failed } = await execa('which', [name], { reject: false });
  return failed ? undefined : stdout;
};

/** Unpacked and not installed: no service is started, no user made, and nothing of the machine changes. */
const unpack = async (place: string): Promise<void> => {
  console.error(`Fetching Debian's packages ${packages.join(' and ')}; this happens once and takes some seconds.`);
  await mkdir(dirname(place), { recursive: true });
  const making = await mkdtemp(`${place}.making-`);
  try {
    const download = async () =>
      await execa('apt-get', ['download', '-qq', ...packages], { cwd: making, reject: false });
    // A fresh machine has no list of packages yet.
    if ((await download()).failed) {
      await execa('apt-get', ['update', '-qq']);
      const { failed, stderr } = await download();
      if (failed) throw new Error(stderr);
    }
    for (const file of (await readdir(making)).filter(each => each.endsWith('.deb'))) {
      await execa('dpkg', ['-x', join(making, file), making]);
      await rm(join(making, file));
    }
    if (!existsSync(place)) await rename(making, place);
  } finally {
    await rm(making, { recursive: true, force: true });
  }
};

/** Their paths. Throws with how to get them where there is no Debian. */
export const findPrometheus = async (): Promise<Readonly<Record<PrometheusProgram, string>>> => {
  const found = await Promise.all(names.map(async name => [name, await pathOf(name)] as const));
  if (found.every(([, path]) => path !== undefined)) {
    return Object.fromEntries(found) as Record<PrometheusProgram, string>;
  }
  const place = cacheDirectory(process.env, 'prometheus-debian');
  if (!existsSync(place)) {
    await unpack(place).catch(cause => {
      throw new Error(`Prometheus and its Pushgateway are not there and could not be fetched. ${howToGet}`, { cause });
    });
  }
  return Object.fromEntries(names.map(name => [name, join(place, 'usr/bin', name)])) as Record<
    PrometheusProgram,
    string
  >;
};
