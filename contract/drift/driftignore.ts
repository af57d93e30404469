// .driftignore: lines over `type.id`, as driftctl reads them; the last line that matches decides. Pure.
import { matchesWildcard, parseShellPattern, type Wildcard } from './wildcard.ts';

/** A line of the file; `!` takes back what lines above it ignore. */
export interface DriftignoreLine {
  readonly text: string;
  readonly ignores: boolean;
  /** The line itself, and what lies below it: attributes of a resource, ids of a type. */
  readonly patterns: readonly Wildcard[];
}

/** Blanks at the end do not count, unless one is escaped. */
const withoutBlanks = (line: string): string => (line.endsWith('\\ ') ? line : line.replace(/ +$/, ''));

const parseLine = (text: string): DriftignoreLine | undefined => {
  if (text.trim() === '' || text.startsWith('#')) return undefined;
  const ignores = !text.startsWith('!');
  const line = withoutBlanks(ignores ? text : text.slice(1));
  const forms = line.endsWith('*') ? [line] : [line, `${line}.*`];
  return { text, ignores, patterns: forms.map(parseShellPattern).filter(pattern => pattern !== undefined) };
};

/**
 * Lines of a .driftignore: `type.id`, `type.*`, `*`, `!type.id`, `type.id.attribute`; `\.` is a dot of an id. Comments take
 * whole lines. A line whose pattern has no sense (`[`) matches nothing, as with driftctl.
 */
export const parseDriftignore = (text: string): DriftignoreLine[] =>
  text
    .replace(/^\ufeff/, '')
    .split(/\r?\n/)
    .flatMap(line => parseLine(line) ?? []);

/** The line that ignores `type.id` or `type.id.path.of.attribute`; undefined when none does, or a later one takes it back. */
export const ignoringLine = (lines: readonly DriftignoreLine[], name: string): DriftignoreLine | undefined => {
  const last = lines.findLast(({ patterns }) => patterns.some(pattern => matchesWildcard(pattern, name)));
  return last?.ignores ? last : undefined;
};
