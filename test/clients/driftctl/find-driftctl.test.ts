// Where driftctl is looked for, and what is said of one that cannot be used.
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findDriftctl } from '../../../clients/driftctl/find-driftctl.ts';
import { makeFake, ownDirectory, putProvider } from './fake-driftctl.ts';

const find = (environment: Record<string, string>) => findDriftctl(environment, new AbortController().signal);

test('the program that the variable names goes before the one on PATH', async () => {
  const [named, other] = [makeFake('exit 0', { version: 'v0.39.0' }), makeFake('exit 0')];
  const onPath = { PATH: `${ownDirectory()}:${other.here}` };
  expect(await find(onPath)).toMatchObject({ program: { command: other.command, version: 'v0.40.0' } });
  const both = { ...onPath, INVENTORY_DRIFTCTL: named.command };
  expect(await find(both)).toMatchObject({ program: { command: named.command, version: 'v0.39.0' } });
});

test('a folder of PATH that is not absolute is not looked into', async () => {
  expect(await find({ PATH: '.:node_modules/.bin' })).toEqual({ absent: 'driftctl is not on this machine' });
});

test('a named program that is not there is said to be none, whatever PATH has', async () => {
  const other = makeFake('exit 0');
  expect(await find({ PATH: other.here, INVENTORY_DRIFTCTL: '/no/such/driftctl' })).toEqual({
    absent: 'INVENTORY_DRIFTCTL is /no/such/driftctl, which is no program',
  });
});

test('a program that does not tell its version is none, and its last words say why', async () => {
  const broken = makeFake('exit 0', { version: '' });
  expect(await find({ INVENTORY_DRIFTCTL: broken.command })).toEqual({
    absent: `${broken.command} does not tell its version: exit code 0`,
  });
  writeFileSync(broken.command, '#!/bin/sh\necho "cannot find libc" >&2; exit 127\n');
  expect(await find({ INVENTORY_DRIFTCTL: broken.command })).toEqual({
    absent: `${broken.command} does not tell its version: cannot find libc`,
  });
});

test('the newest provider beside the program is taken, through a link too', async () => {
  const fake = makeFake('exit 0');
  putProvider(fake.here, '3.19.0');
  putProvider(fake.here, '3.40.0');
  putProvider(fake.here, '3.5.0');
  const link = join(ownDirectory(), 'driftctl');
  symlinkSync(fake.command, link);
  expect(await find({ INVENTORY_DRIFTCTL: link })).toMatchObject({
    program: { command: link, configDirectory: fake.here, providerVersion: '3.40.0' },
  });
});

test('the configuration directory and the provider version that are set are kept', async () => {
  const [fake, home] = [makeFake('exit 0'), ownDirectory()];
  putProvider(fake.here, '3.40.0');
  putProvider(home, '4.1.0');
  const set = { INVENTORY_DRIFTCTL: fake.command, DCTL_CONFIG_DIR: home };
  expect(await find(set)).toMatchObject({ program: { configDirectory: home, providerVersion: '4.1.0' } });
  const wanted = { ...set, DCTL_TF_PROVIDER_VERSION: '3.76.1' };
  expect(await find(wanted)).toMatchObject({ program: { configDirectory: home, providerVersion: '3.76.1' } });
});

test('without a provider anywhere the home is left to driftctl, which fetches its default', async () => {
  const [fake, home] = [makeFake('exit 0'), ownDirectory()];
  mkdirSync(join(home, '.driftctl'));
  const found = await find({ INVENTORY_DRIFTCTL: fake.command, HOME: home });
  expect(found).toEqual({
    program: { command: fake.command, version: 'v0.40.0', configDirectory: home, providerVersion: undefined },
  });
  rmSync(join(home, '.driftctl'), { recursive: true });
  putProvider(home, '3.19.0');
  expect(await find({ INVENTORY_DRIFTCTL: fake.command, HOME: home })).toMatchObject({
    program: { providerVersion: '3.19.0' },
  });
});
