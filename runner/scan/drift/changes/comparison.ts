// How one attribute of a Terraform type is found at AWS: in what the inventory listed, or in what was asked beyond it. Pure.

import { reconName } from '../../inventory/recon-shape.ts';
import { hidden } from '../../inventory/secret-members.ts';
import { isMembers, type Members } from '../members.ts';
import type { FoundResource } from '../resources.ts';
import type { Path } from './differences.ts';
import type { Form } from './forms.ts';

/** All that is known of a resource at AWS. */
export interface CloudFacts {
  readonly found: FoundResource;
  /** What its service listed, with aws-recon's names; empty when it listed no more than the name. */
  readonly description: Members;
  /** Whether the listing told all that it tells of such a resource, so that what is absent is not set. */
  readonly isDescribed: boolean;
  /** What was asked beyond the listing, with AWS's names; what is null AWS does not have. */
  readonly values: Members;
  /** What the state says of it. */
  readonly declared: Members;
}

/** What AWS says of an attribute: undefined when it does not tell, null when there is none. */
export type Read = (facts: CloudFacts) => unknown;

export interface Comparison {
  /** Of the attribute, as states have it: `['vpc_config', 0, 'subnet_ids']`. */
  readonly path: Path;
  readonly form: Form;
  readonly read: Read;
  /**
   * What it means that the state has null for it, an empty list, or an empty block in which it lies; not compared without,
   * so it is for attributes that AWS tells whole and never fills in by itself.
   */
  readonly empty?: unknown;
  /** Never shown. */
  readonly secret?: true;
  /** Whether it says anything beside the others that the state has. */
  readonly when?: (facts: CloudFacts) => boolean;
}

export interface ComparedType {
  /** Terraform's types: several for aliases. */
  readonly types: readonly string[];
  /** A member, by AWS's name, that every whole description of it has; descriptions without it are no more than a name. */
  readonly witness?: string;
  readonly comparisons: readonly Comparison[];
  /**
   * Absent where it has none. `listed`: the inventory's listing tells all of them; `asked`: what the Tagging API does not
   * show is asked for.
   */
  readonly tags?: 'listed' | 'asked';
}

const step = (value: unknown, name: string): unknown => {
  if (Array.isArray(value)) return /^\d+$/.test(name) ? value[Number(name)] : undefined;
  return isMembers(value) && Object.hasOwn(value, name) ? value[name] : undefined;
};

const walk = (value: unknown, names: readonly string[]): unknown => {
  const [name, ...rest] = names;
  if (name === undefined || value === undefined || value === null) return value;
  if (!name.endsWith('[]')) return walk(step(value, name), rest);
  const list = step(value, name.slice(0, -2));
  return Array.isArray(list) ? list.map(each => walk(each, rest)) : list;
};

/** A member of a structure of AWS; `VpcConfig.SubnetIds`, or `Groups[].GroupId` for that of each in a list. */
export const memberOf = (value: unknown, path: string): unknown => walk(value, path.split('.'));

const reconPath = (path: string): string[] =>
  path
    .split('.')
    .map(name =>
      name.endsWith('[]') ? `${reconName(name.slice(0, -2))}[]` : /^\d+$/.test(name) ? name : reconName(name),
    );

/** A member of a structure that the inventory listed, by AWS's name for it. */
export const listedMember = (description: Members, path: string): unknown => walk(description, reconPath(path));

/** From the inventory's listing. `absent` is what it means that a described resource does not have the member. */
export const told = (path: string, absent?: unknown): Read => {
  const names = reconPath(path);
  return ({ description, isDescribed }) => {
    const value = isDescribed ? (walk(description, names) ?? absent) : undefined;
    // The inventory has not kept it: that it is there is all that is known.
    return value === hidden ? undefined : value;
  };
};

/**
 * From what was asked beyond the listing; `absent` is what it means that the answer has no such member. Where AWS says that
 * there is no such thing at all, it means that too, or null.
 */
export const asked = (path: string, absent?: unknown): Read => {
  const [name = '', ...rest] = path.split('.');
  return ({ values }) => {
    const value = step(values, name);
    if (value === undefined) return undefined;
    return value === null ? (absent ?? null) : (walk(value, rest) ?? absent);
  };
};

/** What another reading makes of it; what AWS does not tell stays untold. */
export const mapped =
  (read: Read, change: (value: unknown, facts: CloudFacts) => unknown): Read =>
  facts => {
    const value = read(facts);
    return value === undefined ? undefined : change(value, facts);
  };

/** The first that tells. */
export const either =
  (...reads: readonly Read[]): Read =>
  facts => {
    for (const read of reads) {
      const value = read(facts);
      if (value !== undefined) return value;
    }
    return undefined;
  };

const statePath = (text: string): Path => text.split('.').map(name => (/^\d+$/.test(name) ? Number(name) : name));

/** `path` as `vpc_config.0.subnet_ids`. */
export const compared = (
  path: string,
  form: Form,
  read: Read,
  more: Pick<Comparison, 'empty' | 'secret' | 'when'> = {},
): Comparison => ({ path: statePath(path), form, read, ...more });

/** Attributes of one form that lie in the listing, or in the answers, under a name of AWS each. */
export const each = (
  form: Form,
  source: (path: string) => Read,
  names: Readonly<Record<string, string>>,
): Comparison[] => Object.entries(names).map(([path, name]) => compared(path, form, source(name)));

export interface Reached {
  /** undefined: the state does not say. */
  readonly value: unknown;
  /** A block on the way, or the value itself, is an empty list or null. */
  readonly isEmpty: boolean;
}

/** What a state says under a path. */
export const reach = (attributes: Members, path: Path): Reached => {
  let value: unknown = attributes;
  for (const name of path) {
    if (Array.isArray(value) && value.length === 0) return { value: undefined, isEmpty: true };
    value = step(value, String(name));
    if (value === undefined || value === null) return { value: undefined, isEmpty: value === null };
  }
  return { value, isEmpty: Array.isArray(value) && value.length === 0 };
};

export const lastPart = (value: unknown): unknown => (typeof value === 'string' ? value.split('/').at(-1) : value);
