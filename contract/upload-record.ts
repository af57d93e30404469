// upload_<account>.json: the uploader's list of what it put where, for readers who come after the pod is gone.
import * as z from 'zod';
import { accountIdSchema } from './account.ts';
import { containerMessageSchema, uploadedReportSchema } from './outcome.ts';

export const uploadRecordSchema = z.object({
  schemaVersion: z.literal(1),
  run: z.string(),
  account: accountIdSchema,
  finishedAt: z.string(),
  /** The uploader's own verdict, as in its termination message but never cut. */
  outcome: containerMessageSchema.omit({ reports: true, reportsOmitted: true }),
  /** What the scan said, from scan.json. */
  scan: containerMessageSchema.omit({ reports: true, reportsOmitted: true }).optional(),
  reports: z.array(uploadedReportSchema),
  rejected: z.array(z.object({ file: z.string(), reason: z.string() })),
});
export type UploadRecord = z.infer<typeof uploadRecordSchema>;
