// A plan for a person: what would be made, changed, left, and what stands in the way.
import { styleText } from 'node:util';
import { actionOf, dueDifferences, type PlannedAction, type PlannedResource } from '../infrastructure/make-plan.ts';
import type { PlannedRemoval } from '../infrastructure/plan-removal.ts';
import type { Difference } from '../infrastructure/resource-kind.ts';
import { plural, printable } from './terminal-text.ts';

const signs: Readonly<Record<PlannedAction, readonly [string, 'green' | 'yellow' | 'gray' | 'red']>> = {
  create: ['+', 'green'],
  change: ['~', 'yellow'],
  none: ['=', 'gray'],
  unknown: ['!', 'red'],
};

/** A document is told whole with --output json; here it is to be recognised. */
const longest = 110;

const short = (value: unknown): string => {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  const line = printable(text);
  return line.length > longest ? `${line.slice(0, longest - 1)}…` : line;
};

const changeOf = ({ before, after, takesAway }: Difference, replace: boolean): string => {
  if (takesAway && !replace) return `of others, left: ${short(before)}`;
  if (before === undefined) return short(after);
  if (after === undefined) return `taken away: ${short(before)}`;
  const whole = `${short(before)} → ${short(after)}`;
  return whole.length > longest ? `${short(before)}\n          → ${short(after)}` : whole;
};

const lineOf = (difference: Difference, replace: boolean): string =>
  `      ${printable(difference.attribute)}  ${changeOf(difference, replace)}\n`;

const renderResource = (planned: PlannedResource, replace: boolean, stream: NodeJS.WriteStream): string => {
  const action = actionOf(planned, replace);
  const [sign, colour] = signs[action];
  const place = styleText('gray', `${planned.account} ${planned.accountId}`, { stream });
  const head = `  ${styleText(colour, `${sign} ${printable(planned.name)}`, { stream })}  ${place}\n`;
  const { error, assessment } = planned;
  if (error !== undefined) {
    return `${head}      ${styleText('red', printable(error.message), { stream })}\n      ${printable(error.remedy)}\n`;
  }
  const differences = (assessment?.differences ?? []).map(difference => lineOf(difference, replace));
  const remarks = (assessment?.remarks ?? []).map(remark => `      (${printable(remark)})\n`);
  return [head, ...differences, ...remarks].join('');
};

const counted = (resources: readonly PlannedResource[], replace: boolean): string => {
  const count = (action: PlannedAction): number =>
    resources.filter(planned => actionOf(planned, replace) === action).length;
  const unread = count('unknown');
  const left = resources.flatMap(({ assessment }) => assessment?.differences ?? []).filter(each => each.takesAway);
  return [
    `${count('create')} to create, ${count('change')} to change, ${count('none')} as they are to be`,
    ...(unread === 0 ? [] : [`${plural(unread, 'resource')} could not be read`]),
    ...(left.length === 0
      ? []
      : [`${plural(left.length, 'thing')} of others ${replace ? 'taken away' : 'left: --replace takes them away'}`]),
  ].join('; ');
};

export const renderPlan = (
  resources: readonly PlannedResource[],
  remarks: readonly string[],
  { replace, stream }: { readonly replace: boolean; readonly stream: NodeJS.WriteStream },
): string => {
  const notes = remarks.map(remark => `Note: ${printable(remark)}\n`);
  const isTold = (planned: PlannedResource): boolean =>
    actionOf(planned, replace) !== 'none' ||
    (planned.assessment?.differences.length ?? 0) + (planned.assessment?.remarks.length ?? 0) > 0;
  const lines = resources.filter(isTold).map(planned => renderResource(planned, replace, stream));
  return [...notes, ...lines, `${counted(resources, replace)}\n`].join('');
};

/** The same as data: whole documents, for who keeps or compares plans. */
export const planDocument = (resources: readonly PlannedResource[], remarks: readonly string[], replace: boolean) => ({
  schemaVersion: 1,
  remarks,
  resources: resources.map(planned => ({
    name: planned.name,
    account: planned.account,
    accountId: planned.accountId,
    action: actionOf(planned, replace),
    due: dueDifferences(planned, replace).length,
    differences: planned.assessment?.differences ?? [],
    remarks: planned.assessment?.remarks ?? [],
    error:
      planned.error === undefined
        ? null
        : { code: planned.error.code, message: planned.error.message, remedy: planned.error.remedy },
  })),
});

const removalLine = ({ name, removal, error }: PlannedRemoval, stream: NodeJS.WriteStream): string => {
  if (error !== undefined)
    return `  ${styleText('red', `! ${printable(name)}`, { stream })}  ${printable(error.message)}\n`;
  if (removal === undefined || !removal.exists) return '';
  if (removal.kept !== null)
    return `  ${styleText('gray', `= ${printable(name)}`, { stream })}  stays: ${removal.kept}\n`;
  return `  ${styleText('red', `- ${printable(name)}`, { stream })}\n`;
};

export const renderRemovals = (removals: readonly PlannedRemoval[], stream: NodeJS.WriteStream): string => {
  const going = removals.filter(({ removal }) => removal?.exists === true && removal.kept === null);
  const staying = removals.filter(({ removal }) => removal?.exists === true && removal.kept !== null);
  const lines = removals.map(removal => removalLine(removal, stream));
  return `${lines.join('')}${going.length} to delete, ${plural(staying.length, 'resource')} that ${staying.length === 1 ? 'stays' : 'stay'}\n`;
};
