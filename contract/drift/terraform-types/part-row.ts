// What Terraform keeps as a resource of its own, though AWS knows it as a part of another: where it belongs, and who tells of it.

/**
 * Who tells whether a part is there. `told`: its whole's description or details. `always`: it is there as long as its
 * whole is, only its values can differ. `untold`: nothing that a scan reads.
 */
export type PartPresence = 'told' | 'always' | 'untold';

export interface PartRow {
  /** CloudFormation's name of the part, without `AWS::`; the whole's where it has none. */
  readonly part?: string;
  /** CloudFormation's type of the whole, without `AWS::`. */
  readonly whole: string;
  /** Template of the whole's key; absent where a part belongs to the account as it is. */
  readonly of?: string;
  readonly keys: readonly string[];
  readonly presence: PartPresence;
}

const part = (presence: PartPresence, whole: string, of: string, ...keys: readonly string[]): PartRow => ({
  whole,
  of,
  keys: keys.length === 0 ? [of] : keys,
  presence,
});
export const told = (whole: string, of: string, ...keys: readonly string[]): PartRow =>
  part('told', whole, of, ...keys);
export const named = (name: string, row: PartRow): PartRow => ({ ...row, part: name });
export const setting = (whole: string, of: string): PartRow => part('always', whole, of);
export const untold = (whole: string, of: string): PartRow => part('untold', whole, of, '{id}');
/** Settings of an account or of one of its regions, which no listing shows. */
export const ofAccount = (whole: string): PartRow => ({ whole, keys: ['{id}'], presence: 'untold' });
