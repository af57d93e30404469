// The inventory from order to verdict: opens the report, sweeps, and publishes what was listed.
import type { AwsConnection } from '../../../clients/aws/connection.ts';
import type { Cell } from '../../../contract/scan-report.ts';
import { type EarlyEnd, judgeCells, type Verdict } from '../verdict.ts';
import { openReport } from './report-file.ts';
import { runSweep, type SweepOrder } from './sweep.ts';

export interface Inventory {
  readonly order: SweepOrder;
  /** Signs with the target account's credentials; its region is the first that is asked. */
  readonly connection: AwsConnection;
  readonly reportsDirectory: string;
  /** Aborts when the report has to be closed with what it holds. */
  readonly signal: AbortSignal;
}

export interface InventoryResult {
  readonly verdict: Verdict;
  readonly resources: number;
  readonly cells: readonly Cell[];
}

/** Leaves output.json, unless nothing could be listed. Throws the system's errors, of a full disk say. */
export const runInventory = async (inventory: Inventory): Promise<InventoryResult> => {
  const { order, connection, signal } = inventory;
  const report = await openReport(inventory.reportsDirectory);
  const stopReason = () => 'not finished: the scan was ended before';
  const { cells, credentialsExpired } = await runSweep({ order, connection, report, signal, stopReason });
  const early: EarlyEnd = credentialsExpired ? 'credentials-expired' : signal.aborted ? 'scan-deadline' : null;
  const verdict = judgeCells(cells, early);
  const resources = report.records();
  if (verdict.outcome === 'failed' && resources === 0) await report.discard();
  else await report.publish();
  return { verdict, resources, cells };
};
