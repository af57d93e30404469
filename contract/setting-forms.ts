// Values that more than one section of the settings takes: account ids, role ARNs, names of regions.
import * as z from 'zod';
import { accountIdSchema } from './account.ts';

export const quotedAccountId = z.union([accountIdSchema, z.number()]).transform((id, context) => {
  if (typeof id === 'string') return id;
  context.addIssue({
    code: 'custom',
    message: 'write account ids in quotes: YAML reads digits as a number and drops leading zeros',
  });
  return z.NEVER;
});

/** Whole, or with `{account_id}` where the digits stand. */
export const roleArn = z
  .string()
  .regex(
    /^arn:[a-z-]+:iam::(\d{12}|\{account_id\}):role\/[\w+=,.@/-]+$/,
    'not the ARN of an IAM role, with 12 digits or {account_id}',
  );

export const regionName = z
  .string()
  .regex(/^[a-z]{2,5}(-[a-z]+)+-\d{1,2}$/, 'not the name of an AWS region, such as eu-west-1');
