// The verdict on an account's scan, from its cells and tools: pure, so that a table can test it.
import type { ErrorCode } from '../../contract/error-catalogue.ts';
import { InventoryError } from '../../contract/errors.ts';
import type { ScanCounts, TagCounts } from '../../contract/outcome.ts';
import {
  blindOutcomes,
  type Cell,
  type CellOutcome,
  isBlindCell,
  type ToolResult,
  unfoldCells,
} from '../../contract/scan-report.ts';
import { countTypes } from '../../reports/coverage.ts';

export type Verdict = ToolResult['verdict'];

/** What ended the tool before it had asked for everything. */
export type EarlyEnd = 'credentials-expired' | 'scan-deadline' | null;

const shownRegions = 3;
const shownServices = 4;
const shownPlaces = 3;

const placesOf = (regions: readonly string[]): string =>
  regions.length > shownRegions ? `${regions.length} regions` : regions.join(', ');

/** `KMS (kms:ListKeys)`: whoever grants the right needs its name. */
const nameService = (service: string, cells: readonly Cell[]): string => {
  const actions = new Set(cells.flatMap(cell => (cell.outcome === 'denied' ? (cell.action ?? []) : [])));
  return actions.size === 0 ? service : `${service} (${[...actions].slice(0, 2).join(', ')})`;
};

const shorten = (names: readonly string[], shown: number, noun: string): string[] =>
  names.length > shown ? [...names.slice(0, shown), `${names.length - shown} more ${noun}`] : [...names];

/** `KMS (kms:ListKeys), SQS (sqs:ListQueues) in eu-west-1, eu-central-1; ECS (ecs:ListClusters) in 12 regions`. */
const describeCells = (cells: readonly Cell[]): string => {
  const services = [...Map.groupBy(cells, cell => cell.service)].map(([service, those]) => ({
    name: nameService(service, those),
    // Each of its types has a cell of its own.
    places: placesOf([...new Set(those.map(cell => cell.region))]),
  }));
  const byPlaces = [...Map.groupBy(services, service => service.places)].map(([places, those]) => {
    const names = those.map(service => service.name);
    return `${shorten(names, shownServices, 'services').join(', ')} in ${places}`;
  });
  return shorten(byPlaces, shownPlaces, 'groups').join('; ');
};

interface Lack {
  readonly code: ErrorCode;
  readonly words: string;
  readonly cells: readonly Cell[];
}

const lacksOf = (cells: readonly Cell[]): Lack[] => {
  const blind = cells.filter(isBlindCell);
  const of = (outcome: CellOutcome) => blind.filter(cell => cell.outcome === outcome);
  const lacks: Lack[] = [
    { code: 'services-denied', words: 'denied', cells: of('denied') },
    { code: 'services-throttled', words: 'throttled', cells: of('throttled') },
    { code: 'services-failed', words: 'failed', cells: of('failed') },
    {
      code: 'resources-truncated',
      words: 'cut at maxPerType',
      cells: cells.filter(cell => cell.truncated !== undefined),
    },
  ];
  return lacks.filter(lack => lack.cells.length > 0);
};

const describeLacks = (lacks: readonly Lack[]): string =>
  lacks.map(({ words, cells }) => `${words}: ${describeCells(cells)}`).join('. ');

const failed = (code: ErrorCode, message: string): Verdict => ({
  outcome: 'failed',
  code,
  message,
  remedy: new InventoryError(code, message).remedy,
});

const partial = (code: ErrorCode, message: string): Verdict => ({ ...failed(code, message), outcome: 'partial' });

/** Cells whose API said something about the account's resources. */
const hasAnswered = (cell: Cell): boolean =>
  cell.outcome === 'listed' || cell.outcome === 'empty' || cell.resources > 0 || cell.truncated !== undefined;

const earlyWords: Readonly<Record<Exclude<EarlyEnd, null>, string>> = {
  'credentials-expired': 'The credentials expired during the scan.',
  'scan-deadline': 'The scan ran into its deadline.',
};

/** The verdict on the inventory: what its cells say, and what ended it early. */
export const judgeCells = (cells: readonly Cell[], end: EarlyEnd = null): Verdict => {
  const lacks = lacksOf(cells);
  const said = describeLacks(lacks);
  if (cells.some(hasAnswered)) {
    if (end !== null) return partial(end, `${earlyWords[end]} ${said}`.trim());
    const first = lacks[0];
    return first === undefined ? { outcome: 'succeeded' } : partial(first.code, said);
  }
  if (end === 'credentials-expired') return failed(end, `${earlyWords[end]} ${said}`.trim());
  const denied = cells.filter(cell => cell.outcome === 'denied');
  const asked = cells.filter(cell => blindOutcomes.includes(cell.outcome));
  if (denied.length > 0 && denied.length === asked.length) {
    return failed('scan-denied', `every listing was denied: ${describeCells(denied)}`);
  }
  return failed('report-missing', `nothing could be listed. ${said || 'No service was asked'}`);
};

/** What scan knows of the reports directory. */
export interface ReportState {
  /** output.json is there and whole. */
  readonly inventory: boolean;
}

const worstFirst: readonly ErrorCode[] = [
  'credentials-expired',
  'scan-denied',
  'scan-deadline',
  'container-killed',
  'container-failed',
  'services-denied',
  'services-throttled',
  'services-failed',
  'resources-truncated',
  'state-role-refused',
  'states-unreadable',
  'drift-failed',
  'driftctl-failed',
  'driftctl-absent',
  'drift-incomplete',
  'tags-failed',
];

const rankOf = ({ verdict }: ToolResult): number => {
  const rank = verdict.code === undefined ? -1 : worstFirst.indexOf(verdict.code);
  return rank === -1 ? worstFirst.length : rank;
};

/** Codes that say that nothing answered: where the inventory failed with one, a report does not soften it. */
const fatalCodes: readonly (ErrorCode | undefined)[] = ['credentials-expired', 'scan-denied'];

/** What only reads the inventory costs the account no more than itself. */
const readers: readonly string[] = ['drift', 'tags'];

const isFatal = ({ tool, verdict }: ToolResult): boolean =>
  !readers.includes(tool) && verdict.outcome === 'failed' && fatalCodes.includes(verdict.code);

/** What the others have to say stands behind the worst one's words, if there is room. */
const messageOf = ([worst, ...others]: readonly ToolResult[]): { message?: string } => {
  const said = others.map(({ tool, verdict }) => `${tool}: ${verdict.message ?? verdict.code ?? verdict.outcome}`);
  const texts = [worst?.verdict.message ?? '', ...said].filter(text => text !== '');
  return texts.length === 0 ? {} : { message: texts.join('. ') };
};

/** The verdict on the account: its worst tool, softened where its report is there. */
export const judgeScan = (tools: readonly ToolResult[], reports: ReportState): Verdict => {
  const troubled = tools
    .filter(tool => tool.verdict.outcome !== 'succeeded')
    .toSorted((a, b) => Number(isFatal(b)) - Number(isFatal(a)) || rankOf(a) - rankOf(b));
  const [worst] = troubled;
  if (!reports.inventory) {
    if (worst === undefined) return failed('report-missing', 'the inventory left no report');
    const code = isFatal(worst) ? worst.verdict.code : 'report-missing';
    return { ...worst.verdict, ...messageOf(troubled), outcome: 'failed', code };
  }
  if (worst === undefined) return { outcome: 'succeeded' };
  const outcome = isFatal(worst) ? worst.verdict.outcome : 'partial';
  return { ...worst.verdict, ...messageOf(troubled), outcome };
};

/** To three places, rounded down: all of them is only what all of them is. */
const complianceOf = ({ checked, compliant }: TagCounts): { compliance?: number } =>
  checked === 0 ? {} : { compliance: Math.floor((compliant * 1000) / checked) / 1000 };

/** Resources, types and cells by outcome, over all tools; and what drift and tags counted, where there were any. */
export const countScan = (tools: readonly ToolResult[]): ScanCounts => {
  const cells = tools.flatMap(tool => unfoldCells(tool.cells));
  const accepted = cells.filter(cell => cell.accepted !== undefined).length;
  const drift = tools.find(tool => tool.drift !== undefined)?.drift;
  const tags = tools.find(tool => tool.tags !== undefined)?.tags;
  return {
    resources: tools.reduce((sum, tool) => sum + tool.resources, 0),
    types: countTypes(cells),
    cells: Object.fromEntries(
      [...Map.groupBy(cells, cell => cell.outcome)].map(([outcome, those]) => [outcome, those.length]),
    ),
    ...(accepted === 0 ? {} : { accepted }),
    ...(drift === undefined ? {} : { drift }),
    ...(tags === undefined ? {} : { tags, ...complianceOf(tags) }),
  };
};
