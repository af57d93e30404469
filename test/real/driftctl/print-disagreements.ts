// Where our engine and driftctl say different things of one account: `node test/real/driftctl/print-disagreements.ts drift.json`.
import { readFile } from 'node:fs/promises';
import { type DriftReport, driftReportSchema } from '../../../contract/drift/drift-report.ts';

/** A line for each, by type; and how many of each kind there are. */
export const describeDisagreements = ({ disagreements }: DriftReport): string[] => {
  const lines = disagreements.map(({ type, id, region, ours, driftctl }) =>
    [type.padEnd(36), (region ?? '').padEnd(14), `${ours} / ${driftctl}`.padEnd(28), id].join(' '),
  );
  const kinds = Map.groupBy(disagreements, ({ type, ours, driftctl }) => `${type}: ours ${ours}, driftctl ${driftctl}`);
  const counts = [...kinds].map(([kind, those]) => `${String(those.length).padStart(5)} ${kind}`).sort();
  return [...lines.sort(), '', ...counts];
};

if (import.meta.main) {
  const text = await readFile(process.argv[2] ?? 'drift.json', 'utf8');
  console.log(describeDisagreements(driftReportSchema.parse(JSON.parse(text))).join('\n'));
}
