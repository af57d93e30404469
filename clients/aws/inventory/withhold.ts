// Members of an answer that hold, or may hold, a secret: a report of who has what is no place for them.
const hidden = '[redacted]';

const withhold = (names: ReadonlySet<string>, value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(each => withhold(names, each));
  if (typeof value !== 'object' || value === null || value instanceof Date || value instanceof Uint8Array) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .map(([name, member]) => [name, names.has(name) ? hidden : withhold(names, member)]),
  );
};

/** Items in which nothing is left of the members of these names, at whatever depth, but that they are there. */
export const without =
  (...names: readonly string[]) =>
  (items: readonly object[] | undefined): object[] =>
    (items ?? []).map(item => withhold(new Set(names), item) as object);
