// Where a drift goes: to stdout in the form that was asked for, to a file, and to the place that RESULT_PATH names.
import { styleText } from 'node:util';
import type { AwsConnection } from '../clients/aws/connection.ts';
import { type DocumentPlace, writeDocument } from '../clients/results/document-place.ts';
import type { DriftReport } from '../contract/drift/drift-report.ts';
import { renderImportBlocks } from '../reports/drift/import-blocks.ts';
import { renderDriftConsole } from '../reports/drift/render-console.ts';
import type { DriftOutput } from './drift-flags.ts';

export interface FoundDrift {
  readonly report: DriftReport;
  /** What is saved: the report, or driftctl's own document with keys added. */
  readonly document: object;
  /** What could not be seen, and who can mend it; undefined when all was. */
  readonly lacks: { readonly message: string; readonly remedy: string } | undefined;
}

/** One line feed at its end; the keys in the order of the document. */
const textOf = ({ document }: FoundDrift): string => `${JSON.stringify(document, null, 2)}\n`;

export const renderDrift = (found: FoundDrift, output: DriftOutput, stream: NodeJS.WriteStream): string => {
  if (output === 'json') return textOf(found);
  if (output === 'import') return renderImportBlocks(found.report).text;
  return renderDriftConsole(found.report, { paint: (style, text) => styleText(style, text, { stream }) });
};

/** Throws upload-refused or upload-unavailable. */
export const saveDrift = (found: FoundDrift, place: DocumentPlace, connection: AwsConnection): Promise<void> =>
  writeDocument(connection, place, textOf(found));

/** As driftctl ends: 0 in sync, 1 drift, 2 an error. What could not be seen whole is in sync for nobody. */
export const exitCodeOf = ({ report, lacks }: FoundDrift): 0 | 1 | 2 => {
  if (report.drift_detected) return 1;
  return lacks === undefined ? 0 : 2;
};
