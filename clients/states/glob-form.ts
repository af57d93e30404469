// Beside the listings of states: which names a glob means, read as driftctl reads it.

const token = /(?<=^|\/)\*\*(\/|$)|\*+|\?|\[([!^]?)((?:\\.|[^\]\\])+)\]|[{},]|\\(.)|./gsu;

const escapeForm = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
const escapeClass = (members: string): string =>
  members.replace(/\\(.)|[[\]^]/gsu, (all, escaped?: string) =>
    escaped === undefined ? `\\${all}` : escapeMember(escaped),
  );
const escapeMember = (character: string): string => (/[-[\]^\\]/.test(character) ? `\\${character}` : character);

const isBalanced = (pattern: string): boolean => {
  let depth = 0;
  for (const [character] of pattern.matchAll(/\\.|[{}]/gs)) {
    if (character === '{') depth += 1;
    if (character === '}') depth -= 1;
    if (depth < 0) return false;
  }
  return depth === 0;
};

/**
 * `**` is any number of folders, `*` and `?` stay within one, `[a-c]` and `[!a]` are one character, `{a,b}` alternatives;
 * names that begin with a dot are no exception. Throws SyntaxError on a range that is none.
 */
export const globForm = (pattern: string): RegExp => {
  const hasAlternatives = isBalanced(pattern);
  let depth = 0;
  const translate = (all: string, end?: string, negation?: string, members?: string, escaped?: string): string => {
    if (end !== undefined) return end === '/' ? '(?:[^/]+/)*' : '.+';
    if (members !== undefined) return `[${negation === '' ? '' : '^/'}${escapeClass(members)}]`;
    if (escaped !== undefined) return escapeForm(escaped);
    if (all.startsWith('*')) return '[^/]*';
    if (all === '?') return '[^/]';
    if (!hasAlternatives) return escapeForm(all);
    if (all === '{') depth += 1;
    if (all === '{') return '(?:';
    if (all === '}') depth -= 1;
    if (all === '}') return ')';
    return all === ',' && depth > 0 ? '|' : escapeForm(all);
  };
  return new RegExp(`^${pattern.replace(token, translate)}$`, 'su');
};
