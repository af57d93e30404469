// scan.json → the scan's verdict, which the uploader passes on as the pod's. Pure.
import { scanHeadSchema } from '../contract/scan-head.ts';
import type { UploadRecord } from '../contract/upload-record.ts';
import { rejection } from './report-file.ts';

/** A scan report has some kilobytes; parsing takes many times its size in memory, which a container does not have. */
const parsedLimit = 4 * 1024 * 1024;

/** `content` has been checked to be JSON about this account. Throws report-rejected when it is no scan report of this run. */
export const readScanVerdict = (content: Buffer | undefined, run: string): UploadRecord['scan'] => {
  if (content === undefined || content.length > parsedLimit) throw rejection('it is too large for a scan report');
  const parsed = scanHeadSchema.safeParse(JSON.parse(content.toString()));
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw rejection(`it is not a scan report: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`);
  }
  if (parsed.data.run !== run) throw rejection(`it is about run ${JSON.stringify(parsed.data.run)}, not ${run}`);
  return parsed.data.verdict;
};
