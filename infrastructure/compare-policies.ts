// Policies statement by statement: ours are brought about, those of others are kept unless they are to be replaced. Pure.
import type { PolicyDocument, Statement } from '../contract/access/policy-document.ts';
import type { Difference } from './resource-kind.ts';

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !isList(value);

const compareTexts = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Where IAM takes one value or a list of them, in any order: the list, in order. */
const canonical = (value: unknown): Json => {
  if (isList(value)) {
    const items = value.map(item => JSON.stringify(isObject(item) ? canonical(item) : item));
    return [...new Set(items)].sort(compareTexts).map(text => JSON.parse(text) as Json);
  }
  if (!isObject(value)) return [value as Json];
  const keys = Object.keys(value).sort(compareTexts);
  return Object.fromEntries(keys.map(key => [key, canonical(value[key])]));
};

/** IAM tells actions apart without their case. */
const canonicalStatement = (statement: unknown): string => {
  if (!isObject(statement)) return JSON.stringify(statement);
  const { Action, Sid: _sid, ...rest } = statement;
  const actions = (isList(Action) ? Action : [Action]).map(action => String(action).toLowerCase());
  return JSON.stringify(canonical({ ...rest, Action: actions }));
};

export const isSameStatement = (one: unknown, other: unknown): boolean =>
  canonicalStatement(one) === canonicalStatement(other);

const statementsOf = (document: unknown): readonly Readonly<Record<string, unknown>>[] => {
  const found = isObject(document) ? document['Statement'] : undefined;
  return (isList(found) ? found : found === undefined ? [] : [found]).filter(isObject);
};

const sidOf = (statement: Readonly<Record<string, unknown>> | Statement): string | undefined =>
  typeof statement['Sid' as keyof typeof statement] === 'string'
    ? String(statement['Sid' as keyof typeof statement])
    : undefined;

export interface PolicyComparison {
  readonly differences: readonly Difference[];
  /** Ours, and those of others as they are. */
  readonly merged: { readonly Version: string; readonly Statement: readonly unknown[] };
  /** Ours alone. */
  readonly replaced: PolicyDocument;
}

const withoutSid = (statement: Readonly<Record<string, unknown>> | Statement): unknown => {
  const { Sid: _sid, ...rest } = statement as Readonly<Record<string, unknown>>;
  return rest;
};

/**
 * `retired` are Sids of ours that go when they are not wanted any more. A statement of others that says the same as one of ours is
 * taken for it, whatever its Sid.
 */
export const comparePolicies = (
  attribute: string,
  { live, desired, retired = [] }: { live: unknown; desired: PolicyDocument; retired?: readonly string[] },
): PolicyComparison => {
  const there = statementsOf(live);
  const wanted = desired.Statement;
  const kept = there.filter(statement => {
    const sid = sidOf(statement);
    if (wanted.some(ours => ours.Sid === sid || isSameStatement(ours, statement))) return false;
    return sid === undefined || !retired.includes(sid);
  });
  const differences: Difference[] = [];
  for (const ours of wanted) {
    const at = `${attribute}: ${ours.Sid}`;
    const before = there.find(statement => sidOf(statement) === ours.Sid);
    if (there.some(statement => isSameStatement(ours, statement))) continue;
    differences.push({
      attribute: at,
      ...(before === undefined ? {} : { before: withoutSid(before) }),
      after: withoutSid(ours),
    });
  }
  for (const statement of there) {
    const sid = sidOf(statement);
    if (sid === undefined || !retired.includes(sid) || wanted.some(ours => ours.Sid === sid)) continue;
    differences.push({ attribute: `${attribute}: ${sid}`, before: withoutSid(statement) });
  }
  for (const statement of kept) {
    const name = sidOf(statement) ?? 'a statement without Sid';
    differences.push({ attribute: `${attribute}: ${name}`, before: withoutSid(statement), takesAway: true });
  }
  const merged = { Version: '2012-10-17', Statement: [...kept, ...wanted] };
  return { differences, merged, replaced: desired };
};

/** Statements that let anybody in, as they stand in a document that is there. */
export const openToAll = (document: unknown): string[] =>
  statementsOf(document)
    .filter(({ Effect, Principal, Condition }) => {
      const all = Principal === '*' || (isObject(Principal) && Object.values(Principal).flat().includes('*'));
      return Effect === 'Allow' && all && Condition === undefined;
    })
    .map(statement => sidOf(statement) ?? 'a statement without Sid');

/** Differences that are ours to bring about. */
export const isDue = (difference: Difference, replace: boolean): boolean => replace || difference.takesAway !== true;
