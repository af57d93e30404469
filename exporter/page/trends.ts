// The remembered runs → series for the plots. Pure. Only runs over the whole Organization: the totals of others are of a part.
import type { RunSummary } from '../../contract/manifest.ts';
import { countText, dayText, plural, shareText } from './figures.ts';

export interface TrendSeries {
  readonly name: string;
  /** Class of the style sheet that gives the colour. */
  readonly colour: 'ok' | 'warn' | 'bad' | 'accent';
  readonly values: readonly number[];
}

export interface Trend {
  readonly title: string;
  readonly kind: 'stacked' | 'lines' | 'share';
  /** When the runs began, the oldest first: one for each value. */
  readonly times: readonly string[];
  readonly series: readonly TrendSeries[];
  /** For who cannot see it. */
  readonly summary: string;
}

type Totals = RunSummary['totals'];

interface TrendPlan {
  readonly title: string;
  readonly kind: Trend['kind'];
  readonly series: readonly (readonly [
    name: string,
    colour: TrendSeries['colour'],
    read: (totals: Totals) => number,
  ])[];
  /** Whether the run knows of it at all. */
  readonly isKnown: (totals: Totals) => boolean;
}

const plans: readonly TrendPlan[] = [
  {
    title: 'Accounts by outcome',
    kind: 'stacked',
    isKnown: () => true,
    series: [
      ['succeeded', 'ok', ({ succeeded }) => succeeded],
      ['partial', 'warn', ({ partial }) => partial],
      ['failed', 'bad', ({ failed }) => failed],
    ],
  },
  {
    title: 'Resources',
    kind: 'lines',
    isKnown: () => true,
    series: [['resources', 'accent', ({ resources }) => resources]],
  },
  {
    title: 'Drift',
    kind: 'lines',
    isKnown: ({ unmanaged }) => unmanaged !== undefined,
    series: [
      ['unmanaged', 'warn', ({ unmanaged = 0 }) => unmanaged],
      ['missing', 'bad', ({ missing = 0 }) => missing],
      ['changed', 'accent', ({ changed = 0 }) => changed],
    ],
  },
  {
    title: 'Tag compliance',
    kind: 'share',
    isKnown: ({ tagged }) => tagged !== undefined && tagged.checked > 0,
    series: [
      ['compliant', 'ok', ({ tagged }) => (tagged === undefined ? 0 : tagged.compliant / Math.max(1, tagged.checked))],
    ],
  },
];

const summarise = (plan: TrendPlan, runs: readonly RunSummary[]): string => {
  const text = plan.kind === 'share' ? shareText : countText;
  const [first, last] = [runs[0], runs.at(-1)];
  if (first === undefined || last === undefined) return plan.title;
  const changes = plan.series.map(([name, , read]) => {
    return `${name} from ${text(read(first.totals))} to ${text(read(last.totals))}`;
  });
  const days = `from ${dayText(first.startedAt)} to ${dayText(last.startedAt)}`;
  return `${plan.title} over ${plural(runs.length, 'complete run')} ${days}: ${changes.join(', ')}.`;
};

/** A trend takes two runs. The newest run comes first in `runs`. */
export const trendsOf = (runs: readonly RunSummary[]): Trend[] => {
  const complete = runs.filter(run => run.complete && !Number.isNaN(Date.parse(run.startedAt))).reverse();
  return plans.flatMap(plan => {
    const known = complete.filter(({ totals }) => plan.isKnown(totals));
    if (known.length < 2) return [];
    const series = plan.series.map(([name, colour, read]) => {
      return { name, colour, values: known.map(({ totals }) => read(totals)) };
    });
    const times = known.map(({ startedAt }) => startedAt);
    return [{ title: plan.title, kind: plan.kind, times, series, summary: summarise(plan, known) }];
  });
};
