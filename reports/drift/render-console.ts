// drift.json → what a person reads at a terminal, in driftctl's order and words, with what driftctl does not know after them.
import type { DriftReport } from '../../contract/drift/drift-report.ts';
import { plural, printable, sortedGroups } from './printable.ts';
import {
  type ListStyle,
  renderChanged,
  renderMissing,
  renderTwice,
  renderUnknown,
  renderUnmanaged,
} from './render-lists.ts';

export interface ConsoleStyle extends ListStyle {
  /** Whether the managed ones are listed too, by type and region; their number is always there. */
  readonly managed?: boolean;
}

type Summary = DriftReport['summary'];

const plain: ListStyle['paint'] = (_style, text) => text;

const managedLines = ({ managed }: DriftReport): string[] => {
  if (managed.length === 0) return [];
  const lines = sortedGroups(managed, ({ type }) => type).map(([type, those]) => {
    const regions = sortedGroups(those, ({ region = '' }) => region).map(
      ([region, same]) => `${region} ${same.length}`,
    );
    return `  ${printable(type)}: ${those.length} (${printable(regions.join(', '))})`;
  });
  return ['Found resources managed by Terraform:', ...lines];
};

/** `eks 12, service-linked 7`: most first. */
const countManagers = (items: DriftReport['managed_by_service']): string =>
  [...Map.groupBy(items, ({ managed_by: by }) => by?.kind ?? '')]
    .map(([kind, those]) => ({ kind, count: those.length }))
    .sort((a, b) => b.count - a.count || (a.kind < b.kind ? -1 : 1))
    .map(({ kind, count }) => `${printable(kind)} ${count}`)
    .join(', ');

const otherCounts = (report: DriftReport): string[] => {
  const { summary, managed_by_stack: stacked, managed_by_service: served } = report;
  const stacks = new Set(stacked.map(({ managed_by: by, region }) => `${region} ${by?.name}`)).size;
  const held = report.ignored.filter(({ resources, attributes }) => resources + attributes > 0);
  const attributes = held.reduce((sum, rule) => sum + rule.attributes, 0);
  return [
    ...(stacked.length === 0
      ? []
      : [` - ${stacked.length} resource(s) managed by ${plural(stacks, 'CloudFormation stack')}`]),
    ...(served.length === 0
      ? []
      : [` - ${served.length} resource(s) managed by AWS services (${countManagers(served)})`]),
    ...(summary.total_unknown === 0 ? [] : [` - ${summary.total_unknown} resource(s) of which nothing can be said`]),
    ...(summary.total_ignored + attributes === 0
      ? []
      : [
          ` - ${summary.total_ignored} resource(s) and ${attributes} attribute(s) ignored by ${plural(held.length, 'rule')}`,
        ]),
  ];
};

const isInSync = (report: DriftReport): boolean => !report.drift_detected;

const countLines = (report: DriftReport, { paint }: ListStyle): string[] => {
  const { summary, coverage, options } = report;
  const strong = (count: number, style: 'red' | 'yellow'): string =>
    count === 0 ? paint('green', '0') : paint(style, String(count));
  const changed = (counts: Summary): string[] =>
    options.deep || counts.total_changed > 0
      ? [
          `     - ${strong(counts.total_changed, 'red')}/${counts.total_managed} resource(s) out of sync with Terraform state`,
        ]
      : [];
  return [
    `Found ${paint('bold', String(summary.total_resources))} resource(s)`,
    ` - ${paint('bold', String(coverage))}% coverage`,
    ...(isInSync(report)
      ? []
      : [
          ` - ${summary.total_managed} resource(s) managed by Terraform`,
          ...changed(summary),
          ` - ${strong(summary.total_unmanaged, 'yellow')} resource(s) not managed by Terraform`,
          ` - ${strong(summary.total_missing, 'red')} resource(s) found in a Terraform state but missing on the cloud provider`,
        ]),
    ...otherCounts(report),
  ];
};

/** In sync is only what was looked at, whole. */
const endLine = (report: DriftReport, { paint }: ListStyle): string[] => {
  if (!isInSync(report)) return [];
  if (Object.keys(report.alerts).length > 0 || report.summary.total_unknown > 0) {
    return [paint('yellow', 'No drift in what could be seen; not everything could be: read the alerts.')];
  }
  if (report.summary.total_resources === 0) return [paint('yellow', 'There was nothing to compare.')];
  return [paint('green', 'Congrats! Your infrastructure is fully in sync.')];
};

const ignoredLines = ({ ignored }: DriftReport): string[] => {
  if (ignored.length === 0) return [];
  const lines = ignored.map(({ rule, owner, reason, until, expired, resources, attributes }) => {
    const hid = expired
      ? `ended on ${until}, hides nothing any more`
      : `${plural(resources, 'resource')}, ${plural(attributes, 'attribute')}${until === undefined ? '' : `, until ${until}`}`;
    const who = owner === undefined ? '' : ` — ${owner}: ${reason ?? ''}`;
    return `  - ${printable(`${rule}: ${hid}${who}`)}`;
  });
  return ['Ignored by rules:', ...lines];
};

const alertLines = ({ alerts }: DriftReport, { paint }: ListStyle): string[] =>
  Object.entries(alerts).flatMap(([type, messages]) =>
    messages.map(({ message }) => paint('yellow', printable(type === '' ? message : `${type}: ${message}`))),
  );

const disagreementLines = ({ disagreements, engine }: DriftReport, { limit }: ListStyle): string[] => {
  if (disagreements.length === 0) return [];
  const lines = disagreements.slice(0, limit).map(({ type, id, region, ours, driftctl }) => {
    const where = region === undefined ? '' : ` in ${region}`;
    return `  - ${printable(`${type} ${id}${where}: ours ${ours}, driftctl ${driftctl}`)}`;
  });
  const more = disagreements.length > limit ? [`  and ${disagreements.length - limit} more`] : [];
  return [`The engines disagree (the lists are ${engine === 'ours' ? 'ours' : 'driftctl’s'}):`, ...lines, ...more];
};

/** An engine whose lists these are says by its alerts what it did not see. */
const engineLines = ({ engines, engine: asked }: DriftReport): string[] =>
  engines.flatMap(({ engine, outcome, message }) =>
    outcome === 'absent' || outcome === 'failed' || (outcome === 'partial' && engine !== asked)
      ? [
          `${engine === 'ours' ? 'Our engine' : 'driftctl'} is ${outcome}${message === undefined ? '' : `: ${printable(message)}`}`,
        ]
      : [],
  );

const excusedLines = ({ excused = [] }: DriftReport): string[] => {
  if (excused.length === 0) return [];
  const lines = excused.map(
    ({ type, regions, reason }) => `  - ${printable(`${type} in ${regions.join(', ')}: ${reason}`)}`,
  );
  return ['Not looked at, as expected:', ...lines];
};

/** Text with a newline at its end. Lists are cut at `limit` for each type or reason; drift.json has all. */
export const renderDriftConsole = (report: DriftReport, given: Partial<ConsoleStyle> = {}): string => {
  const style: ListStyle = { limit: given.limit ?? 50, paint: given.paint ?? plain };
  const lines = [
    ...renderMissing(report, style),
    ...renderUnmanaged(report, style),
    ...renderChanged(report, style),
    ...renderTwice(report, style),
    ...renderUnknown(report, style),
    ...(given.managed === true ? managedLines(report) : []),
    ...countLines(report, style),
    ...endLine(report, style),
    ...ignoredLines(report),
    ...excusedLines(report),
    ...alertLines(report, style),
    ...engineLines(report),
    ...disagreementLines(report, style),
  ];
  return `${lines.join('\n')}\n`;
};
