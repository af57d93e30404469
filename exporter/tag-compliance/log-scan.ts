// A scan as lines of the log: one for each account, one for each failure, one for all.
import type { Log } from '../../clients/log.ts';
import { type AccountScan, scanTroubles, type TagScan } from './scan-accounts.ts';

const totals = ({ regions }: Pick<AccountScan, 'regions'>) => {
  const counts = regions.flatMap(region => region.counts ?? []);
  const add = (read: (each: (typeof counts)[number]) => number): number =>
    counts.reduce((sum, each) => sum + read(each), 0);
  return { regions: counts.length, resources: add(each => each.checked), compliant: add(each => each.compliant) };
};

export const logScan = (log: Log, scan: TagScan): void => {
  for (const account of scan.accounts) {
    const { id, name } = account.account;
    log.info({ account: id, name, ...totals(account), seconds: account.seconds }, 'account scanned');
  }
  for (const { account, regions, failure } of scanTroubles(scan)) {
    const { code, message, remedy } = failure;
    log.error({ account: account.id, name: account.name, regions, code, reason: message, remedy }, 'not scanned');
  }
  const all = totals({ regions: scan.accounts.flatMap(({ regions }) => regions) });
  log.info({ accounts: scan.accounts.length, ...all, seconds: scan.seconds }, 'scan ended');
};
