// What `infrastructure export` gives: the estate that apply would make, as files for other tools. Pure.
import { createHash } from 'node:crypto';
import type {
  DesiredManagedPolicy,
  DesiredResource,
  DesiredRole,
  DesiredStackSet,
} from '../../contract/access/estate.ts';

export interface ExportedFile {
  /** Relative, with slashes. */
  readonly path: string;
  readonly text: string;
}

export const asJson = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

export type Kind = DesiredResource['kind'];

export const ofKind = <Name extends Kind>(
  estate: readonly DesiredResource[],
  kind: Name,
): readonly Extract<DesiredResource, { kind: Name }>[] =>
  estate.filter((each): each is Extract<DesiredResource, { kind: Name }> => each.kind === kind);

/** A policy of the estate's own that a role names by its ARN; undefined for one of AWS. */
export const ownPolicyOf = (
  estate: readonly DesiredResource[],
  role: DesiredRole,
  arn: string,
): DesiredManagedPolicy | undefined =>
  ofKind(estate, 'managed-policy').find(
    ({ account, path, name }) => account === role.account && arn.endsWith(`:policy${path}${name}`),
  );

/** A template that changes behind the same address is read again only by who sees that something else has changed. */
export const templateMark = ({ template }: DesiredStackSet): string =>
  createHash('sha256').update(template).digest('hex').slice(0, 16);
