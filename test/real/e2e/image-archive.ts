// Writes a directory as an image of one layer, in the form of `docker save`: what `ctr images import` takes without a registry.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { execa } from 'execa';

export interface ImageFacts {
  /** With a tag. */
  readonly name: string;
  readonly root: string;
  /** As the Image Specification names them: Entrypoint, Cmd, User, WorkingDir, Labels. */
  readonly config: Readonly<Record<string, unknown>>;
}

const tar = (directory: string, file: string, ...names: readonly string[]) =>
  execa('tar', ['--sort=name', '--owner=0', '--group=0', '--numeric-owner', '-C', directory, '-cf', file, ...names]);

const digestOf = async (file: string): Promise<string> => {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
};

/** Puts the archive into `directory`; its path. */
export const writeImageArchive = async (directory: string, { name, root, config }: ImageFacts): Promise<string> => {
  const parts = join(directory, `${createHash('sha256').update(name).digest('hex').slice(0, 12)}`);
  await mkdir(parts);
  await tar(root, join(parts, 'layer.tar'), '.');
  const layer = `sha256:${await digestOf(join(parts, 'layer.tar'))}`;
  const architecture = process.arch === 'x64' ? 'amd64' : process.arch;
  const image = { architecture, os: 'linux', config, rootfs: { type: 'layers', diff_ids: [layer] } };
  await writeFile(join(parts, 'config.json'), JSON.stringify(image));
  const manifest = [{ Config: 'config.json', RepoTags: [name], Layers: ['layer.tar'] }];
  await writeFile(join(parts, 'manifest.json'), JSON.stringify(manifest));
  const archive = `${parts}.tar`;
  await tar(parts, archive, 'manifest.json', 'config.json', 'layer.tar');
  await rm(parts, { recursive: true });
  return archive;
};
