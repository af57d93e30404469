// Hints of what is not empty: they order the questions, and doubt an answer that says there is nothing. Never a source.
import { countRecorded, walkIndexed } from '../../../clients/aws/inventory/hints.ts';
import type { WalkPlace } from '../../../clients/aws/inventory/walk.ts';
import { parseArn } from '../../../contract/catalogue/arn.ts';
import { typeOfArn } from '../../../contract/catalogue/arn-types.ts';
import { globalRegion } from '../../../contract/catalogue/services.ts';
import type { Cell } from '../../../contract/scan-report.ts';

export interface Hints {
  /** Resources of a type that somebody knows in a region, or in `global`; 0 when nobody says so. */
  readonly countOf: (region: string, type: string) => number;
}

export const noHints: Hints = { countOf: () => 0 };

/** Pages of an index that are read: what a thousandth page adds to the order of the questions is not worth its wait. */
const indexPages = 20;

export interface HintQuestion extends WalkPlace {
  readonly regions: readonly string[];
  readonly signal: AbortSignal;
}

const indexed = async ({ regions: _regions, signal, ...place }: HintQuestion): Promise<Map<string, number>> => {
  const counts = new Map<string, number>();
  let pages = 0;
  for await (const arns of walkIndexed(place, signal)) {
    for (const text of arns) {
      const arn = parseArn(text);
      if (arn === undefined) continue;
      const key = `${arn.region || globalRegion} ${typeOfArn(arn).cloudFormationType}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    pages += 1;
    if (pages === indexPages) break;
  }
  return counts;
};

const recorded = async ({ regions, connection, rates, signal }: HintQuestion): Promise<Map<string, number>> => {
  const counts = new Map<string, number>();
  const ask = async (region: string): Promise<void> => {
    const found = await countRecorded({ connection: { ...connection, region }, rates }, signal);
    for (const [type, count] of found) counts.set(`${region} ${type}`, count);
  };
  await Promise.allSettled(regions.map(ask));
  return counts;
};

/** Never throws: an account without Config or an index, or a role that may not ask them, has no hints. */
export const readHints = async (question: HintQuestion): Promise<Hints> => {
  const answers = await Promise.allSettled([indexed(question), recorded(question)]);
  const counts = answers.flatMap(answer => (answer.status === 'fulfilled' ? [answer.value] : []));
  return { countOf: (region, type) => Math.max(0, ...counts.map(each => each.get(`${region} ${type}`) ?? 0)) };
};

/** Says of an empty cell that others know better. Config also counts what was deleted a moment ago: it is no failure. */
export const doubtEmpty = (cell: Cell, hints: Hints): Cell => {
  if (cell.outcome !== 'empty' || cell.tier === 'account') return cell;
  const hinted = hints.countOf(cell.region, cell.type);
  return hinted === 0 ? cell : { ...cell, hinted };
};
