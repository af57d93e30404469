// A preflight for a person: what would fail, with the one thing to do; what is in order is only counted.
import { styleText } from 'node:util';
import type { Check, CheckStatus, PreflightReport } from '../contract/preflight.ts';
import { plural, printable } from './terminal-text.ts';

const marks: Readonly<Record<CheckStatus, readonly [string, 'green' | 'red' | 'yellow' | 'gray']>> = {
  passed: ['✓', 'green'],
  failed: ['✗', 'red'],
  warned: ['!', 'yellow'],
  'not-checked': ['?', 'gray'],
};

const line = (check: Check, subject: string, stream: NodeJS.WriteStream): string => {
  const [mark, colour] = marks[check.status];
  const head = `${styleText(colour, mark, { stream })} ${check.about} ${printable(subject)}, ${check.check}: ${printable(check.message)}\n`;
  return check.remedy === null
    ? head
    : `${head}    ${styleText('bold', 'Do:', { stream })} ${printable(check.remedy)}\n`;
};

/** Accounts with the same finding are one line: of a missing role in all of them there is one thing to do. */
const groupsOf = (checks: readonly Check[]): readonly (readonly Check[])[] => {
  const key = ({ about, check, status, message, remedy, subject }: Check): string => {
    const text = `${message}${remedy}`.replaceAll(subject, '');
    return about === 'account' ? JSON.stringify([check, status, text]) : JSON.stringify([about, check, subject]);
  };
  return [...Map.groupBy(checks, key).values()];
};

/** So many are told by id. */
const shown = 10;

const renderGroup = (group: readonly Check[], stream: NodeJS.WriteStream): string => {
  const [first] = group;
  if (first === undefined) return '';
  if (group.length === 1) return line(first, first.subject, stream);
  const ids = group.slice(0, shown).map(({ subject }) => subject);
  const rest = group.length > shown ? ` and ${group.length - shown} more` : '';
  return line(first, `${ids.join(', ')}${rest}`, stream);
};

export const countStatus = (checks: readonly Check[], status: CheckStatus): number =>
  checks.filter(check => check.status === status).length;

export const renderPreflight = (report: PreflightReport, stream: NodeJS.WriteStream): string => {
  const { checks } = report;
  const ofAccounts = checks.filter(({ about }) => about === 'account');
  const fine = ofAccounts.filter(({ status, check }) => status === 'passed' && check === 'role').length;
  const told = checks.filter(({ about, status }) => about !== 'account' || status !== 'passed');
  const counts = (['passed', 'failed', 'warned', 'not-checked'] as const)
    .map(status => `${countStatus(checks, status)} ${status === 'not-checked' ? 'not checked' : status}`)
    .join(', ');
  return [
    ...groupsOf(told).map(group => renderGroup(group, stream)),
    ...(fine === 0 ? [] : [`${styleText('green', '✓', { stream })} ${plural(fine, 'account')}: the role is assumed\n`]),
    `${counts}; asked as ${printable(report.identity)}, in ${report.seconds.toFixed(1)} s\n`,
  ].join('');
};

/** Tab-separated, for scripts. */
export const plainPreflight = ({ checks }: PreflightReport): string =>
  [
    ['status', 'about', 'subject', 'check', 'code', 'message', 'remedy'],
    ...checks.map(({ status, about, subject, check, code, message, remedy }) => [
      status,
      about,
      subject,
      check,
      code ?? '',
      printable(message),
      printable(remedy ?? ''),
    ]),
  ]
    .map(row => `${row.join('\t')}\n`)
    .join('');
