// Under the digests: ten thousand accounts say the same few thousand words, which are kept once.

export interface Pool {
  /** The same text, whole (halves of surrogates become U+FFFD) and cut to what a label or a line of the page has room for. */
  readonly text: (text: string) => string;
  readonly texts: (texts: readonly string[]) => readonly string[];
  /** An object of plain values that is the same as one before: default networks and their like stand in every account. */
  readonly same: <Value extends object>(value: Value) => Value;
  /** Ends the comparing of objects for now: what `same` compares by is larger than the objects. */
  readonly forget: () => void;
}

const longest = 160;
/** Above it the pool begins anew: it would otherwise remember every word that any report ever had. */
const largest = 200_000;

const remember = <Value>(known: Map<string, Value>, key: string, value: Value): Value => {
  const found = known.get(key);
  if (found !== undefined) return found;
  if (known.size >= largest) known.clear();
  known.set(key, value);
  return value;
};

/** Cut at a whole character. */
export const cutLabel = (text: string): string => {
  const whole = text.toWellFormed();
  if (whole.length <= longest) return whole;
  return `${whole.slice(0, longest - 1).replace(/[\ud800-\udbff]$/, '')}…`;
};

export const createPool = (): Pool => {
  const words = new Map<string, string>();
  const lists = new Map<string, readonly string[]>();
  const objects = new Map<string, object>();
  const keep = (text: string): string => {
    const cut = cutLabel(text);
    return remember(words, cut, cut);
  };
  return {
    text: keep,
    texts: texts => remember(lists, texts.join('\n'), texts.map(keep)),
    same: <Value extends object>(value: Value) => remember(objects, JSON.stringify(value), value) as Value,
    forget: () => objects.clear(),
  };
};
