// drift.json → the verdict on the comparison and its counts. Pure: drift is a finding and no failure; what was not compared is one.
import type { DriftReport, EngineOutcome } from '../../../contract/drift/drift-report.ts';
import { type ErrorCode, errorCatalogue } from '../../../contract/error-catalogue.ts';
import type { DriftCounts } from '../../../contract/outcome.ts';
import type { DriftTypeCounts } from '../../../contract/scan-report.ts';
import type { Verdict } from '../verdict.ts';
import { judgeStates, type StatesVerdict } from './report/judge-states.ts';

const shown = 3;

const shorten = (texts: readonly string[]): string =>
  texts.length > shown ? `${texts.slice(0, shown).join(' ')} And ${texts.length - shown} more.` : texts.join(' ');

interface Lack {
  readonly outcome: 'partial' | 'failed';
  readonly code: ErrorCode;
  readonly message: string;
}

const stateLack = ({ outcome, message = outcome }: StatesVerdict): Lack[] =>
  outcome === 'whole' ? [] : [{ outcome, code: 'states-unreadable', message }];

const engineCodes = { ours: 'drift-failed', driftctl: 'driftctl-failed' } as const;

/** An engine that is absent, or saw not all, counts only where the lists are its own. */
const engineLack = (report: DriftReport, { engine, outcome, message }: EngineOutcome): Lack[] => {
  const isAsked = report.engine === engine;
  const said = `${engine}: ${message ?? outcome}`;
  if (outcome === 'failed') {
    return [{ outcome: isAsked ? 'failed' : 'partial', code: engineCodes[engine], message: said }];
  }
  if (outcome === 'absent' && isAsked) return [{ outcome: 'failed', code: 'driftctl-absent', message: said }];
  if (outcome === 'partial' && engine === 'driftctl' && isAsked) {
    return [{ outcome: 'partial', code: 'drift-incomplete', message: said }];
  }
  return [];
};

/** Alerts of our engine, but for those of states, which have been counted. Of driftctl's only some mean blindness: it says which. */
const alertLack = ({ engine, alerts }: DriftReport, states: StatesVerdict): Lack[] => {
  if (engine === 'driftctl') return [];
  const counted = new Set((states.alerts[''] ?? []).map(({ message }) => message));
  const said = Object.entries(alerts).flatMap(([type, those]) =>
    those.flatMap(({ message }) => {
      if (type === '') return counted.has(message) ? [] : message;
      return `${type}: ${message}`;
    }),
  );
  return said.length === 0 ? [] : [{ outcome: 'partial', code: 'drift-incomplete', message: shorten(said) }];
};

/** A report without lacks has succeeded, however much has drifted. */
export const judgeDrift = (report: DriftReport): Verdict => {
  const states = judgeStates(report.sources);
  const lacks = [
    ...stateLack(states),
    ...report.engines.flatMap(engine => engineLack(report, engine)),
    ...alertLack(report, states),
  ];
  const worst = lacks.find(({ outcome }) => outcome === 'failed') ?? lacks[0];
  if (worst === undefined) return { outcome: 'succeeded' };
  const others = lacks.filter(lack => lack !== worst && lack.code !== worst.code);
  const message = [worst, ...others].map(lack => lack.message).join('. ');
  return { outcome: worst.outcome, code: worst.code, message, remedy: errorCatalogue[worst.code].remedy };
};

export const countDrift = ({ summary, coverage }: DriftReport): DriftCounts => ({
  coverage,
  managed: summary.total_managed,
  unmanaged: summary.total_unmanaged,
  missing: summary.total_missing,
  changed: summary.total_changed,
  stack: summary.total_managed_by_stack,
  service: summary.total_managed_by_service,
  unknown: summary.total_unknown,
});

type CountedVerdict = Exclude<keyof DriftTypeCounts, 'type'>;

/** Of each Terraform type, changed ones among the managed too, as the counts of the whole are. */
export const countDriftTypes = (report: DriftReport): DriftTypeCounts[] => {
  const types = new Map<string, Record<CountedVerdict, number>>();
  const count = (verdict: CountedVerdict, items: readonly { readonly type: string }[]): void => {
    for (const { type } of items) {
      const counts = types.get(type) ?? {
        ...{ managed: 0, changed: 0, unmanaged: 0, missing: 0, stack: 0, service: 0, unknown: 0 },
      };
      types.set(type, counts);
      counts[verdict] += 1;
    }
  };
  count('managed', report.managed);
  count(
    'changed',
    report.differences.map(({ res }) => res),
  );
  count('unmanaged', report.unmanaged);
  count('missing', report.missing);
  count('stack', report.managed_by_stack);
  count('service', report.managed_by_service);
  count('unknown', report.unknown);
  return [...types].sort(([a], [b]) => (a < b ? -1 : 1)).map(([type, counts]) => ({ type, ...counts }));
};
