// Whether a declared resource that was not found could have been seen: what could not be looked at is not missing. Pure.
import { catalogueType } from '../../../../contract/catalogue/catalogue.ts';
import { globalRegion } from '../../../../contract/catalogue/services.ts';
import type { TerraformType } from '../../../../contract/drift/terraform-types.ts';
import { blindOutcomes, type Cell, type CellOutcome } from '../../../../contract/scan-report.ts';
import { detailKey } from '../details.ts';
import type { FoundResource } from '../resources.ts';
import { seenOtherwise } from './identity-rows.ts';
import type { FoundIndex, Place } from './join-index.ts';
import { toldByDescription } from './parts.ts';
import { detailOfPart } from './parts-access.ts';
import { type Claim, fillKeys } from './parts-claim.ts';

export interface UnseenFacts {
  readonly cells: readonly Cell[];
  readonly regions: readonly string[];
  readonly unread: ReadonlyMap<string, string>;
  readonly index: FoundIndex;
}

export interface Sight {
  /** The whole of a part; undefined when it is not there, or nothing names it. */
  readonly wholeOf: (claim: Claim, place: Place) => FoundResource | undefined;
  /** Why nobody can say that it is missing; null when it is. */
  readonly unseen: (claim: Claim, place: Place) => string | null;
  /** Why what only the Tagging API shows may be gone; undefined when no listing says otherwise. */
  readonly doubtOf: (found: FoundResource) => string | undefined;
}

const describeCell = ({ type, region, outcome, error, truncated, hinted }: Cell): string => {
  if (truncated !== undefined) return `${type} in ${region}: ${truncated} were left out of the listing`;
  if (hinted !== undefined)
    return `${type} in ${region}: the listing showed nothing of ${hinted} that AWS Config knows`;
  return `${type} in ${region}: ${outcome}${error === undefined ? '' : `: ${error}`}`;
};

/** Of a region that is switched off, not of a service: what was made there before is still there. */
const regionIsOff = /^(OptInRequired|InvalidClientTokenId|UnrecognizedClientException|RegionDisabledException)\b/;

/** A region that is said not to have a service, and a state that has something of it there: one of both is wrong. */
const silentOutcomes: readonly CellOutcome[] = [...blindOutcomes, 'unsupported', 'not-in-region'];

const isBlind = ({ outcome, truncated, hinted, error = '' }: Cell): boolean =>
  truncated !== undefined ||
  hinted !== undefined ||
  silentOutcomes.includes(outcome) ||
  (outcome === 'not-enabled' && regionIsOff.test(error));

const indexCells = (cells: readonly Cell[]): Map<string, Map<string, Cell>> => {
  const index = new Map<string, Map<string, Cell>>();
  for (const cell of cells) {
    const regions = index.get(cell.type);
    if (regions === undefined) index.set(cell.type, new Map([[cell.region, cell]]));
    // Of two cells the blind one counts.
    else if (!regions.has(cell.region) || isBlind(cell)) regions.set(cell.region, cell);
  }
  return index;
};

/** The type whose listing shows it: its whole's, where nobody lists the part itself. */
const listedType = ({ resourceType, whole }: TerraformType): string => {
  const isListed = catalogueType(resourceType) !== undefined && !seenOtherwise.has(resourceType);
  return whole === undefined || isListed ? resourceType : whole;
};

export const createSight = ({ cells, regions, unread, index }: UnseenFacts): Sight => {
  const cellsByType = indexCells(cells);
  const scanned = new Set(regions);

  const blindness = (type: string, row: TerraformType, { region, likely }: Place): string | null => {
    const known = catalogueType(type);
    if (known === undefined) return `no listing of AWS shows ${type}`;
    const wanted = region ?? likely;
    if (known.scope !== 'global' && row.scope !== 'global' && wanted !== undefined && !scanned.has(wanted))
      return `region ${wanted} was not scanned`;
    if (scanned.size === 0 && known.scope !== 'global') return 'no region was scanned';
    const listed = cellsByType.get(type);
    const asked = known.scope === 'global' ? [globalRegion] : wanted === undefined ? regions : [wanted];
    for (const place of asked) {
      const cell = listed?.get(place);
      if (cell === undefined) return `${type} was not listed in ${place}`;
      if (isBlind(cell)) return describeCell(cell);
    }
    return null;
  };

  const wholeOf: Sight['wholeOf'] = ({ declared, row }, place) => {
    if (row?.whole === undefined || row.partOf === undefined) return undefined;
    const keys = fillKeys([row.partOf], declared);
    return index.find({ family: row.whole, ...(row.scope === undefined ? {} : { scope: row.scope }) }, keys, place);
  };

  /** Of a part whose whole is there: why nobody can tell whether the part is. */
  const untold = (row: TerraformType, whole: FoundResource | undefined): string | null => {
    if (row.presence === 'untold') return 'nothing that a scan reads tells whether it is there';
    if (whole === undefined) return null;
    if (whole.description === undefined && toldByDescription.has(whole.resourceType))
      return `${whole.id} itself could not be described`;
    const detail = detailKey(whole);
    return unread.get(detail) ?? unread.get(`${detail} ${detailOfPart[row.canonical] ?? ''}`) ?? null;
  };

  const doubtOf: Sight['doubtOf'] = ({ resourceType, region }) => {
    const cell = cellsByType.get(resourceType)?.get(region);
    const isWhole = cell !== undefined && !isBlind(cell) && ['listed', 'empty'].includes(cell.outcome);
    return isWhole ? `only the Tagging API shows it; the listing of ${resourceType} in ${region} does not` : undefined;
  };

  return {
    wholeOf,
    doubtOf,
    unseen: (claim, place) => {
      const { row, declared } = claim;
      if (row === undefined) return `${declared.type} is no type that is joined`;
      if (claim.keys.length === 0) return 'its state does not say what it is called';
      const blind = blindness(listedType(row), row, place);
      if (blind !== null || row.presence === undefined) return blind;
      // Settings of an account have no whole: nobody can say that they are missing.
      if (row.partOf === undefined) return untold(row, undefined);
      const whole = wholeOf(claim, place);
      const isNamed = fillKeys([row.partOf], declared).length > 0;
      return whole === undefined && isNamed && row.presence === 'untold' ? null : untold(row, whole);
    },
  };
};
