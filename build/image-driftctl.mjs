// node build/image-driftctl.mjs ROOT: the bill of materials of what build.sh has left in ROOT/opt/driftctl, and the times of the sources.
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimes } from './same-times.mjs';
import { goBill } from './sbom.ts';

const root = process.argv[2];
const directory = join(root, 'opt', 'driftctl');
const modules = join(directory, 'modules');
const lists = await Promise.all((await readdir(modules)).sort().map(name => readFile(join(modules, name), 'utf8')));
await writeFile(join(directory, 'sbom.cdx.json'), `${JSON.stringify(goBill(lists), null, 1)}\n`);
await rm(modules, { recursive: true });
await setTimes(root);
