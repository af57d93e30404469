// A difference as the report has it: secrets hidden on both sides, and still told as different. Pure.
import type { DriftChange } from '../../../../contract/drift/drift-report.ts';
import { hidden, hideSecrets, isSecretMember } from '../../inventory/secret-members.ts';
import type { Difference, Path } from './differences.ts';

/** `a.b[0]`, `a.b["c"]` and `['a', 'b', 0]` alike. */
const namesOf = (path: string): string[] => path.split(/[.[\]"]+/).filter(name => name !== '');

const covers = (shorter: readonly string[], longer: readonly string[]): boolean =>
  shorter.length <= longer.length && shorter.every((name, at) => name === longer[at]);

/** Whether a path lies at, in or around one that a state marks as sensitive. */
const isSensitive = (path: Path, sensitive: readonly string[]): boolean => {
  const names = namesOf(path.join('.'));
  return sensitive.map(namesOf).some(each => covers(each, names) || covers(names, each));
};

/** Names of tags and of settings tell as much as names of members do. */
const isSecret = (path: Path, value: unknown): boolean => path.some(name => isSecretMember(String(name), value));

/** Nothing stays nothing: that a secret was set or taken away is no secret. */
const hide = (value: unknown): unknown => (value === null ? null : hidden);

export interface Masking {
  /** Paths that the state marks. */
  readonly sensitive: readonly string[];
  /** The attribute is never shown. */
  readonly secret: boolean;
}

/** `computed` is false: what AWS computes by itself is not compared. */
export const maskedChange = ({ path, from, to }: Difference, { sensitive, secret }: Masking): DriftChange => {
  const isHidden = secret || isSensitive(path, sensitive) || isSecret(path, from) || isSecret(path, to);
  const show = (value: unknown) => (isHidden ? hide(value) : hideSecrets(value));
  return { type: 'update', path: [...path], from: show(from), to: show(to), computed: false };
};
