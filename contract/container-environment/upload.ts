// What `upload` reads back.
import * as z from 'zod';
import { accountIdSchema } from '../account.ts';
import { runDatePattern } from '../report-keys.ts';
import { sharedVariables } from './every-container.ts';

export const uploadEnvironmentSchema = z.object({
  ...sharedVariables,
  INVENTORY_BUCKET: z.string().min(1),
  INVENTORY_PREFIX: z.string().min(1),
  INVENTORY_OTHER_PREFIX: z.string().min(1).optional(),
  INVENTORY_DATE: z.string().regex(runDatePattern),
  INVENTORY_BUCKET_OWNER: accountIdSchema.optional(),
  INVENTORY_KMS_KEY: z.string().optional(),
  INVENTORY_REPORTS_DIRECTORY: z.string().min(1),
});
