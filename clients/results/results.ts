// Where results are read from: a bucket with its cache, or a directory; who asks does not know which.
import type { UploadedReport } from '../../contract/outcome.ts';

export interface WantedReport {
  readonly account: string;
  readonly report: UploadedReport;
}

export interface LocalReport {
  readonly account: string;
  readonly path: string;
}

export interface MissingReport {
  readonly account: string;
  /** What is wrong with it: absent, or not what the manifest says. */
  readonly reason: string;
}

export interface FoundReports {
  readonly reports: readonly LocalReport[];
  readonly missing: readonly MissingReport[];
  /** What had to be fetched; the rest was there. */
  readonly fetched: { readonly reports: number; readonly bytes: number };
}

export interface Results {
  /** For messages: `s3://bucket`, or the directory. */
  readonly place: string;
  /** undefined when there is none. Throws results-denied or results-unavailable. */
  readonly readText: (key: string) => Promise<string | undefined>;
  readonly listKeys: (prefix: string) => Promise<readonly string[]>;
  /** Each of them as a whole file of this machine, in the order that was asked for. */
  readonly findReports: (wanted: readonly WantedReport[]) => Promise<FoundReports>;
  readonly close: () => void;
}
