// The simulator's life: it starts from the cache, says why when it cannot, and never outlives who started it.
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startMoto } from '../../../clients/simulator/moto.ts';
import { prepareMoto } from '../../../clients/simulator/moto-environment.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const requirements = join(root, 'sandbox/requirements.txt');
let directory: string;
let python: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'moto-test-'));
  python = await prepareMoto({ environment: process.env, requirements, announce: () => {} });
});
afterAll(() => rm(directory, { recursive: true, force: true }));

const answers = (url: string): Promise<boolean> =>
  fetch(`${url}/moto-api/data.json`).then(
    async response => (await response.text()).length > 0,
    () => false,
  );

test('it answers as long as it is wanted, and stops when told', async () => {
  const moto = await startMoto(python);
  expect(await answers(moto.url)).toBe(true);
  await moto.stop();
  expect(await answers(moto.url)).toBe(false);
});

test('it ends when the program that started it is killed with -9', async () => {
  const program = join(directory, 'start.ts');
  await writeFile(
    program,
    `import { startMoto } from ${JSON.stringify(join(root, 'clients/simulator/moto.ts'))};
     console.log((await startMoto(${JSON.stringify(python)})).url);`,
  );
  const parent = execa(process.execPath, [program], { reject: false });
  const [first] = await once(parent.stdout, 'data');
  const url = String(first).trim();
  expect(await answers(url)).toBe(true);
  parent.kill('SIGKILL');
  await parent;
  await expect.poll(() => answers(url), { timeout: 5_000 }).toBe(false);
});

test('a Python that lacks a package says which', async () => {
  const bare = join(directory, 'bare-python');
  await writeFile(bare, `#!/bin/sh\nexec ${JSON.stringify(python)} -S "$@"\n`, { mode: 0o755 });
  const start = startMoto(bare);
  await expect(start).rejects.toMatchObject({ code: 'simulator-unavailable' });
  await expect(start).rejects.toThrow(/moto did not start: .*No module named '(moto|botocore)'/s);
});

test('a Python that is missing is named with the remedy', async () => {
  const environment = { PYTHON: '/nowhere/python3', XDG_CACHE_HOME: directory };
  const prepared = prepareMoto({ environment, requirements, announce: () => {} });
  await expect(prepared).rejects.toMatchObject({ code: 'simulator-unavailable', remedy: /PYTHON/ });
  await expect(prepared).rejects.toThrow('/nowhere/python3');
});

test('an older Python is refused before anything is fetched', async () => {
  const older = join(directory, 'python3.9');
  await writeFile(older, '#!/bin/sh\necho 3 9\n', { mode: 0o755 });
  const environment = { PYTHON: older, XDG_CACHE_HOME: directory };
  const prepared = prepareMoto({ environment, requirements, announce: () => {} });
  await expect(prepared).rejects.toThrow(`needs Python 3.10 or newer; ${older} is 3.9`);
});
