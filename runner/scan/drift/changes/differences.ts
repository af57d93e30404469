// Two canonical values to the paths at which they differ. Pure.

import { isDeepStrictEqual } from 'node:util';
import { isMembers } from '../members.ts';
import type { Form } from './forms.ts';

export type Path = readonly (string | number)[];

export interface Difference {
  readonly path: Path;
  /** As canonical values; null on the side that has none. */
  readonly from: unknown;
  readonly to: unknown;
}

const hasMembers = (value: unknown): value is readonly unknown[] => Array.isArray(value) && value.some(isMembers);

const isAlike = (form: Form, path: Path, { from, to }: Omit<Difference, 'path'>): boolean => {
  if (isDeepStrictEqual(from, to)) return true;
  if (!Array.isArray(from) || !Array.isArray(to)) return false;
  return form.alike?.(String(path.at(-1)), from, to) ?? false;
};

/** Of sets of structures: each that only one side has is a difference of its own. */
const setDifferences = (path: Path, from: readonly unknown[], to: readonly unknown[]): Difference[] => {
  const texts = (values: readonly unknown[]) => new Set(values.map(value => JSON.stringify(value)));
  const [before, now] = [texts(from), texts(to)];
  return [
    ...from.filter(value => !now.has(JSON.stringify(value))).map(value => ({ path, from: value, to: null })),
    ...to.filter(value => !before.has(JSON.stringify(value))).map(value => ({ path, from: null, to: value })),
  ];
};

/** Structures are gone into, lists of as many structures too; lists of texts differ as a whole. */
export const differencesOf = (form: Form, path: Path, { from, to }: Omit<Difference, 'path'>): Difference[] => {
  if (form.unordered && Array.isArray(from) && Array.isArray(to)) return setDifferences(path, from, to);
  if (isMembers(from) && isMembers(to)) {
    const names = new Set([...Object.keys(from), ...Object.keys(to)]);
    return [...names].flatMap(name =>
      differencesOf(form, [...path, name], { from: from[name] ?? null, to: to[name] ?? null }),
    );
  }
  if (hasMembers(from) && hasMembers(to) && from.length === to.length) {
    return from.flatMap((each, at) => differencesOf(form, [...path, at], { from: each, to: to[at] }));
  }
  return isAlike(form, path, { from, to }) ? [] : [{ path, from, to }];
};
