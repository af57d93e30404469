// What driftctl did not get of the states, in words: as alerts where something stays unseen, as a remark where nothing does. Pure.
import type { DriftAlerts } from '../../../../contract/drift/drift-report.ts';
import type { CopyFacts } from './state-copies.ts';

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

const shown = 5;

const shorten = (names: readonly string[]): string =>
  names.length > shown ? `${names.slice(0, shown).join(', ')} and ${names.length - shown} more` : names.join(', ');

/** Under `` : resources of the states that no run has looked for. */
export const factAlerts = ({ unplaced, elsewhere }: CopyFacts): DriftAlerts => {
  const messages = [
    ...(unplaced.length === 0
      ? []
      : [
          `driftctl was not asked about ${counted(unplaced.length, 'resource')} of the states, whose region nothing tells: ${shorten(unplaced)}`,
        ]),
    ...[...elsewhere].map(
      ([region, resources]) =>
        `${region}: driftctl was not asked about ${counted(resources, 'resource')} of the states there, because this region is not scanned`,
    ),
  ];
  return messages.length === 0 ? {} : { '': messages.map(message => ({ message })) };
};

/** `aws_vpc (enable_classiclink, enable_classiclink_dns_support)` */
const describeCompleted = (completed: CopyFacts['completed']): string =>
  shorten([...completed].map(([type, names]) => `${type} (${shorten([...names])})`));

/** What was done to the copies so that driftctl reads them; undefined when nothing was. */
export const describeFacts = (facts: CopyFacts, providerVersion: string | undefined): string | undefined => {
  const { completed, repeated, foreign } = facts;
  const remarks = [
    ...(completed.size === 0
      ? []
      : [
          `attributes that its provider ${providerVersion ?? ''} asks for and the states do not have were left empty: ${describeCompleted(completed)}`,
        ]),
    ...(repeated === 0 ? [] : [`${counted(repeated, 'resource')} that several states declare went to driftctl once`]),
    ...(foreign === 0 ? [] : [`${counted(foreign, 'resource')} of other accounts did not go to driftctl`]),
  ];
  return remarks.length === 0 ? undefined : remarks.join('; ');
};
