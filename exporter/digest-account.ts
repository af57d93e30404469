// scan.json → what metrics and page show of it. Pure; bounded, whatever the report holds.
import * as z from 'zod';
import {
  blindOutcomes,
  type CellRow,
  cellRowSchema,
  type DriftTypeCounts,
  driftTypeCountsSchema,
  type Requests,
  requestsSchema,
  type TagRegionCounts,
  tagRegionCountsSchema,
} from '../contract/scan-report.ts';
import type { Pool } from './intern.ts';
import type { AccountDigest, ReportProblem, ServiceCount, ToolEnd, UnseenCells } from './snapshot.ts';

/** Of a report only what is read here has to be as it should: one by a later version has codes that are not known yet. */
const toolSchema = z.object({
  tool: z.string(),
  verdict: z.object({ outcome: z.string(), code: z.string().optional(), message: z.string().optional() }),
  seconds: z.number(),
  cells: z.array(cellRowSchema),
  requests: requestsSchema.optional(),
  driftTypes: z.array(driftTypeCountsSchema).optional(),
  tagRegions: z.array(tagRegionCountsSchema).optional(),
});
type Tool = z.infer<typeof toolSchema>;

const scanSchema = z.object({
  schemaVersion: z.literal(1),
  account: z.string(),
  finishedAt: z.iso.datetime(),
  tools: z.array(toolSchema),
});

export interface DigestQuestion {
  /** Whose report it has to be. */
  readonly account: string;
  /** Of the bytes that were read. */
  readonly sha256: string;
  readonly now: string;
  readonly pool: Pool;
}

export type DigestAnswer = AccountDigest | Pick<ReportProblem, 'reason' | 'message'>;

/** What no honest report reaches: beyond it the smallest are counted together. */
const limits = { services: 2_000, unseen: 500, driftTypes: 1_000, tagRegions: 60, tags: 50, slowed: 50, regions: 100 };
/** Two machines' clocks. */
export const toleratedSkew = 10 * 60_000;

export const otherName = 'other';

const addTo = (counts: Map<string, ServiceCount>, count: ServiceCount): void => {
  const key = `${count.service}\n${count.region}`;
  counts.set(key, { ...count, resources: (counts.get(key)?.resources ?? 0) + count.resources });
};

/** The account's own cells are about no resources of their own: the Tagging API's counts others once more. */
const countServices = (cells: readonly CellRow[], pool: Pool): ServiceCount[] => {
  const counts = new Map<string, ServiceCount>();
  for (const { tier, service, resources, regions } of cells) {
    if (tier === 'account' || resources === 0) continue;
    for (const region of regions) addTo(counts, { service: pool.text(service), region: pool.text(region), resources });
  }
  const largest = [...counts.values()].sort((a, b) => b.resources - a.resources);
  const kept = new Map<string, ServiceCount>();
  for (const [index, count] of largest.entries()) {
    addTo(kept, index < limits.services ? count : { ...count, service: otherName, region: otherName });
  }
  return [...kept.values()]
    .sort((a, b) => (`${a.service}\n${a.region}` < `${b.service}\n${b.region}` ? -1 : 1))
    .map(count => pool.same(count));
};

const unseenOutcome = ({ outcome, truncated }: CellRow): UnseenCells['outcome'] | undefined => {
  if (blindOutcomes.includes(outcome)) return outcome;
  return truncated === undefined ? undefined : 'truncated';
};

const findUnseen = (cells: readonly CellRow[], pool: Pool): UnseenCells[] =>
  cells
    .flatMap(cell => {
      const outcome = unseenOutcome(cell);
      if (outcome === undefined) return [];
      const byPolicy = cell.byServiceControlPolicy === true ? 'a service control policy denies it' : undefined;
      const excuse = cell.accepted ?? byPolicy;
      return pool.same({
        type: pool.text(cell.type),
        service: pool.text(cell.service),
        outcome,
        regions: pool.texts(cell.regions.slice(0, limits.regions)),
        action: cell.action === undefined ? undefined : pool.text(cell.action),
        error: cell.error === undefined ? undefined : pool.text(cell.error),
        excuse: excuse === undefined ? undefined : pool.text(excuse),
      });
    })
    .slice(0, limits.unseen);

const sumRequests = (tools: readonly Tool[], pool: Pool): Requests | undefined => {
  const all = tools.flatMap(({ requests }) => requests ?? []);
  if (all.length === 0) return undefined;
  const sum = (name: 'requests' | 'throttled' | 'throttledSeconds') => all.reduce((total, one) => total + one[name], 0);
  const slowed = all
    .flatMap(one => one.slowed)
    .sort((a, b) => b.throttledSeconds - a.throttledSeconds)
    .slice(0, limits.slowed)
    .map(rate => ({ ...rate, service: pool.text(rate.service), region: pool.text(rate.region) }));
  return { requests: sum('requests'), throttled: sum('throttled'), throttledSeconds: sum('throttledSeconds'), slowed };
};

const drifted = ({ changed, unmanaged, missing }: DriftTypeCounts): number => changed + unmanaged + missing;

const addTypes = (a: DriftTypeCounts, b: DriftTypeCounts): DriftTypeCounts => ({
  type: a.type,
  managed: a.managed + b.managed,
  changed: a.changed + b.changed,
  unmanaged: a.unmanaged + b.unmanaged,
  missing: a.missing + b.missing,
  stack: a.stack + b.stack,
  service: a.service + b.service,
  unknown: a.unknown + b.unknown,
});

/** The types with most drift by name; the rest together as `other`, at the end. */
export const foldDriftTypes = (types: readonly DriftTypeCounts[], limit: number): DriftTypeCounts[] => {
  const worst = types
    .filter(({ type }) => type !== otherName)
    .sort((a, b) => drifted(b) - drifted(a) || b.managed - a.managed || (a.type < b.type ? -1 : 1));
  const named = worst.slice(0, limit).sort((a, b) => (a.type < b.type ? -1 : 1));
  // A report that was folded already has such a type, and so may one that means harm.
  const [first, ...others] = [...worst.slice(limit), ...types.filter(({ type }) => type === otherName)];
  if (first === undefined) return named;
  return [...named, { ...others.reduce(addTypes, first), type: otherName }];
};

const uniqueTypes = (types: readonly DriftTypeCounts[], pool: Pool): DriftTypeCounts[] => {
  const counts = new Map<string, DriftTypeCounts>();
  for (const one of types) {
    const type = pool.text(one.type);
    const known = counts.get(type);
    counts.set(type, known === undefined ? { ...one, type } : addTypes(known, one));
  }
  return [...counts.values()];
};

const readDrift = (tools: readonly Tool[], pool: Pool): DriftTypeCounts[] => {
  const types = uniqueTypes(tools.find(tool => tool.driftTypes)?.driftTypes ?? [], pool);
  return foldDriftTypes(types, limits.driftTypes).map(counts => pool.same(counts));
};

const byKey = <Row>(rows: readonly Row[], keyOf: (row: Row) => string, limit: number): Row[] =>
  [...new Map(rows.map(row => [keyOf(row), row])).values()].slice(0, limit);

const readTags = (regions: readonly TagRegionCounts[], pool: Pool): TagRegionCounts[] => {
  const named = regions.map(one => {
    const tags = one.tags.map(tag => pool.same({ ...tag, key: pool.text(tag.key) }));
    return { ...one, region: pool.text(one.region), tags: byKey(tags, ({ key }) => key, limits.tags) };
  });
  return byKey(named, ({ region }) => region, limits.tagRegions);
};

const toolEnd = ({ tool, verdict, seconds }: Tool, pool: Pool): ToolEnd => ({
  tool: pool.text(tool),
  outcome: pool.text(verdict.outcome),
  code: verdict.code === undefined ? undefined : pool.text(verdict.code),
  message: verdict.message === undefined ? undefined : pool.text(verdict.message),
  seconds,
});

const parseJson = (bytes: Buffer): unknown => {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
};

/** The digest, or what is wrong with the report. */
export const digestAccount = (bytes: Buffer, { account, sha256, now, pool }: DigestQuestion): DigestAnswer => {
  const parsed = scanSchema.safeParse(parseJson(bytes));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const place = issue === undefined || issue.path.length === 0 ? '' : ` at ${issue.path.join('.')}`;
    return { reason: 'corrupt', message: `it is no report of a scan: ${issue?.message ?? 'not JSON'}${place}` };
  }
  const { tools, finishedAt } = parsed.data;
  if (parsed.data.account !== account) {
    return { reason: 'foreign', message: `it is about the account ${JSON.stringify(pool.text(parsed.data.account))}` };
  }
  if (Date.parse(finishedAt) > Date.parse(now) + toleratedSkew) {
    return { reason: 'from-the-future', message: `it says that its scan ended at ${finishedAt}` };
  }
  const cells = tools.flatMap(tool => tool.cells);
  const regions = [...new Set(cells.flatMap(cell => cell.regions))].filter(region => region !== 'global');
  return {
    sha256,
    finishedAt,
    regions: pool.texts(regions.sort((a, b) => (a < b ? -1 : 1)).slice(0, limits.regions)),
    services: countServices(cells, pool),
    unseen: findUnseen(cells, pool),
    tools: byKey(tools, ({ tool }) => tool, 20).map(tool => toolEnd(tool, pool)),
    requests: sumRequests(tools, pool),
    drift: readDrift(tools, pool),
    tags: readTags(tools.find(tool => tool.tagRegions)?.tagRegions ?? [], pool),
  };
};
