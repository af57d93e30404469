// IAM policies by what they mean: texts or lists, ids or ARNs, numbers or texts, in any order but that of the statements. Pure.
import { isMembers, type Members } from '../members.ts';
import { type Form, inOrder } from './forms.ts';

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : [value]);
const textsOf = (value: unknown): string[] => inOrder(listOf(value).map(String));

const rootArn = /^arn:[a-z0-9-]+:iam::(\d{12}):root$/;

const principalIds = (value: unknown): string[] => inOrder(listOf(value).map(id => String(id).replace(rootArn, '$1')));

/** `"*"` and `{"AWS": "*"}` both mean anybody. */
const canonicalPrincipal = (value: unknown): unknown => {
  if (value === '*') return { AWS: ['*'] };
  if (!isMembers(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([kind, ids]) => [kind, principalIds(ids)]));
};

/** Keys of conditions are known in any case, as `aws:sourceip` for `aws:SourceIp`. */
const canonicalCondition = (value: unknown): unknown => {
  if (!isMembers(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([operator, keys]) => [
      operator,
      isMembers(keys)
        ? Object.fromEntries(Object.entries(keys).map(([key, values]) => [key.toLowerCase(), textsOf(values)]))
        : keys,
    ]),
  );
};

const parts: Readonly<Record<string, (value: unknown) => unknown>> = {
  Action: textsOf,
  NotAction: textsOf,
  Resource: textsOf,
  NotResource: textsOf,
  Principal: canonicalPrincipal,
  NotPrincipal: canonicalPrincipal,
  Condition: canonicalCondition,
};

const isEmpty = (value: unknown): boolean =>
  value === '' || value === null || value === undefined || (isMembers(value) && Object.keys(value).length === 0);

const canonicalStatement = (statement: unknown): unknown => {
  if (!isMembers(statement)) return statement;
  return Object.fromEntries(
    Object.entries(statement)
      .filter(([, value]) => !isEmpty(value))
      .map(([name, value]) => [name, parts[name]?.(value) ?? value]),
  );
};

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text.startsWith('%') ? decodeURIComponent(text.replaceAll('+', ' ')) : text);
  } catch {
    return undefined;
  }
};

const canonicalPolicy = (policy: Members): Members => {
  const { Statement: statements, ...rest } = policy;
  return {
    ...Object.fromEntries(Object.entries(rest).filter(([, value]) => !isEmpty(value))),
    ...(statements === undefined ? {} : { Statement: listOf(statements).map(canonicalStatement) }),
  };
};

const folded = (values: readonly unknown[]): string => inOrder(values.map(value => String(value).toLowerCase())).join();

/** A policy as a text or as an object. One that is no JSON is not compared. */
export const policy: Form = {
  canonical: value => {
    if (isEmpty(value)) return null;
    const document = typeof value === 'string' ? parse(value) : value;
    return isMembers(document) ? canonicalPolicy(document) : undefined;
  },
  // IAM does not mind how actions are written.
  alike: (name, from, to) => /^(Not)?Action$/.test(name) && folded(from) === folded(to),
};
