// Beside the reduction of a state: how Terraform writes the address of an instance, and of what it keeps secret. Pure.
import type { StateResource } from './state-document.ts';

/** As Terraform quotes keys in addresses: its templates are escaped too. */
const quote = (key: string): string => JSON.stringify(key).replace(/([$%])\{/g, '$1$1{');

/** `["a"]` of for_each, `[0]` of count, nothing of neither; undefined for a key that is none. */
const indexOf = (key: unknown): string | undefined => {
  if (key === undefined || key === null) return '';
  if (typeof key === 'string') return `[${quote(key)}]`;
  return typeof key === 'number' ? `[${key}]` : undefined;
};

/** `module.network["eu"].aws_subnet.private[0]`; undefined when the key is none. */
export const instanceAddress = ({ module, type, name }: StateResource, key: unknown): string | undefined => {
  const index = indexOf(key);
  return index === undefined ? undefined : `${resourceAddress({ module, type, name })}${index}`;
};

/** The address of all instances together. */
export const resourceAddress = ({ module, type, name }: Pick<StateResource, 'module' | 'type' | 'name'>): string =>
  `${module === undefined || module === '' ? '' : `${module}.`}${type}.${name}`;

/** `{type: 'get_attr', value: 'password'}`, or `{type: 'index', value: {value: 0, type: 'number'}}`. */
const stepOf = (step: unknown): string | undefined => {
  if (typeof step !== 'object' || step === null) return undefined;
  const { value } = step as { value?: unknown };
  const key = typeof value === 'object' && value !== null ? (value as { value?: unknown }).value : value;
  if (typeof key === 'number') return `[${key}]`;
  return typeof key === 'string' ? `.${key}` : undefined;
};

/** Steps behind one that is none are left out: all below it counts as secret. */
const pathOf = (steps: readonly unknown[]): string => {
  let path = '';
  for (const step of steps) {
    const written = stepOf(step);
    if (written === undefined) break;
    path += written;
  }
  return path.replace(/^\./, '');
};

/**
 * `password`, `setting[0].value`, `environment.TOKEN`: names and keys by dots. Terraform writes a list of paths, and has
 * written a list of single steps; names alone are taken too.
 */
export const sensitivePaths = (value: unknown): string[] => {
  if (!Array.isArray(value)) return [];
  return value
    .map(entry => (typeof entry === 'string' ? entry : pathOf(Array.isArray(entry) ? entry : [entry])))
    .filter(path => path !== '');
};
