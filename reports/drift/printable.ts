// Text of others in what a person reads: names and values come from accounts and states, and may hold anything. Pure.

/** Control characters and those that reorder a line become escapes, so that a name cannot draw on a screen or end a comment. */
export const printable = (text: string): string =>
  text.replace(/[\p{Cc}\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu, character => {
    if (character === '\n') return '\\n';
    if (character === '\t') return '\\t';
    return `\\u${character.codePointAt(0)?.toString(16).padStart(4, '0')}`;
  });

export const plural = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;

/** The beginning of a long text, on one line; what was left out is marked. */
export const shorten = (text: string, longest: number): string => {
  const shown = printable(text);
  return shown.length > longest ? `${shown.slice(0, longest - 1)}…` : shown;
};

/** In the order of their keys. */
export const sortedGroups = <Item>(
  items: readonly Item[],
  keyOf: (item: Item) => string,
): readonly (readonly [key: string, items: readonly Item[]])[] =>
  [...Map.groupBy(items, keyOf)].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
