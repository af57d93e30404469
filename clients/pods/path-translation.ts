// Part of the local backend: a path inside the container becomes the path of this machine that stands for it.

export interface PathRoot {
  /** Absolute, inside the container: a mountPath, a directory of the image, the termination message's file. */
  readonly inside: string;
  /** Absolute, on this machine. */
  readonly outside: string;
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/**
 * A function that translates every path in a command's word or a variable's value: at its start, and after `=`, `:` or
 * `,`. `/recon2` does not lie under `/recon`, and the longest root wins. A path after a blank or a quote stays as it is,
 * because only the shell or program that reads it knows whether it is one: scripts take their paths from variables.
 */
export const pathTranslator = (roots: readonly PathRoot[]): ((value: string) => string) => {
  const outsideOf = new Map(roots.map(root => [root.inside.replace(/\/+$/, ''), root.outside]));
  const insides = [...outsideOf.keys()].filter(inside => inside !== '').sort((a, b) => b.length - a.length);
  if (insides.length === 0) return value => value;
  const pattern = new RegExp(`(^|[=:,])(${insides.map(escaped).join('|')})(?=$|[/=:,])`, 'g');
  return value =>
    value.replace(pattern, (whole: string, before: string, inside: string) => {
      const outside = outsideOf.get(inside);
      return outside === undefined ? whole : before + outside;
    });
};
