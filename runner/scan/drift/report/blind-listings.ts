// Listings of the inventory that saw less than there is → alerts: what lies there unmanaged is in no list of the report. Pure.
import { regionsName, taggingName } from '../../../../contract/catalogue/services.ts';
import type { DriftAlerts, ExcusedListing } from '../../../../contract/drift/drift-report.ts';
import { terraformTypeOf } from '../../../../contract/drift/terraform-types.ts';
import { blindOutcomes, type Cell, isBlindCell, isExcusedCell } from '../../../../contract/scan-report.ts';
import { inOrder } from '../changes/forms.ts';

/** The same listings that make the inventory partial: what is expected to fail, and what a type has not, are none. */
const isBlind = (cell: Cell): boolean => cell.truncated !== undefined || isBlindCell(cell);

/** Questions to the account as a whole are of no type. */
const alertType = ({ tier, type }: Cell): string => (tier === 'account' ? '' : (terraformTypeOf(type) ?? type));

const shownRegions = 3;

const regionsOf = (cells: readonly Cell[]): string[] => [...new Set(cells.map(({ region }) => region))];

const placesOf = (cells: readonly Cell[]): string => {
  const regions = regionsOf(cells);
  return regions.length > shownRegions ? `${regions.length} regions` : regions.join(', ');
};

const reasonOf = (cell: Cell): string => {
  const { outcome, action, error, truncated } = cell;
  const refusal = isBlindCell(cell) ? [outcome, action, error] : [];
  const texts = [...refusal, truncated === undefined ? undefined : 'cut at maxPerType'];
  return texts.filter(text => text !== undefined).join(': ');
};

const subjects: Readonly<Record<string, string>> = {
  [taggingName]: 'what the Tagging API alone shows, and tags, ',
  [regionsName]: 'the regions of the account ',
};

const subjectOf = ({ tier, type }: Cell): string => (tier === 'account' ? (subjects[type] ?? `${type} `) : '');

const describeSame = (cells: readonly Cell[]): { message: string }[] =>
  cells.slice(0, 1).map(cell => ({
    message: `${subjectOf(cell)}could not be listed whole in ${placesOf(cells)}: ${reasonOf(cell)}`,
  }));

/** By Terraform's type, or CloudFormation's where Terraform has none; one message for all regions with the same reason. */
export const alertsOfCells = (cells: readonly Cell[]): DriftAlerts =>
  Object.fromEntries(
    [...Map.groupBy(cells.filter(isBlind), alertType)].map(([type, those]) => [
      type,
      [...Map.groupBy(those, cell => `${cell.type} ${reasonOf(cell)}`).values()].flatMap(describeSame),
    ]),
  );

const byServiceControlPolicy = 'denied by a service control policy';

/** Listings that failed as the settings or a policy above the account have it: no alert, and no silence either. */
export const excusedListings = (cells: readonly Cell[]): ExcusedListing[] => {
  const excused = cells.filter(cell => blindOutcomes.includes(cell.outcome) && isExcusedCell(cell));
  const reasonFor = ({ accepted }: Cell): string => accepted ?? byServiceControlPolicy;
  const groups = Map.groupBy(excused, cell => JSON.stringify([alertType(cell) || cell.type, reasonFor(cell)]));
  return [...groups].map(([key, those]) => {
    const [type, reason] = JSON.parse(key) as [string, string];
    return { type, regions: inOrder(regionsOf(those)), reason };
  });
};

/** Without the cells of types that the rules leave out whole: nobody asked about what they would have shown. */
export const wantedCells = (
  cells: readonly Cell[],
  ignores: (item: { readonly type: string; readonly id: string; readonly region: string }) => boolean,
): Cell[] =>
  cells.filter(({ tier, type, region }) => {
    const names = tier === 'account' ? [] : [type, terraformTypeOf(type) ?? type];
    return !names.some(name => ignores({ type: name, id: '', region }));
  });
