// Whether the states that were read are worth comparing with anything, before a single resource is judged by them. Pure.
import type { DriftAlerts, StateRead } from '../../../../contract/drift/drift-report.ts';

/**
 * `whole`: every state was understood. `partial`: some were not, so what they declare may be listed as unmanaged; the
 * alerts say so. `failed`: none was, and a comparison would call all of the account unmanaged; there must be none.
 */
export interface StatesVerdict {
  readonly outcome: 'whole' | 'partial' | 'failed';
  /** What is wrong, on one line; undefined when nothing is. */
  readonly message: string | undefined;
  readonly alerts: DriftAlerts;
}

const shownAddresses = 5;
const shownReasons = 3;

const sentence = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);

const reasonOf = ({ location, outcome, message }: StateRead): string =>
  sentence(`${location} is ${outcome}${message === undefined ? '' : `: ${message}`}`);

/** Another account's state beside those of this one is what a shared bucket holds; an empty one declares nothing to miss. */
const isHarmless = ({ outcome }: StateRead): boolean =>
  outcome === 'read' || outcome === 'empty' || outcome === 'other-account';

const whyLeftOut = ({ outcome }: StateRead): string =>
  outcome === 'other-account' ? 'name no account, and went with it' : 'could not be understood';

const skippedIn = (read: StateRead): string[] => {
  const { location, skipped } = read;
  if (skipped.length === 0) return [];
  const shown = skipped.slice(0, shownAddresses).join(', ');
  const more = skipped.length > shownAddresses ? ` and ${skipped.length - shownAddresses} more` : '';
  return [
    `${location}: ${skipped.length} of its instances ${whyLeftOut(read)}, and may be listed as unmanaged: ${shown}${more}.`,
  ];
};

const underAll = (messages: readonly string[]): DriftAlerts =>
  messages.length === 0 ? {} : { '': messages.map(message => ({ message })) };

const failed = (reads: readonly StateRead[]): StatesVerdict => {
  if (reads.length === 0) {
    const message =
      'No state was named, so nothing can be said to be managed or not: name the states with drift.from or --from.';
    return { outcome: 'failed', message, alerts: underAll([message]) };
  }
  const reasons = reads.map(reasonOf);
  const more = reasons.length > shownReasons ? ` And ${reasons.length - shownReasons} more.` : '';
  const message = `None of the ${reads.length} states declares anything of this account: ${reasons.slice(0, shownReasons).join(' ')}${more}`;
  return { outcome: 'failed', message, alerts: underAll(reasons) };
};

/** Of all reads, in their order. A state counts as read when it declares something of this account. */
export const judgeStates = (reads: readonly StateRead[]): StatesVerdict => {
  if (!reads.some(({ outcome }) => outcome === 'read')) return failed(reads);
  const unread = reads.filter(read => !isHarmless(read));
  const messages = [
    ...unread.map(read => `${reasonOf(read)} What it declares may be listed as unmanaged.`),
    ...reads.flatMap(skippedIn),
  ];
  if (messages.length === 0) return { outcome: 'whole', message: undefined, alerts: {} };
  const skipped = messages.length - unread.length;
  const parts = [
    ...(unread.length === 0 ? [] : [`${unread.length} of ${reads.length} states could not be read`]),
    ...(skipped === 0 ? [] : [`${skipped} were not taken whole`]),
  ];
  return { outcome: 'partial', message: `${parts.join(', ')}: ${messages[0]}`, alerts: underAll(messages) };
};
