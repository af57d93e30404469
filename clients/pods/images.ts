// Part of the local backend: which command of this machine stands for a container image.

export interface LocalImage {
  /** What the image's entrypoint would be: absolute, or found on PATH. */
  readonly command: readonly string[];
  /** Directories of the image and the ones of this machine that stand for them: `{'/app': '<bundles>'}`. */
  readonly root?: Readonly<Record<string, string>> | undefined;
}

/** By name without tag and digest, because a local command has neither. */
export type LocalImages = Readonly<Record<string, LocalImage>>;

/** `registry:5000/team/scanner:1.2@sha256:…` → `registry:5000/team/scanner`. */
export const imageName = (reference: string): string => {
  const name = reference.replace(/@.*$/, '');
  const lastPart = name.lastIndexOf('/') + 1;
  return name.slice(0, lastPart) + name.slice(lastPart).replace(/:.*$/, '');
};

export const findImage = (images: LocalImages, reference: string | undefined): LocalImage | undefined => {
  const name = imageName(reference ?? '');
  return Object.hasOwn(images, name) ? images[name] : undefined;
};
