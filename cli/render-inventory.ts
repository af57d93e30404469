// What an inventory has found, for a person: by service and region, what was not seen, and why.
import { styleText } from 'node:util';
import Table from 'cli-table3';
import { blindOutcomes, type Cell, type Requests } from '../contract/scan-report.ts';
import { countTypes, coverageOf } from '../reports/coverage.ts';
import { plainColumns } from './plain-columns.ts';
import { percent, plural, printable } from './terminal-text.ts';

export interface ShownInventory {
  readonly cells: readonly Cell[];
  /** All records, those that only the Tagging API showed among them. */
  readonly resources: number;
  readonly requests: Requests;
  readonly seconds: number;
}

const heading = ['service', 'resources', 'types', 'regions'];

const sum = (cells: readonly Cell[]): number => cells.reduce((total, cell) => total + cell.resources, 0);

const regionsOf = (cells: readonly Cell[]): string =>
  [...Map.groupBy(cells, ({ region }) => region)]
    .map(([region, those]) => ({ region, count: sum(those) }))
    .sort((a, b) => b.count - a.count || (a.region < b.region ? -1 : 1))
    .map(({ region, count }) => `${region} ${count}`)
    .join(', ');

const rowsOf = ({ cells, resources }: ShownInventory): string[][] => {
  const listed = cells.filter(cell => cell.tier !== 'account' && cell.resources > 0);
  const rows = [...Map.groupBy(listed, ({ service }) => service)]
    .map(([service, those]) => ({ service, those, count: sum(those) }))
    .sort((a, b) => b.count - a.count || (a.service < b.service ? -1 : 1))
    .map(({ service, those, count }) => [
      service,
      String(count),
      String(new Set(those.map(({ type }) => type)).size),
      regionsOf(those),
    ]);
  const tagged = resources - sum(listed);
  return tagged > 0 ? [...rows, ['(seen by their tags alone)', String(tagged), '', '']] : rows;
};

/** Columns at a terminal; elsewhere a line for each service and region, which `cut` and `awk` read. */
export const renderServices = (inventory: ShownInventory, stream: NodeJS.WriteStream): string => {
  if (!stream.isTTY) {
    const listed = inventory.cells.filter(cell => cell.tier !== 'account' && cell.resources > 0);
    const lines = listed.map(({ service, region, type, resources }) => [service, region, type, resources].join('\t'));
    return `${['service\tregion\ttype\tresources', ...lines.sort()].join('\n')}\n`;
  }
  const table = new Table({
    head: heading.map(name => styleText('bold', name, { stream })),
    ...plainColumns,
    colAligns: ['left', 'right', 'right', 'left'],
    colWidths: [null, null, null, Math.max(30, (stream.columns ?? 100) - 48)],
    wordWrap: true,
  });
  table.push(...rowsOf(inventory));
  return `${table.toString()}\n`;
};

const shownTypes = 12;

/** Each blind outcome with its types, those of one refused right together. */
const renderBlind = (cells: readonly Cell[], stream: NodeJS.WriteStream): string[] =>
  blindOutcomes.flatMap(outcome => {
    const those = cells.filter(cell => cell.outcome === outcome);
    if (those.length === 0) return [];
    const lines = [...Map.groupBy(those, cell => `${cell.action ?? cell.error ?? ''}\n${cell.accepted ?? ''}`)].map(
      ([, same]) => {
        const [first] = same;
        const types = [...new Set(same.map(({ type }) => type))];
        const regions = new Set(same.map(({ region }) => region));
        const more = types.length > 3 ? ` and ${types.length - 3} more` : '';
        const why = first?.accepted ?? first?.action ?? first?.error ?? '';
        const scp = first?.byServiceControlPolicy ? ', by a service control policy' : '';
        const expected = first?.accepted === undefined ? '' : 'expected: ';
        return `    ${types.slice(0, 3).join(', ')}${more} in ${plural(regions.size, 'region')}: ${expected}${printable(why)}${scp}`;
      },
    );
    const hidden = lines.length > shownTypes ? [`    and ${lines.length - shownTypes} further reasons`] : [];
    return [`  ${styleText('yellow', outcome, { stream })}`, ...lines.slice(0, shownTypes), ...hidden];
  });

/** How much was seen, what was not, and what it cost. */
export const renderCoverage = (inventory: ShownInventory, stream: NodeJS.WriteStream): string => {
  const { cells, requests, resources, seconds } = inventory;
  const { attempted, ...outcomes } = countTypes(cells);
  const counts = Object.entries(outcomes)
    .sort(([, a], [, b]) => (b ?? 0) - (a ?? 0))
    .map(([outcome, count]) => `${count} ${outcome}`);
  const share = coverageOf({ attempted, ...outcomes });
  const throttled =
    requests.throttled === 0
      ? ''
      : `; ${requests.throttled} were throttled, which cost ${requests.throttledSeconds.toFixed(1)} s of waiting`;
  const hinted = cells.filter(cell => cell.hinted !== undefined).length;
  return [
    '',
    `${plural(resources, 'resource')} in ${seconds.toFixed(1)} s, with ${plural(requests.requests, 'request')}${throttled}`,
    `Coverage: ${percent(share)} of what the account could answer; ${plural(attempted, 'type')} attempted: ${counts.join(', ')}`,
    ...(hinted === 0
      ? []
      : [`AWS Config or Resource Explorer know resources of ${plural(hinted, 'type')} that the listing did not show`]),
    ...renderBlind(cells, stream),
    '',
  ].join('\n');
};
