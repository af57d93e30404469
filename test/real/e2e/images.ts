// The two images of the real node: the product's own, laid out as its Dockerfile says, and the sandbox's first process.
import { cp, mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { putNode } from '../image-bases.ts';
import { writeImageArchive } from './image-archive.ts';

export const productImage = 'dfdsdk/aws-inventory-orchestrator';
export const pauseImage = 'inventory.test/pause:1';

/** The last instruction of that name in the Dockerfile's target. */
const instructionOf = (stage: string, name: string): string => {
  const found = [...stage.matchAll(new RegExp(`^${name} (.+)$`, 'gm'))].at(-1)?.[1];
  if (found === undefined) throw new Error(`The Dockerfile's target inventory has no ${name}`);
  return found;
};

/** What a kubelet reads of an image; Dockerfile and distroless's base in one. */
const readImageConfig = async (): Promise<Record<string, unknown>> => {
  const text = await readFile('Dockerfile', 'utf8');
  const stage = text.split(/^FROM /m).find(part => / AS inventory$/m.test(part.split('\n')[0] ?? ''));
  if (stage === undefined) throw new Error('The Dockerfile has no target inventory');
  return {
    Entrypoint: ['/usr/local/bin/node'],
    Cmd: JSON.parse(instructionOf(stage, 'CMD')),
    User: instructionOf(stage, 'USER'),
    WorkingDir: instructionOf(stage, 'WORKDIR'),
    Env: ['PATH=/usr/local/bin:/usr/bin:/bin', 'SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt'],
  };
};

/** The bundles of dist/ are those of the image: the same program makes both. */
const writeProductImage = async (directory: string, tag: string): Promise<string> => {
  const root = join(directory, 'product-root');
  await putNode(root);
  await cp('dist', join(root, 'app'), { recursive: true });
  await cp('LICENSE', join(root, 'app/LICENSE'));
  const name = `${productImage}:${tag}`;
  const archive = await writeImageArchive(directory, { name, root, config: await readImageConfig() });
  await rm(root, { recursive: true });
  return archive;
};

const writePauseImage = async (directory: string): Promise<string> => {
  const root = join(directory, 'pause-root');
  await mkdir(root);
  const source = fileURLToPath(new URL('pause/main.go', import.meta.url));
  const build = ['build', '-trimpath', '-ldflags', '-s -w', '-o', join(root, 'pause'), source];
  await execa('go', build, { env: { CGO_ENABLED: '0' } });
  const config = { Entrypoint: ['/pause'], User: '65535:65535' };
  return await writeImageArchive(directory, { name: pauseImage, root, config });
};

/** Paths of archives in `directory`; `tag` is the product's. */
export const writeImages = async (directory: string, tag: string): Promise<string[]> =>
  Promise.all([writeProductImage(directory, tag), writePauseImage(directory)]);
