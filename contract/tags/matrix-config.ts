// The config.yaml of the tag compliance exporter before this one → accounts, roles, tags; every problem at once. Pure.
import * as z from 'zod';
import { partitionOfRegion } from '../partition.ts';
import { regionName, roleArn } from '../setting-forms.ts';
import { settingsProblems } from '../settings-problems.ts';
import { readYamlDocument, settingsInvalid } from '../yaml-document.ts';
import { exclusionSchema } from './tag-settings.ts';

export interface MatrixAccount {
  readonly id: string;
  readonly name: string;
  readonly regions: readonly string[];
  /** undefined where neither template nor override names one: the caller's own credentials are then the account's. */
  readonly roleArn: string | undefined;
}

export interface MatrixConfig {
  /** In the order of the file. */
  readonly accounts: readonly MatrixAccount[];
  /** Keys, as they have to be written. */
  readonly required: readonly string[];
  readonly excluded: readonly string[];
  /** Seconds. */
  readonly refreshInterval: number | undefined;
  readonly source: TagSource | undefined;
}

/** `tagging` shows what carries tags, or once did; `inventory` also what never had one. */
export const tagSources = ['tagging', 'inventory'] as const;
export type TagSource = (typeof tagSources)[number];

const accountIdForm = /^\d{12}$/;

/** Twelve digits that YAML took for a number have lost nothing; fewer may have lost their zeros. */
const accountId = z.unknown().transform((id, context) => {
  if ((typeof id === 'string' || typeof id === 'number') && accountIdForm.test(String(id))) return String(id);
  const message =
    typeof id === 'number'
      ? 'write account ids in quotes: YAML reads digits as a number and drops leading zeros'
      : 'an account id has exactly 12 digits';
  context.addIssue({ code: 'custom', message, input: id });
  return z.NEVER;
});

const placeholder = '{account_id}';

/** The name of a role, with its path, or a whole ARN for partitions beside `aws`. */
const roleTemplate = z.string().superRefine((template, context) => {
  const filled = template.replaceAll(placeholder, '123456789012');
  if (/[{}]/.test(filled)) {
    const message = `braces may stand around account_id alone: ${placeholder}`;
    context.addIssue({ code: 'custom', message, input: template });
  } else if (filled.startsWith('arn:')) {
    if (roleArn.safeParse(filled).success && template.includes(placeholder)) return;
    const message = `an ARN that stands for many roles reads arn:aws:iam::${placeholder}:role/NAME`;
    context.addIssue({ code: 'custom', message, input: template });
  } else if (!/^[\w+=,.@-]+(\/[\w+=,.@-]+)*$/.test(filled)) {
    context.addIssue({ code: 'custom', message: 'not the name of an IAM role', input: template });
  }
});

const matrixAccount = z.strictObject({
  account_id: accountId,
  account_name: z.string().min(1).nullish(),
  regions: z.array(regionName).nullish(),
});

const matrixSchema = z.strictObject({
  aws_account_matrix: z
    .array(matrixAccount)
    .min(1, 'it names no account')
    .superRefine((accounts, context) => {
      for (const [index, { account_id: id }] of accounts.entries()) {
        if (accounts.findIndex(other => other.account_id === id) === index) continue;
        const problem = { code: 'custom', message: 'this account is listed twice', input: id } as const;
        context.addIssue({ ...problem, path: [index, 'account_id'] });
      }
    }),
  assume_role_name_template: roleTemplate.nullish(),
  REQUIRED_TAGS: z.array(z.string().min(1)).min(1, 'it names no tag, and everything would count as compliant'),
  aws_account_overrides: z
    .record(z.string(), z.strictObject({ role_arn: roleArn.nullish() }).nullable())
    .superRefine((overrides, context) => {
      for (const [id, override] of Object.entries(overrides)) {
        const [, , , , owner = id] = override?.role_arn?.split(':') ?? [];
        if (!accountIdForm.test(id)) {
          const message = 'an account id has exactly 12 digits; in quotes it keeps its leading zeros';
          context.addIssue({ code: 'custom', message, input: id, path: [id] });
        } else if (owner !== id && owner !== placeholder) {
          const message = `the role lives in the account ${owner}, and would show what that one has`;
          context.addIssue({ code: 'custom', message, path: [id, 'role_arn'] });
        }
      }
    })
    .nullish(),
  excluded_resource_types: z.array(exclusionSchema).nullish(),
  refresh_interval: z.number().int().min(1).max(86_400).nullish(),
  source: z.enum(tagSources).nullish(),
});

type Matrix = z.output<typeof matrixSchema>;

/** As the exporter before this one has it. */
const usualRegion = 'us-east-1';

const accountOf = (matrix: Matrix, listed: Matrix['aws_account_matrix'][number]): MatrixAccount => {
  const { account_id: id, account_name: name, regions: named } = listed;
  const regions = named?.length ? [...new Set(named)] : [usualRegion];
  const template = matrix.assume_role_name_template ?? undefined;
  const fromTemplate = template?.startsWith('arn:')
    ? template
    : template && `arn:${partitionOfRegion(regions[0] ?? usualRegion)}:iam::${placeholder}:role/${template}`;
  const chosen = matrix.aws_account_overrides?.[id]?.role_arn ?? fromTemplate;
  return { id, name: name ?? id, regions, roleArn: chosen?.replaceAll(placeholder, id) };
};

const matrixKeys = Object.keys(matrixSchema.shape).filter(key => key !== 'source');

const isMatrix = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && matrixKeys.some(key => Object.hasOwn(value, key));

/** undefined for a file that has none of its keys. Throws settings-invalid with every problem of the file in one message. */
export const readMatrixConfig = (file: { readonly name: string; readonly text: string }): MatrixConfig | undefined => {
  const { value, lineOf } = readYamlDocument(file.name, file.text);
  if (!isMatrix(value)) return undefined;
  const parsed = matrixSchema.safeParse(value, { reportInput: true });
  if (!parsed.success) {
    const problems = settingsProblems(parsed.error, matrixSchema).map(problem => {
      const line = lineOf(problem.path);
      return { ...problem, line: line ?? 0, place: line === undefined ? file.name : `${file.name}:${line}` };
    });
    throw settingsInvalid(problems);
  }
  const matrix = parsed.data;
  return {
    accounts: matrix.aws_account_matrix.map(listed => accountOf(matrix, listed)),
    required: [...new Set(matrix.REQUIRED_TAGS)],
    excluded: matrix.excluded_resource_types ?? [],
    refreshInterval: matrix.refresh_interval ?? undefined,
    source: matrix.source ?? undefined,
  };
};
