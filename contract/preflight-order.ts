// What a preflight asks of the runners' own identity: the facts in, by variables of a container; one line out for each answer.
import { gunzipSync, gzipSync } from 'node:zlib';
import * as z from 'zod';
import { InventoryError } from './errors.ts';
import { checkSchema } from './preflight.ts';
import { stampedFactsSchema } from './stamped-facts.ts';

export const roleFactsSchema = stampedFactsSchema.pick({
  accountId: true,
  roleArn: true,
  sessionName: true,
  externalId: true,
  sourceIdentity: true,
  regions: true,
});
/** What is needed to enter one account. */
export type RoleFacts = z.infer<typeof roleFactsSchema>;

export const preflightOrderSchema = z.object({
  accounts: z.array(roleFactsSchema),
  bucket: z.object({
    name: z.string(),
    prefix: z.string(),
    owner: z.string().optional(),
    kmsKey: z.string().optional(),
  }),
});
export type PreflightOrder = z.infer<typeof preflightOrderSchema>;

const variable = 'INVENTORY_PREFLIGHT';

/** Linux takes 128 KiB for one variable, its name included. */
const variableLength = 100_000;

/** Ten thousand accounts are some hundred kilobytes: they differ in their ids alone. */
export const orderVariables = (order: PreflightOrder): Record<string, string> => {
  const text = gzipSync(JSON.stringify(order)).toString('base64');
  const parts = text.match(new RegExp(`.{1,${variableLength}}`, 'g')) ?? [];
  return Object.fromEntries(parts.map((part, at) => [`${variable}_${at + 1}`, part]));
};

/** Throws usage. */
export const readOrder = (environment: Readonly<Record<string, string | undefined>>): PreflightOrder => {
  const parts: string[] = [];
  for (
    let part = environment[`${variable}_1`];
    part !== undefined;
    part = environment[`${variable}_${parts.length + 1}`]
  )
    parts.push(part);
  try {
    return preflightOrderSchema.parse(JSON.parse(gunzipSync(Buffer.from(parts.join(''), 'base64')).toString()));
  } catch (cause) {
    throw new InventoryError('usage', `${variable}_1 and its followers do not hold the order of a preflight`, {
      remedy: 'Start aws-inventory preflight --backend kubernetes, which makes the Job.',
      cause,
    });
  }
};

/** One line of a container's log. */
export const preflightAnswerSchema = z.object({
  preflight: z.object({
    /** ARN of the identity that asked; of the first line. */
    identity: z.string().optional(),
    /** Accounts that have been asked so far. */
    done: z.number().int().nonnegative().optional(),
    checks: z.array(checkSchema),
  }),
});
export type PreflightAnswer = z.infer<typeof preflightAnswerSchema>['preflight'];

export const renderAnswer = (preflight: PreflightAnswer): string => `${JSON.stringify({ preflight })}\n`;

/** Other lines of the log are no answers. */
export const readAnswers = (text: string): PreflightAnswer[] =>
  text.split('\n').flatMap(line => {
    if (!line.startsWith('{"preflight":')) return [];
    try {
      return [preflightAnswerSchema.parse(JSON.parse(line)).preflight];
    } catch {
      // Cut where the log was.
      return [];
    }
  });
