// Rules over judged resources: what people have accepted is taken out, and counted under the rule that took it. Pure.
import type { DriftChange, DriftItem, Ignored } from '../../../contract/drift/drift-report.ts';
import { type DriftignoreLine, ignoringLine } from '../../../contract/drift/driftignore.ts';
import { describeIgnoreRule, type IgnoreRule, isExpired } from '../../../contract/drift/ignore-rule.ts';
import { matchesWildcard, parseWildcard, type Wildcard } from '../../../contract/drift/wildcard.ts';
import { listedName } from './report/items.ts';
import type { JudgedResource } from './resources.ts';

/** Settings' rules and the lines of a .driftignore, both of which may be none. */
export interface IgnoreRules {
  readonly rules: readonly IgnoreRule[];
  readonly driftignore: readonly DriftignoreLine[];
}

export interface IgnoreAnswer {
  /** What is left; a resource whose changes are all ignored is managed. */
  readonly judged: readonly JudgedResource[];
  /** Each of the settings' rules, and the lines that hid something. */
  readonly ignored: readonly Ignored[];
  /** Resources that were taken out whole. */
  readonly hidden: number;
}

interface Rule {
  readonly counted: { resources: number; attributes: number };
  readonly type: Wildcard;
  readonly id: Wildcard | undefined;
  readonly address: Wildcard | undefined;
  readonly region: Wildcard | undefined;
  /** Itself, and whatever lies below it. */
  readonly attribute: readonly Wildcard[] | undefined;
}

const parse = (pattern: string | undefined): Wildcard | undefined =>
  pattern === undefined ? undefined : parseWildcard(pattern);

const prepare = (rule: IgnoreRule): Rule => {
  const attribute = rule.attribute?.replaceAll(/\[(\d+)\]/g, '.$1');
  return {
    counted: { resources: 0, attributes: 0 },
    type: parseWildcard(rule.type),
    id: parse(rule.id),
    address: parse(rule.address),
    region: parse(rule.region),
    attribute: attribute === undefined ? undefined : [parseWildcard(attribute), parseWildcard(`${attribute}.*`)],
  };
};

type Text = string | undefined;

/** What a resource is called, for each of the patterns: gathered once, and asked by every rule. */
interface Called {
  readonly types: readonly Text[];
  readonly ids: readonly Text[];
  readonly addresses: readonly Text[];
  readonly regions: readonly Text[];
}

const calledOf = ({ declared, found, alsoDeclared }: JudgedResource): Called => ({
  types: [declared?.type, found?.type, found?.resourceType],
  ids: [...new Set([declared?.id, found?.id, found?.arn, ...(found?.keys ?? [])])],
  addresses: [declared?.source.address, ...alsoDeclared.map(({ source }) => source.address)],
  regions: [found?.region ?? declared?.region],
});

/** A pattern that is not there asks nothing; one that is there wants a text that matches. */
const passes = (pattern: Wildcard | undefined, texts: readonly Text[]): boolean =>
  pattern === undefined || texts.some(text => text !== undefined && text !== '' && matchesWildcard(pattern, text));

const isAbout = (rule: Rule, { types, ids, addresses, regions }: Called): boolean =>
  passes(rule.type, types) && passes(rule.region, regions) && passes(rule.id, ids) && passes(rule.address, addresses);

const pathOf = ({ path }: DriftChange): string => path.join('.');

const hidesChange = (rule: Rule, change: DriftChange): boolean =>
  rule.attribute?.some(pattern => matchesWildcard(pattern, pathOf(change))) === true;

const withoutChanges = (judged: JudgedResource, left: readonly DriftChange[]): JudgedResource =>
  left.length === judged.changes.length
    ? judged
    : {
        ...judged,
        changes: left,
        verdict: left.length === 0 && judged.verdict === 'changed' ? 'managed' : judged.verdict,
      };

interface Counters {
  readonly rules: readonly Rule[];
  readonly lines: Map<DriftignoreLine, { resources: number; attributes: number }>;
}

const countLine = ({ lines }: Counters, line: DriftignoreLine, what: 'resources' | 'attributes'): void => {
  const counted = lines.get(line) ?? { resources: 0, attributes: 0 };
  counted[what] += 1;
  lines.set(line, counted);
};

/** Undefined when the whole resource is ignored. */
const applyToOne = (
  judged: JudgedResource,
  counters: Counters,
  driftignore: readonly DriftignoreLine[],
): JudgedResource | undefined => {
  const called = counters.rules.length === 0 ? undefined : calledOf(judged);
  const about = called === undefined ? [] : counters.rules.filter(rule => isAbout(rule, called));
  const whole = about.find(({ attribute }) => attribute === undefined);
  if (whole !== undefined) {
    whole.counted.resources += 1;
    return undefined;
  }
  const { type, id } = listedName(judged);
  const line = driftignore.length === 0 ? undefined : ignoringLine(driftignore, `${type}.${id}`);
  if (line !== undefined) {
    countLine(counters, line, 'resources');
    return undefined;
  }
  const left = judged.changes.filter(change => {
    const rule = about.find(each => hidesChange(each, change));
    if (rule !== undefined) rule.counted.attributes += 1;
    if (rule !== undefined || driftignore.length === 0) return rule === undefined;
    const ignoring = ignoringLine(driftignore, `${type}.${id}.${pathOf(change)}`);
    if (ignoring !== undefined) countLine(counters, ignoring, 'attributes');
    return ignoring === undefined;
  });
  return withoutChanges(judged, left);
};

/**
 * Takes out what the rules hide. An expired rule (`today` is past its `until`, both dates in UTC) hides nothing and is still
 * listed, as is one that hid nothing: so both are seen and can be cleared away.
 */
export const applyIgnoreRules = (
  judged: readonly JudgedResource[],
  { rules, driftignore }: IgnoreRules,
  today: string,
): IgnoreAnswer => {
  const prepared = rules.map(rule => ({ rule, expired: isExpired(rule, today), ...prepare(rule) }));
  const counters: Counters = { rules: prepared.filter(({ expired }) => !expired), lines: new Map() };
  const left = judged.flatMap(each => applyToOne(each, counters, driftignore) ?? []);
  return {
    judged: left,
    ignored: [
      ...prepared.map(({ rule, expired, counted }) => ({
        rule: describeIgnoreRule(rule),
        owner: rule.owner,
        reason: rule.reason,
        ...(rule.until === undefined ? {} : { until: rule.until }),
        expired,
        ...counted,
      })),
      ...[...counters.lines].map(([{ text }, counted]) => ({
        rule: `.driftignore: ${text}`,
        expired: false,
        ...counted,
      })),
    ],
    hidden: judged.length - left.length,
  };
};

/** What is known of a resource that another engine lists. */
interface ListedElsewhere extends Pick<DriftItem, 'type' | 'id'> {
  readonly region?: string | undefined;
}

/** Whether the rules that are still in force ignore such a resource whole; rules over addresses need our own list. */
export const createIgnores = (
  { rules, driftignore }: IgnoreRules,
  today: string,
): ((item: ListedElsewhere) => boolean) => {
  const whole = rules
    .filter(rule => !isExpired(rule, today) && rule.attribute === undefined && rule.address === undefined)
    .map(prepare);
  return ({ type, id, region }) =>
    whole.some(rule => isAbout(rule, { types: [type], ids: [id], addresses: [], regions: [region] })) ||
    (driftignore.length > 0 && ignoringLine(driftignore, `${type}.${id}`) !== undefined);
};
