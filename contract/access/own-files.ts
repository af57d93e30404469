// Files of a user's own for the role in every account, which stand above what is generated: read and checked. Pure.
import * as z from 'zod';
import { InventoryError } from '../errors.ts';
import type { PolicyDocument } from './policy-document.ts';

/** As the tool knows them that puts the role into accounts from a bucket. */
export const memberFileNames = ['trust', 'policy', 'properties'] as const;
export type MemberFileName = (typeof memberFileNames)[number];

/** In the folder of the settings, infrastructure.policies. */
export const ownFileName = (name: MemberFileName): string => `inventory_${name}.json`;

/** In place of an account's id in an ARN: the account of the runners' roles. */
export const accountToken = 'AccountId';

const statementSchema = z.looseObject({ Sid: z.string().optional(), Effect: z.enum(['Allow', 'Deny']) });
const documentSchema = z.looseObject({
  Version: z.literal('2012-10-17'),
  Statement: z.union([z.array(statementSchema).min(1), statementSchema.transform(one => [one])]),
});

const propertiesSchema = z.strictObject({
  description: z.string().max(1_000).optional(),
  sessionDuration: z.number().int().min(3_600).max(43_200).optional(),
  path: z.string().optional(),
  managedPolicies: z.array(z.string().regex(/^arn:[a-z-]+:iam::(aws|\d{12}):policy\//)).optional(),
});

export interface OwnFiles {
  readonly trust: PolicyDocument | null;
  readonly policy: PolicyDocument | null;
  readonly properties: Readonly<z.infer<typeof propertiesSchema>> | null;
}

export const noOwnFiles: OwnFiles = { trust: null, policy: null, properties: null };

const parseText = (text: string, path: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new InventoryError('settings-invalid', `${path} is not JSON: ${(cause as Error).message}`, {
      remedy: 'Mend the file, or delete it: then it is generated.',
      cause,
    });
  }
};

const check = <Schema extends z.ZodType>(value: unknown, schema: Schema, path: string): z.infer<Schema> => {
  const { success, data, error } = schema.safeParse(value);
  if (success) return data;
  throw new InventoryError('settings-invalid', `${path} is not what it is to be:\n${z.prettifyError(error)}`, {
    remedy: 'Mend the file, or delete it: then it is generated.',
  });
};

/** Statements are told apart by their Sid: those without one get their number. */
const asDocument = (value: unknown, path: string): PolicyDocument => {
  const { Version, Statement } = check(value, documentSchema, path);
  const named = Statement.map((statement, index) => ({ Sid: `Own${index + 1}`, ...statement }));
  // Of the rest of a statement IAM itself is the judge.
  return { Version, Statement: named as unknown as PolicyDocument['Statement'] };
};

const isSame = (value: unknown, generated: string): boolean =>
  JSON.stringify(value) === JSON.stringify(JSON.parse(generated));

export interface MemberFileTexts {
  readonly path: string;
  readonly text: string;
}

/**
 * `found` are the files that are there, `shipped` those that come with the project: who has left one as it came has none of
 * his own. Throws settings-invalid.
 */
export const readOwnFiles = (
  found: Readonly<Partial<Record<MemberFileName, MemberFileTexts>>>,
  shipped: Readonly<Record<MemberFileName, string>>,
  securityAccountId: string,
): OwnFiles => {
  const contentOf = (name: MemberFileName): { readonly value: unknown; readonly path: string } | null => {
    const file = found[name];
    if (file === undefined) return null;
    const { path, text } = file;
    if (isSame(parseText(text, path), shipped[name])) return null;
    const named = text.replaceAll(/(?<=:iam::)[^:"]*AccountId[^:"]*(?=:)/g, securityAccountId);
    return { value: parseText(named, path), path };
  };
  const [trust, policy, properties] = [contentOf('trust'), contentOf('policy'), contentOf('properties')];
  return {
    trust: trust === null ? null : asDocument(trust.value, trust.path),
    policy: policy === null ? null : asDocument(policy.value, policy.path),
    properties: properties === null ? null : check(properties.value, propertiesSchema, properties.path),
  };
};
