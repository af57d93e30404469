// Patterns over names of resources, matched in time that grows with pattern times text, whatever the pattern. Pure.

/** One step of a pattern: any characters, one that passes, or the one that is meant. */
type Step = '*' | ((character: string) => boolean) | { readonly plain: string };

export interface Wildcard {
  /** What a text has to begin with: most texts are told apart by that. */
  readonly prefix: string;
  /** All that follows. */
  readonly steps: readonly Exclude<Step, { readonly plain: string }>[];
}

const any: Step = () => true;

const wildcardOf = (steps: readonly Step[]): Wildcard => {
  const end = steps.findIndex(step => typeof step !== 'object');
  const plain = end === -1 ? steps : steps.slice(0, end);
  return {
    prefix: plain.map(step => (typeof step === 'object' ? step.plain : '')).join(''),
    steps: steps
      .slice(plain.length)
      .map(step => (typeof step === 'object' ? (character: string) => character === step.plain : step)),
  };
};

/** `*` for any characters, `?` for one; everything else is itself. By UTF-16 units, which a text gives without a copy. */
export const parseWildcard = (pattern: string): Wildcard =>
  wildcardOf(
    pattern.split('').map(character => {
      if (character === '*') return '*';
      return character === '?' ? any : { plain: character };
    }),
  );

interface CharacterClass {
  readonly step: Step;
  /** Where the pattern goes on. */
  readonly end: number;
}

/** `[a-c]`, `[^x]` from its bracket on; undefined when it has no end. */
const parseClass = (characters: readonly string[], begin: number): CharacterClass | undefined => {
  const negated = characters[begin + 1] === '^';
  const ranges: [string, string][] = [];
  let at = begin + (negated ? 2 : 1);
  const take = (): string => {
    if (characters[at] === '\\') at += 1;
    at += 1;
    return characters[at - 1] ?? '';
  };
  while (at < characters.length && (characters[at] !== ']' || ranges.length === 0)) {
    const low = take();
    if (characters[at] !== '-' || characters[at + 1] === undefined) ranges.push([low, low]);
    else {
      at += 1;
      ranges.push([low, take()]);
    }
  }
  if (at >= characters.length) return undefined;
  const step = (other: string) => ranges.some(([low, high]) => low <= other && other <= high) !== negated;
  return { step, end: at + 1 };
};

/** As files are named in a shell: beside `*` and `?` also `[a-c]`, and `\` before what is meant as it is. */
export const parseShellPattern = (pattern: string): Wildcard | undefined => {
  const characters = pattern.split('');
  const steps: Step[] = [];
  for (let at = 0; at < characters.length; at += 1) {
    const character = characters[at];
    if (character === '*') steps.push('*');
    else if (character === '?') steps.push(any);
    else if (character === '[') {
      const parsed = parseClass(characters, at);
      if (parsed === undefined) return undefined;
      steps.push(parsed.step);
      at = parsed.end - 1;
    } else {
      if (character === '\\') at += 1;
      const meant = characters[at];
      // A backslash with nothing behind it.
      if (meant === undefined) return undefined;
      steps.push({ plain: meant });
    }
  }
  return wildcardOf(steps);
};

/** Whether the pattern matches the whole text. */
export const matchesWildcard = ({ prefix, steps }: Wildcard, text: string): boolean => {
  if (!text.startsWith(prefix)) return false;
  let [step, at] = [0, prefix.length];
  // Where the last star stands, and how much it has taken: only that one is ever tried again.
  let [star, taken] = [-1, 0];
  while (at < text.length) {
    const current = steps[step];
    if (current === '*') {
      star = step;
      taken = at;
      step += 1;
    } else if (current?.(text[at] ?? '')) {
      step += 1;
      at += 1;
    } else if (star >= 0) {
      taken += 1;
      at = taken;
      step = star + 1;
    } else {
      return false;
    }
  }
  return steps.slice(step).every(rest => rest === '*');
};
