// What lies in the reports directory: reports by their kind, and what cannot be one, by name and reason.
import { readdir } from 'node:fs/promises';
import { InventoryError } from '../contract/errors.ts';
import { type ReportKind, reportKind } from '../contract/report-keys.ts';

export interface Candidate {
  readonly file: string;
  readonly kind: string;
}

export interface RejectedFile {
  readonly file: string;
  readonly reason: string;
}

export interface Listing {
  /** In the order in which they are sent. */
  readonly candidates: readonly Candidate[];
  readonly rejected: readonly RejectedFile[];
  /** Unfinished reports: another program's temporary files that end in .json. */
  readonly unfinished: readonly string[];
}

/** The inventory goes after other reports and the scan's verdict after that: who sees the later one finds the earlier. */
const lateKinds = ['recon', 'scan'];

const bySending = (a: Candidate, b: Candidate): number =>
  lateKinds.indexOf(a.kind) - lateKinds.indexOf(b.kind) || (a.file < b.file ? -1 : 1);

/** Sorts file names into reports and others. Pure. */
export const classifyFiles = (files: readonly string[]): Listing => {
  const hidden = files.filter(file => file.startsWith('.'));
  const named = files
    .filter(file => !file.startsWith('.'))
    .map((file): { file: string } & ReportKind => ({ file, ...reportKind(file) }));
  return {
    candidates: named.filter(entry => 'kind' in entry).toSorted(bySending),
    rejected: named
      .filter(entry => 'rejected' in entry)
      .map(({ file, rejected }) => ({ file, reason: rejected }))
      .toSorted((a, b) => (a.file < b.file ? -1 : 1)),
    unfinished: hidden.filter(file => file.endsWith('.json')).toSorted(),
  };
};

/** Throws template-unusable when the directory cannot be listed: that is not the scanner's doing. */
export const listReports = async (directory: string): Promise<Listing> => {
  try {
    return classifyFiles(await readdir(directory));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new InventoryError('template-unusable', `the reports directory ${directory} cannot be listed: ${reason}`, {
      remedy: 'Let INVENTORY_REPORTS_DIRECTORY name the volume that the scanners write to.',
      cause,
    });
  }
};
