// node build/image-app.mjs ROOT: what the image has of ours, the bundles and the licence, as ROOT/app.
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeBundles } from './bundle.mjs';
import { setTimes } from './same-times.mjs';

const root = process.argv[2];
await writeBundles(join(root, 'app'));
await copyFile('LICENSE', join(root, 'app', 'LICENSE'));
await setTimes(root);
