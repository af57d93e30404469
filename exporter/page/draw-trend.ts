// A trend → SVG that follows the colours of the page. Loaded when somebody opens the page: a scrape needs no plots.
import * as Plot from '@observablehq/plot';
import { raw } from 'hono/html';
import { parseHTML } from 'linkedom';
import { countText, dayText, shareText, shortCount } from './figures.ts';
import type { Html } from './marks.ts';
import type { Trend } from './trends.ts';

interface Point {
  readonly at: number;
  readonly series: string;
  readonly value: number;
  readonly says: string;
}

const readPoints = ({ kind, times, series }: Trend): Point[] => {
  const text = kind === 'share' ? shareText : countText;
  return series.flatMap(({ name, values }) =>
    values.map((value, at) => {
      return { at, series: name, value, says: `${dayText(times[at] ?? '')}: ${text(value)} ${name}` };
    }),
  );
};

const marksOf = (trend: Trend, points: readonly Point[]): Plot.Markish[] => {
  const channels = { x: 'at', y: 'value', title: 'says' };
  if (trend.kind === 'stacked')
    return [Plot.barY(points, { ...channels, fill: 'series', inset: 0.5 }), Plot.ruleY([0])];
  return [
    Plot.lineY(points, { x: 'at', y: 'value', stroke: 'series', strokeWidth: 2 }),
    Plot.dot(points, { ...channels, fill: 'series', r: trend.times.length > 30 ? 2 : 3 }),
  ];
};

/** First, middle and last: there is no room for more on a phone. */
const ticksOf = ({ times: { length } }: Trend): number[] => [
  ...new Set(length < 5 ? [0, length - 1] : [0, Math.floor((length - 1) / 2), length - 1]),
];

/** Shares have room above and below; counts begin at 0 so that a small change does not look like a fall. */
const verticalAxis = ({ kind, series }: Trend): Plot.ScaleOptions => {
  const axis = { label: null, grid: true, ticks: 3 };
  if (kind === 'share') return { ...axis, domain: [0, 1], tickFormat: shareText };
  const isFlat = series.every(({ values }) => values.every(value => value === 0));
  const format = (value: number): string => (Number.isInteger(value) ? shortCount(value) : '');
  return { ...axis, zero: true, nice: true, tickFormat: format, ...(isFlat ? { domain: [0, 1] } : {}) };
};

/** Its own style element would be against the page's policy, and stands in the style sheet. */
export const drawTrend = (trend: Trend): Html => {
  const { document } = parseHTML('<!doctype html><html><body></body></html>');
  const { times, series } = trend;
  const drawn = Plot.plot({
    document,
    className: 'plot',
    ariaLabel: trend.summary,
    ...{ width: 300, height: 140, marginTop: 10, marginRight: 14, marginBottom: 24, marginLeft: 36 },
    x: {
      type: trend.kind === 'stacked' ? 'band' : 'point',
      ...{ label: null, tickSize: 0, ticks: ticksOf(trend), tickFormat: (at: number) => dayText(times[at] ?? '') },
    },
    y: verticalAxis(trend),
    color: { domain: series.map(({ name }) => name), range: series.map(({ colour }) => `var(--${colour}-fill)`) },
    marks: marksOf(trend, readPoints(trend)),
  });
  for (const style of drawn.querySelectorAll('style')) style.remove();
  drawn.setAttribute('role', 'img');
  // Made of our own words and numbers alone.
  return raw(drawn.outerHTML);
};
