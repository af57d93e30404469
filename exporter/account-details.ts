// For the page of one account: its drift.json and tags.json, read when somebody looks, and kept for the next ones who do.
import type * as z from 'zod';
import type { Documents } from '../clients/results/documents.ts';
import { type DriftReport, driftReportSchema } from '../contract/drift/drift-report.ts';
import { toInventoryError } from '../contract/errors.ts';
import { type TagReport, tagReportSchema } from '../contract/tags/tag-report.ts';
import { reportOf } from '../reports/choose-entries.ts';
import { type FetchedReport, fetchReport } from './fetch-report.ts';
import type { AccountView, ReportProblem, Snapshot } from './snapshot.ts';

/** What the reports of an account say beyond its digest; absent where there is no such report, or a problem with it. */
export interface AccountDetail {
  readonly drift?: DriftReport | undefined;
  readonly tags?: TagReport | undefined;
  readonly problems: readonly ReportProblem[];
}

export interface DetailOptions {
  readonly documents: Documents;
  readonly snapshot: () => Snapshot | undefined;
  readonly signal: AbortSignal;
}

/** A larger one is for `aws-inventory query`: the page names its key. */
const maxBytes = 8 * 1024 * 1024;
const milliseconds = 10_000;
const keptAccounts = 4;

type Read<Report> = { readonly report: Report } | Pick<ReportProblem, 'reason' | 'message'>;

const parse = <Report extends { readonly account: string }>(
  fetched: FetchedReport,
  schema: z.ZodType<Report>,
  account: string,
): Read<Report> => {
  if (!('bytes' in fetched)) return fetched;
  try {
    const report = schema.parse(JSON.parse(fetched.bytes.toString('utf8')));
    if (report.account === account) return { report };
    return { reason: 'foreign', message: `it is about the account ${JSON.stringify(report.account)}` };
  } catch {
    return { reason: 'corrupt', message: 'it is damaged, or of another version' };
  }
};

const readDetail = async (options: DetailOptions, account: AccountView): Promise<AccountDetail> => {
  const problems: ReportProblem[] = [];
  const read = async <Report extends { readonly account: string }>(
    kind: string,
    schema: z.ZodType<Report>,
  ): Promise<Report | undefined> => {
    const named = reportOf(account, kind);
    if (named === undefined) return undefined;
    const limits = { documents: options.documents, signal: options.signal, maxBytes, milliseconds };
    const fetched = await fetchReport(limits, named).catch((thrown: unknown): FetchedReport => {
      return { reason: 'unreadable', message: toInventoryError(thrown).message };
    });
    const answer = parse(fetched, schema, account.id);
    if ('report' in answer) return answer.report;
    problems.push({ account: account.id, key: named.key, ...answer });
    return undefined;
  };
  const [drift, tags] = await Promise.all([read('drift', driftReportSchema), read('tags', tagReportSchema)]);
  return { drift, tags, problems };
};

/** Changes with every scan of the account. */
const stateOf = ({ id, reports }: AccountView): string =>
  [id, ...reports.filter(({ kind }) => kind === 'drift' || kind === 'tags').map(({ sha256 }) => sha256)].join(' ');

/** Never throws. Whoever asks while it is read waits for the same reading; one that had problems is read again next time. */
export const openAccountDetails = (options: DetailOptions): ((accountId: string) => Promise<AccountDetail>) => {
  const kept = new Map<string, Promise<AccountDetail>>();
  return async accountId => {
    const account = options.snapshot()?.accounts.find(({ id }) => id === accountId);
    if (account === undefined) return { problems: [] };
    const state = stateOf(account);
    const reading = kept.get(state) ?? readDetail(options, account);
    // The one that was asked for last stands last, and the first one goes.
    kept.delete(state);
    kept.set(state, reading);
    const [oldest] = kept.keys();
    if (kept.size > keptAccounts && oldest !== undefined) kept.delete(oldest);
    const detail = await reading;
    if (detail.problems.length > 0) kept.delete(state);
    return detail;
  };
};
