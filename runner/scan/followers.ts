// Tools that read what the inventory left: each is told which cells it could see, or why it did not run at all.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ErrorCode } from '../../contract/error-catalogue.ts';
import { InventoryError } from '../../contract/errors.ts';
import type { ToolResult } from '../../contract/scan-report.ts';
import { clearPlace } from './place-file.ts';
import { runOneTool } from './run-tool.ts';
import type { Scan, ScanTool } from './scan.ts';

export interface Following {
  readonly followers: readonly ScanTool[];
  /** What has ended before. */
  readonly tools: readonly ToolResult[];
  /** output.json is there and whole. */
  readonly inventory: boolean;
}

/** Rows of twenty thousand cells are too long for a variable of an environment. */
const cellsPartial = '.cells.partial';

/** A tool that is given less would only be ended. */
const leastSeconds = 5;

/** Why no follower can run; undefined when all can. */
const hindranceOf = (scan: Scan, { inventory, tools }: Following): InventoryError | undefined => {
  if (scan.signal.aborted) return new InventoryError('interrupted', 'the scan was stopped before');
  if (!inventory) return new InventoryError('drift-failed', 'there is no inventory to look at');
  if (scan.seconds < leastSeconds)
    return new InventoryError('scan-deadline', 'the inventory took all of the scan’s time');
  // One that was killed leaves its records: without a word on what it could not see they would pass for all there is.
  if (tools.every(({ cells }) => cells.length === 0))
    return new InventoryError('drift-failed', 'the inventory ended without a word on what it could see');
  return undefined;
};

/** What each of them calls its own failure, and what then was not done. */
const ownFailure = (tool: string): { readonly code: ErrorCode; readonly undone: string } =>
  tool === 'tags'
    ? { code: 'tags-failed', undone: 'no tag was checked' }
    : { code: 'drift-failed', undone: 'nothing was compared' };

const notRun = ({ name }: ScanTool, { code, message, remedy }: InventoryError): ToolResult => ({
  tool: name,
  verdict: {
    outcome: 'failed',
    code: code === 'drift-failed' ? ownFailure(name).code : code,
    message: `${ownFailure(name).undone}: ${message}`,
    remedy,
  },
  resources: 0,
  seconds: 0,
  cells: [],
});

/** A full disk, say: the inventory is there, and what only reads it must not take it along. */
const failedBy = (thrown: unknown): InventoryError =>
  new InventoryError('drift-failed', thrown instanceof Error ? thrown.message : String(thrown), { cause: thrown });

const runAll = async (scan: Scan, { followers, tools }: Following, cellsFile: string): Promise<ToolResult[]> => {
  await clearPlace(cellsFile);
  await writeFile(cellsFile, JSON.stringify(tools.flatMap(({ cells }) => cells)));
  const seconds = scan.seconds / followers.length;
  const results: ToolResult[] = [];
  for (const tool of followers) {
    const asked = { ...tool, asked: { ...tool.asked, cellsFile } };
    const result = await runOneTool({ ...scan, seconds }, asked).catch((thrown: unknown) =>
      notRun(tool, failedBy(thrown)),
    );
    results.push(result);
  }
  return results;
};

/** `scan.seconds` are those that are left. Throws nothing: whatever becomes of a follower is its own result. */
export const runFollowers = async (scan: Scan, following: Following): Promise<ToolResult[]> => {
  const { followers } = following;
  if (followers.length === 0) return [];
  const hindrance = hindranceOf(scan, following);
  if (hindrance !== undefined) return followers.map(tool => notRun(tool, hindrance));
  const cellsFile = join(scan.order.reportsDirectory, cellsPartial);
  try {
    return await runAll(scan, following, cellsFile);
  } catch (thrown) {
    return followers.map(tool => notRun(tool, failedBy(thrown)));
  } finally {
    await clearPlace(cellsFile).catch(() => undefined);
  }
};
