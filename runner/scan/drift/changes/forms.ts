// Forms of values: what a state and AWS write in two ways becomes one thing, so that only real differences are left. Pure.
import { isMembers, type Members } from '../members.ts';

/** How values of one attribute are compared. */
export interface Form {
  /** The value as both sides would write it; null where there is none, undefined where it cannot be compared. */
  readonly canonical: (value: unknown) => unknown;
  /** Whether two unequal canonical lists say the same; `name` is the last name of their path. */
  readonly alike?: (name: string, from: readonly unknown[], to: readonly unknown[]) => boolean;
  /** Canonical values are lists without order, of which each member that one side alone has is told by itself. */
  readonly unordered?: true;
}

const isNone = (value: unknown): value is null | undefined | '' =>
  value === null || value === undefined || value === '';

/** In the order of the code units, which no locale changes. */
export const inOrder = (values: readonly string[]): string[] =>
  [...new Set(values)].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));

const scalarText = (value: unknown): string => (isMembers(value) ? JSON.stringify(value) : String(value));

const textsOf = (value: unknown): string[] | undefined => {
  if (isNone(value)) return [];
  return Array.isArray(value) ? value.filter(each => !isNone(each)).map(scalarText) : undefined;
};

export const text: Form = { canonical: value => (isNone(value) ? null : scalarText(value)) };

/** Names that AWS writes in lower case whatever it was given. */
export const foldedText: Form = { canonical: value => (isNone(value) ? null : scalarText(value).toLowerCase()) };

/** A DNS name, with or without its last dot; a load balancer's in front of which the console writes `dualstack`. */
export const dnsName: Form = {
  canonical: value =>
    isNone(value)
      ? null
      : scalarText(value)
          .toLowerCase()
          .replace(/^dualstack\./, '')
          .replace(/\.$/, ''),
};

/** The ARN of a log group, which some APIs and states end in `:*`. */
export const withoutStar: Form = { canonical: value => (isNone(value) ? null : scalarText(value).replace(/:\*$/, '')) };

/** Some APIs and old states write numbers as texts. */
export const number: Form = {
  canonical: value => {
    if (isNone(value)) return null;
    const parsed = Number(value);
    return Number.isNaN(parsed) ? undefined : parsed;
  },
};

export const flag: Form = { canonical: value => value === true || value === 'true' || value === '1' };

/** Their order is nobody's. */
export const textSet: Form = {
  canonical: value => {
    const texts = textsOf(value);
    return texts === undefined ? undefined : inOrder(texts);
  },
};

/** In an order that means something. */
export const textList: Form = { canonical: textsOf };

export const textMap: Form = {
  canonical: value => {
    if (isNone(value)) return {};
    if (!isMembers(value)) return undefined;
    return Object.fromEntries(
      Object.entries(value)
        .filter(([, inner]) => inner !== null && inner !== undefined)
        .map(([name, inner]) => [name, scalarText(inner)]),
    );
  },
};

const sorted = (value: Members, canonical: (inner: unknown) => unknown): Members =>
  Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => inner !== null && inner !== undefined)
      .map(([name, inner]) => [name, canonical(inner)]),
  );

/** Of JSON documents: `5` and `"5"`, which services give back either way, are the same. */
const canonicalJson = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(canonicalJson);
  return isMembers(value) ? sorted(value, canonicalJson) : String(value);
};

/** The value of a JSON text; undefined when it is none. */
export const parsedJson = (value: unknown): unknown => {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return undefined;
  }
};

export const json: Form = {
  canonical: value => {
    if (isNone(value)) return null;
    const parsed = parsedJson(value);
    return parsed === undefined ? undefined : canonicalJson(parsed);
  },
};

/** A set of structures, of which `canonical` makes comparable ones: with the same names in the same order. */
export const setOf = (canonical: (value: Members) => Members | readonly Members[]): Form => ({
  unordered: true,
  canonical: value => {
    if (isNone(value)) return [];
    if (!Array.isArray(value)) return undefined;
    const members = value.filter(isMembers).flatMap(each => canonical(each));
    const byText = new Map(members.map(each => [JSON.stringify(each), each]));
    return inOrder([...byText.keys()]).map(key => byText.get(key));
  },
});
