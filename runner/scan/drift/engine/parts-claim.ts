// One thing that a state says is there, and the keys under which it is looked up. Pure.

import type { TerraformType } from '../../../../contract/drift/terraform-types.ts';
import type { Members } from '../members.ts';
import type { DeclaredResource } from '../resources.ts';
import { fillTemplate } from './templates.ts';

/** One thing that a state says is there. */
export interface Claim {
  readonly declared: DeclaredResource;
  /** How it is looked up; undefined of types that are not known. */
  readonly row: TerraformType | undefined;
  readonly keys: readonly string[];
  /**
   * Of what stands inside another resource: it counts when nothing declares it by itself. `required` is missing when it is
   * not there, `optional` is compared with its whole.
   */
  readonly inline?: 'required' | 'optional';
}

export const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

export const blocks = (attributes: Members, name: string): readonly Members[] => {
  const value = attributes[name];
  return Array.isArray(value) ? value.filter(item => typeof item === 'object' && item !== null) : [];
};

export const textsIn = (attributes: Members, name: string): readonly string[] => {
  const value = attributes[name];
  return Array.isArray(value) ? value.filter(isText) : [];
};

/** The value at a place of a template: `{id}`, `{id.1}`, or an attribute. */
const valueAt =
  ({ id, attributes }: DeclaredResource) =>
  (name: string): unknown => {
    if (name === 'id') return id;
    return name.startsWith('id.') ? id.split(/[:,/|]/)[Number(name.slice('id.'.length))] : attributes[name];
  };

/** Filled templates of a declaration, in their order; those that lack a value are left out. */
export const fillKeys = (templates: readonly string[], declared: DeclaredResource): string[] => {
  const value = valueAt(declared);
  const keys: string[] = [];
  for (const template of templates) {
    const key = fillTemplate(template, value);
    if (key !== undefined) keys.push(key);
  }
  return keys;
};
