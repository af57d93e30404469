// A real Chromium for the tests of the page: the one of the machine, or Debian's package.
import { existsSync } from 'node:fs';
import { execa } from 'execa';
import { type Browser, chromium } from 'playwright-core';

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const howToGet = 'Install it (apt-get install chromium).';

const install = async (): Promise<void> => {
  console.error('Installing chromium, which looks at the page; this happens once and takes a minute.');
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  await execa('apt-get', ['update', '-qq'], { env });
  await execa('apt-get', ['install', '-qq', '--no-install-recommends', 'chromium'], { env });
};

/** Throws with how to get it where it is not and cannot be installed. */
export const startChromium = async (): Promise<Browser> => {
  if (!places.some(existsSync)) {
    await install().catch(cause => {
      throw new Error(`Chromium is not there and could not be installed. ${howToGet}`, { cause });
    });
  }
  const executablePath = places.find(existsSync);
  if (executablePath === undefined) throw new Error(`Chromium is not there. ${howToGet}`);
  // Its sandbox wants more rights than the tests' root has in a container.
  return await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
};
