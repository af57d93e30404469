// The inventory from order to verdict: opens the report, sweeps, and publishes what was listed.

import { join } from 'node:path';
import type { AwsConnection } from '../../../clients/aws/connection.ts';
import { selectTypes } from '../../../contract/catalogue/selection.ts';
import { InventoryError } from '../../../contract/errors.ts';
import type { Cell, Requests } from '../../../contract/scan-report.ts';
import { clearPlace } from '../place-file.ts';
import { type EarlyEnd, judgeCells, type Verdict } from '../verdict.ts';
import { openReport } from './report-file.ts';
import { runSweep, type Sweep, type SweepOrder, type SweepResult } from './sweep.ts';

export interface Inventory {
  readonly order: SweepOrder;
  /** Signs with the target account's credentials; its region is the first that is asked. */
  readonly connection: AwsConnection;
  readonly reportsDirectory: string;
  /** Aborts when the report has to be closed with what it holds. */
  readonly signal: AbortSignal;
  /** Told of every part that has ended, for whoever watches. */
  readonly progress?: ((done: number, parts: number) => void) | undefined;
}

export interface InventoryResult {
  readonly verdict: Verdict;
  readonly resources: number;
  readonly cells: readonly Cell[];
  readonly requests: Requests;
}

/** Hidden, like the report while it is written. */
const tagFile = '.tags.partial';

const sweepAndTidy = async (sweep: Sweep): Promise<SweepResult> => {
  try {
    return await runSweep(sweep);
  } finally {
    await clearPlace(sweep.tagFile);
  }
};

/** Nothing was asked, which must not look like an account that has nothing. */
const ofNothing = ({ selection }: SweepOrder): InventoryResult => {
  const message = `no type of the catalogue fits ${JSON.stringify(selection)}`;
  const { remedy } = new InventoryError('usage', message, {
    remedy:
      'Correct inventory.services, inventory.types and inventory.exclude; aws-inventory catalogue lists the types.',
  });
  const requests = { requests: 0, throttled: 0, throttledSeconds: 0, slowed: [] };
  return { verdict: { outcome: 'failed', code: 'usage', message, remedy }, resources: 0, cells: [], requests };
};

/** Leaves output.json, unless nothing could be listed. Throws the system's errors, of a full disk say. */
export const runInventory = async (inventory: Inventory): Promise<InventoryResult> => {
  const { order, connection, signal, progress } = inventory;
  if (selectTypes(order.selection).length === 0) return ofNothing(order);
  const report = await openReport(inventory.reportsDirectory);
  const tags = join(inventory.reportsDirectory, tagFile);
  await clearPlace(tags);
  const stopReason = () => 'not finished: the scan was ended before';
  const sweep = { order, connection, report, signal, stopReason, progress, tagFile: tags };
  const { cells, requests, credentialsExpired } = await sweepAndTidy(sweep);
  const early: EarlyEnd = credentialsExpired ? 'credentials-expired' : signal.aborted ? 'scan-deadline' : null;
  const verdict = judgeCells(cells, early);
  const resources = report.records();
  if (verdict.outcome === 'failed' && resources === 0) await report.discard();
  else await report.publish();
  return { verdict, resources, cells, requests };
};
