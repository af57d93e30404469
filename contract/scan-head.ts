// What scan.json says of the scan as a whole, for who needs no word of its tools: upload, which starts once for each account.
import * as z from 'zod';
import { accountIdSchema } from './account.ts';
import { containerMessageSchema } from './outcome.ts';

export const scanHeadSchema = z.object({
  schemaVersion: z.literal(1),
  run: z.string(),
  account: accountIdSchema,
  /** The ARN that the scan's credentials answered with. */
  identity: z.string().nullable(),
  startedAt: z.string(),
  finishedAt: z.string(),
  verdict: containerMessageSchema.omit({ reports: true, reportsOmitted: true }),
  tools: z.array(z.unknown()),
});
