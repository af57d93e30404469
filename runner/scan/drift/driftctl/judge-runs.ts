// The verdict on driftctl's runs: what they found, and what they could not see, which is never "in sync". Pure.
import type { DriftAlerts, EngineOutcome } from '../../../../contract/drift/drift-report.ts';
import type { DriftctlDocument } from '../../../../contract/drift/driftctl-document.ts';

export type DriftctlRun = NonNullable<EngineOutcome['runs']>[number];

/** Said of what was found, and not of what was not seen. */
const advice = /could be false positives/;

const isDrift = ({ summary }: DriftctlDocument): boolean =>
  summary.total_unmanaged + summary.total_missing + summary.total_changed > 0;

const blindTypes = (alerts: DriftAlerts): string[] =>
  Object.entries(alerts)
    .filter(([, messages]) => messages.some(({ message }) => !advice.test(message)))
    .map(([type]) => (type === '' ? 'the scan as a whole' : type))
    .sort();

const shownTypes = 5;

const nameTypes = (types: readonly string[]): string =>
  types.length > shownTypes
    ? `${types.slice(0, shownTypes).join(', ')} and ${types.length - shownTypes} more`
    : types.join(', ');

const failuresOf = (runs: readonly DriftctlRun[]): string[] =>
  runs.flatMap(({ region, message }) =>
    message === undefined ? [] : [region === '' ? message : `${region}: ${message}`],
  );

export interface JudgedRuns {
  readonly runs: readonly DriftctlRun[];
  /** undefined when no run left one. */
  readonly document: DriftctlDocument | undefined;
  readonly alerts: DriftAlerts;
}

/**
 * `failed` when no run left a document, or when nothing at all was seen and something was denied; `partial` when a run
 * failed or an alert says that something was not seen; else `drift` or `in-sync`.
 */
export const judgeRuns = ({ runs, document, alerts }: JudgedRuns): Pick<EngineOutcome, 'outcome' | 'message'> => {
  const failures = failuresOf(runs);
  if (document === undefined) {
    return { outcome: 'failed', message: failures.join('; ') || 'there was no region to scan' };
  }
  const blind = blindTypes(alerts);
  const said = blind.length === 0 ? [] : [`not everything was seen: ${nameTypes(blind)}`];
  if (blind.length > 0 && document.summary.total_resources === 0) {
    return { outcome: 'failed', message: `driftctl saw nothing. ${[...failures, ...said].join('; ')}` };
  }
  const lacks = [...failures, ...said].join('; ');
  if (lacks !== '') return { outcome: 'partial', message: lacks };
  if (isDrift(document)) return { outcome: 'drift' };
  // Nothing drifted, and driftctl still had something to say.
  return Object.keys(alerts).length > 0
    ? { outcome: 'partial', message: 'driftctl left alerts beside a clean result' }
    : { outcome: 'in-sync' };
};
