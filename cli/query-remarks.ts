// What the reader of an answer has to know beside it: accounts whose report is not whole, and how far the runs went.
import { findNotWhole } from '../reports/choose-entries.ts';
import type { ChosenResults } from './query-results.ts';
import { plural, printable } from './terminal-text.ts';

const namedAccounts = 10;

const notWhole = ({ entries }: ChosenResults): string[] => {
  const { absent, partial } = findNotWhole(entries);
  const all = [...absent, ...partial];
  if (all.length === 0) return [];
  const named = all
    .slice(0, namedAccounts)
    .map(({ id, name, outcome, code }) => `${id} ${printable(name)} (${[outcome, code].filter(Boolean).join(', ')})`);
  const more = all.length > namedAccounts ? `, and ${all.length - namedAccounts} more` : '';
  const count = plural(all.length, 'account has', 'accounts have');
  const parts = [
    absent.length > 0 ? `${absent.length} none` : '',
    partial.length > 0 ? `${partial.length} a partial one` : '',
  ];
  return [
    `warning: ${count} no whole report (${parts.filter(Boolean).join(', ')}): ${named.join('; ')}${more}`,
    "  The table accounts has all of them: select id, name, outcome, code, message from accounts where outcome <> 'succeeded'",
  ];
};

const reach = ({ complete, accounts }: ChosenResults): string[] => {
  const answering = plural(accounts.length, 'account');
  if (complete === null) return [`There is no manifest: this answers for the ${answering} that have a report there.`];
  return complete ? [] : [`warning: no run covered the whole Organization: this answers for ${answering} alone`];
};

/** Lines for stderr. */
export const remarksOn = (chosen: ChosenResults): string =>
  [...notWhole(chosen), ...reach(chosen)].map(line => `${line}\n`).join('');
