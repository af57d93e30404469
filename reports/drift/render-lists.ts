// The lists of a drift report for a person: grouped by state or type and by region, cut where they get long. Pure.
import type { DriftItem, DriftReport } from '../../contract/drift/drift-report.ts';
import { printable, shorten, sortedGroups } from './printable.ts';

export interface ListStyle {
  /** How many of one group are shown. */
  readonly limit: number;
  /** Colours where there are some: the text itself otherwise. */
  readonly paint: (style: 'bold' | 'red' | 'yellow' | 'green' | 'blue', text: string) => string;
}

const longestValue = 160;
const longestReason = 240;

const readable = ({ human_readable_attributes: attributes = {} }: DriftItem): string =>
  Object.entries(attributes)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([label, value]) => `${label}: ${value}`)
    .join(', ');

const cut = (lines: readonly (readonly string[])[], indent: string, { limit }: ListStyle): string[] => [
  ...lines.slice(0, limit).flat(),
  ...(lines.length > limit ? [`${indent}and ${lines.length - limit} more`] : []),
];

/** Regions as headings where there are several; the items of one region stand without. */
const byRegion = (
  items: readonly DriftItem[],
  indent: string,
  render: (those: readonly DriftItem[], indent: string) => string[],
): string[] => {
  const regions = sortedGroups(items, ({ region = '' }) => region);
  if (regions.length < 2) return render(items, indent);
  return regions.flatMap(([region, those]) => [
    `${indent}${printable(region || 'no region')}:`,
    ...render(those, `${indent}  `),
  ]);
};

const unmanagedItem = (item: DriftItem, indent: string): string[] => {
  const attributes = readable(item);
  return [
    `${indent}- ${printable(item.id)}`,
    ...(attributes === '' ? [] : [`${indent}    ${shorten(attributes, longestReason)}`]),
    ...(item.reason === undefined ? [] : [`${indent}    ${shorten(item.reason, longestReason)}`]),
  ];
};

export const renderUnmanaged = ({ unmanaged }: DriftReport, style: ListStyle): string[] => {
  if (unmanaged.length === 0) return [];
  const types = sortedGroups(unmanaged, ({ type }) => type).flatMap(([type, items]) => [
    `  ${printable(type)}:`,
    ...byRegion(items, '    ', (those, indent) =>
      cut(
        those.map(item => unmanagedItem(item, indent)),
        indent,
        style,
      ),
    ),
  ]);
  return ['Found resources not covered by IaC:', ...types];
};

const addressOf = ({ source, type }: DriftItem): string => {
  if (source === undefined) return type;
  if (source.address !== undefined) return source.address;
  return [source.namespace, type, source.internal_name].filter(part => part !== '').join('.');
};

const sourceOf = ({ source }: DriftItem): string => source?.source ?? '';

/** Under the state that declares them, as driftctl does. */
const bySource = <Entry>(
  entries: readonly Entry[],
  itemOf: (entry: Entry) => DriftItem,
  render: (those: readonly Entry[], indent: string) => string[],
  { paint }: ListStyle,
): string[] =>
  sortedGroups(entries, entry => sourceOf(itemOf(entry))).flatMap(([source, those]) =>
    source === '' ? render(those, '  ') : [`  ${paint('blue', `From ${printable(source)}`)}`, ...render(those, '    ')],
  );

const declaredLine = (item: DriftItem, indent: string): string => {
  const twice = item.also_in?.map(({ source }) => source).join(', ');
  const also = twice === undefined ? '' : `, also declared in ${twice}`;
  return `${indent}- ${printable(item.id)} (${printable(addressOf(item) + also)})`;
};

const missingItem = (item: DriftItem, indent: string): string[] => {
  const attributes = readable(item);
  return [
    declaredLine(item, indent),
    ...(attributes === '' ? [] : [`${indent}    ${shorten(attributes, longestReason)}`]),
  ];
};

export const renderMissing = ({ missing }: DriftReport, style: ListStyle): string[] => {
  if (missing.length === 0) return [];
  const render = (items: readonly DriftItem[], indent: string): string[] =>
    byRegion(items, indent, (those, deeper) =>
      cut(
        those.map(item => missingItem(item, deeper)),
        deeper,
        style,
      ),
    );
  return ['Found missing resources:', ...bySource(missing, item => item, render, style)];
};

type Difference = DriftReport['differences'][number];

const renderValue = (value: unknown): string =>
  value === undefined || value === null ? '<nil>' : shorten(JSON.stringify(value) ?? String(value), longestValue);

const changeSigns = { create: '+', update: '~', delete: '-' } as const;

const changedItem = ({ res, changelog }: Difference, indent: string, { paint }: ListStyle): string[] => {
  const region = res.region === undefined ? '' : ` in ${printable(res.region)}`;
  return [
    `${declaredLine(res, indent)}${region}:`,
    ...changelog.map(({ type, path, from, to, computed }) => {
      const noise = computed ? ` ${paint('yellow', '(computed)')}` : '';
      return `${indent}    ${paint('yellow', changeSigns[type])} ${printable(path.join('.'))}: ${renderValue(from)} => ${renderValue(to)}${noise}`;
    }),
  ];
};

export const renderChanged = ({ differences }: DriftReport, style: ListStyle): string[] => {
  if (differences.length === 0) return [];
  const render = (those: readonly Difference[], indent: string): string[] =>
    cut(
      those.map(difference => changedItem(difference, indent, style)),
      indent,
      style,
    );
  return ['Found changed resources:', ...bySource(differences, ({ res }) => res, render, style)];
};

/** What several states declare: whichever applies last wins, and none knows of the other. */
export const renderTwice = ({ managed }: DriftReport, { limit }: ListStyle): string[] => {
  const twice = managed.filter(({ also_in: also }) => also !== undefined);
  if (twice.length === 0) return [];
  const lines = twice.slice(0, limit).map(item => {
    const places = [item.source, ...(item.also_in ?? [])].map(source => source?.source);
    return `  - ${printable(`${item.type} ${item.id}: ${places.join(', ')}`)}`;
  });
  const more = twice.length > limit ? [`  and ${twice.length - limit} more`] : [];
  return ['Declared more than once:', ...lines, ...more];
};

/** By the reason, which many share; then by type. */
export const renderUnknown = ({ unknown }: DriftReport, { limit }: ListStyle): string[] => {
  if (unknown.length === 0) return [];
  const reasons = sortedGroups(unknown, ({ reason = 'it could not be looked at' }) => reason);
  const lines = reasons.slice(0, limit).flatMap(([reason, items]) => [
    `  ${shorten(reason, longestReason)}:`,
    ...sortedGroups(items, ({ type }) => type).map(([type, those]) => {
      const shown = those.slice(0, 3).map(item => printable(item.id));
      const more = those.length > shown.length ? ` and ${those.length - shown.length} more` : '';
      return `    - ${printable(type)}: ${shown.join(', ')}${more}`;
    }),
  ]);
  const more = reasons.length > limit ? [`  and ${reasons.length - limit} more reasons`] : [];
  return ['Neither found nor missing:', ...lines, ...more];
};
