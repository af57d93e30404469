// What only the whole sweep can tell about its cells: which host is missing, which region is off, which handler is broken. Pure.
import { isHandlerFailure } from '../../../clients/aws/inventory/cloud-control.ts';
import { globalRegion } from '../../../contract/catalogue/services.ts';
import type { Cell, CellOutcome } from '../../../contract/scan-report.ts';
import { isMissingHost, type JudgedCell, unknownCredentials } from './cell-outcome.ts';

const answers: readonly CellOutcome[] = ['listed', 'empty', 'denied', 'throttled', 'unsupported'];

const isUnknown = ({ worst }: JudgedCell): boolean => unknownCredentials.test(worst?.code ?? '');
const isAnswer = (judged: JudgedCell): boolean =>
  judged.answered || (!isUnknown(judged) && answers.includes(judged.cell.outcome));
/** Its host was found, whatever it then said. */
const isFound = (judged: JudgedCell): boolean =>
  isAnswer(judged) ||
  isUnknown(judged) ||
  judged.cell.outcome === 'not-enabled' ||
  (judged.cell.outcome === 'not-in-region' && !isUnfound(judged));
/** No host was found for it. */
const isUnfound = ({ cell, worst }: JudgedCell): boolean =>
  cell.outcome === 'not-in-region' && worst !== undefined && isMissingHost(worst);

const failedAs = (cell: Cell, reason: string): Cell => ({
  ...cell,
  outcome: 'failed',
  error: cell.error === undefined ? reason : `${reason} (${cell.error})`,
});

/** What the sweep tells about one region. */
interface RegionFacts {
  /** The account said that it has switched the region on, or the region needs no switching on. */
  readonly isEnabled: boolean;
  readonly regionAnswered: boolean;
  /** No host of the region was found. */
  readonly isMissing: boolean;
}

interface SweepFacts {
  /** Some host of AWS, in whatever region, gave an answer to these credentials. */
  readonly sweepAnswered: boolean;
  readonly regions: ReadonlyMap<string, RegionFacts>;
  /** Hosts that were found in some region. */
  readonly foundHosts: ReadonlySet<string>;
  /** Types whose handler failed wherever it was asked, in two regions at least. */
  readonly brokenTypes: ReadonlySet<string>;
}

const correctCell = (judged: JudgedCell, { sweepAnswered, regions, foundHosts, brokenTypes }: SweepFacts): Cell => {
  const { cell } = judged;
  const region = regions.get(cell.region);
  // A handler that AWS ships broken is no more a missing right than a type without one.
  if (brokenTypes.has(cell.type) && isBroken(judged)) return { ...cell, outcome: 'unsupported' };
  if (isUnfound(judged)) {
    if (!sweepAnswered) return failedAs(cell, 'no AWS host was found: the network or its name service is down');
    if (region?.isMissing) return failedAs(cell, `no service was found in ${cell.region}: is it an AWS region?`);
    if (!foundHosts.has(judged.host)) {
      return failedAs(cell, `${cell.service} was found in no region: does the name service know its hosts?`);
    }
  }
  if (isUnknown(judged) && (cell.outcome === 'denied' || cell.outcome === 'not-enabled')) {
    const isOff = sweepAnswered && !region?.regionAnswered && !region?.isEnabled && !judged.answered;
    return { ...cell, outcome: isOff ? 'not-enabled' : 'denied' };
  }
  return cell;
};

const isBroken = ({ cell, worst, answered }: JudgedCell): boolean =>
  !answered && cell.tier === 'cloud-control' && worst !== undefined && isHandlerFailure(worst);

/** One region alone cannot tell a broken handler from a bad moment. */
const findBrokenTypes = (judged: readonly JudgedCell[]): Set<string> => {
  const asked = judged.filter(({ cell }) => cell.tier === 'cloud-control' && cell.outcome !== 'not-in-region');
  const byType = Map.groupBy(asked, ({ cell }) => cell.type);
  return new Set([...byType].flatMap(([type, cells]) => (cells.length > 1 && cells.every(isBroken) ? [type] : [])));
};

/**
 * Corrects what a cell alone cannot know: a service has no endpoint in a region only if it has one elsewhere, and a
 * region exists only if some service has one there; credentials are unknown to a region only if another knows them and
 * the account does not name the region among its `enabled` ones.
 */
export const judgeSweep = (judged: readonly JudgedCell[], enabled: readonly string[]): Cell[] => {
  const byRegion = Map.groupBy(judged, ({ cell }) => cell.region);
  const regions = new Map(
    [...byRegion].map(([region, cells]): [string, RegionFacts] => [
      region,
      {
        isEnabled: region === globalRegion || enabled.includes(region),
        regionAnswered: cells.some(isAnswer),
        isMissing: cells.every(isUnfound),
      },
    ]),
  );
  const foundHosts = new Set(judged.filter(isFound).map(({ host }) => host));
  const brokenTypes = findBrokenTypes(judged);
  const facts: SweepFacts = { sweepAnswered: judged.some(isAnswer), regions, foundHosts, brokenTypes };
  return judged.map(each => correctCell(each, facts));
};
