// One report as latest.json names it: its bytes, checked by their SHA-256, or what is wrong with it.
import { createHash } from 'node:crypto';
import type { DocumentAnswer, Documents } from '../clients/results/documents.ts';
import type { UploadedReport } from '../contract/outcome.ts';
import type { ReportProblem } from './snapshot.ts';

export interface FetchLimits {
  readonly documents: Documents;
  readonly maxBytes: number;
  readonly milliseconds: number;
  readonly signal: AbortSignal;
}

/** What stands in the way of a report; its account and key are its caller's to say. */
export type ReportFault = Pick<ReportProblem, 'reason' | 'message'>;
export type FetchedReport = { readonly bytes: Buffer } | ReportFault;

const sha256Of = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

/** undefined when another version must be asked for. */
const judgeAnswer = (answer: DocumentAnswer, report: UploadedReport): FetchedReport | undefined => {
  if (answer.kind === 'too-large') return { reason: 'too-large', message: `it has ${answer.bytes} bytes` };
  if (answer.kind !== 'read') return { reason: 'absent', message: 'it is not there' };
  return sha256Of(answer.bytes) === report.sha256 ? { bytes: answer.bytes } : undefined;
};

/** The newest version nearly always is the one, and needs no right of its own: the named one is asked for after that. */
export const fetchReport = async (
  { documents, ...limits }: FetchLimits,
  report: UploadedReport,
): Promise<FetchedReport> => {
  const question = { ...limits, key: report.key };
  const newest = judgeAnswer(await documents.read(question), report);
  if (newest !== undefined) return newest;
  if (report.versionId !== null) {
    const named = judgeAnswer(await documents.read({ ...question, versionId: report.versionId }), report);
    if (named !== undefined) return named;
  }
  return { reason: 'corrupt', message: 'it has another SHA-256 than latest.json says: it is torn, or of another run' };
};
