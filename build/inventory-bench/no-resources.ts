// What aws-list-all lists beside resources: offers of AWS, events, settings. Each row has the reason why it is no miss.
import type { ListedThing } from './list-all.ts';

interface Row {
  readonly service: RegExp;
  readonly operation: RegExp;
  /** Of the first identifier; left out: all of them. */
  readonly identifier?: RegExp;
  readonly reason: string;
}

const rows: readonly Row[] = [
  { service: /^emr$/, operation: /^ListReleaseLabels$/, reason: 'releases that AWS offers' },
  { service: /^(opensearch|es)$/, operation: /^GetCompatible/, reason: 'versions that AWS offers' },
  { service: /^ses$/, operation: /^GetSendStatistics$/, reason: 'statistics' },
  { service: /^organizations$/, operation: /^ListCreateAccountStatus$/, reason: 'requests that were made once' },
  {
    service: /^route53$/,
    operation: /^ListReusableDelegationSets$/,
    identifier: /^$/,
    reason: 'the simulator gives it no identifier',
  },
];

/** Why a listed thing is no resource of the account; undefined for one that is. */
export const reasonOfNoise = ({ service, operation, identifiers }: ListedThing): string | undefined =>
  rows.find(
    row =>
      row.service.test(service) &&
      row.operation.test(operation) &&
      (row.identifier === undefined || row.identifier.test(identifiers[0] ?? '')),
  )?.reason;
