// Variables that every program of a runner Job reads.
import * as z from 'zod';
import { accountIdSchema } from '../account.ts';

export const sharedVariables = {
  INVENTORY_RUN: z.string().min(1),
  INVENTORY_ACCOUNT_ID: accountIdSchema,
  AWS_REGION: z.string().min(1),
  /** Where the container's message goes; stands in the template as terminationMessagePath too. */
  INVENTORY_TERMINATION_MESSAGE: z.string().min(1),
};
