// Tools that read what the inventory left: each is told which cells it could see, or why it did not run at all.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
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
const hindranceOf = (scan: Scan, { inventory }: Following): InventoryError | undefined => {
  if (scan.signal.aborted) return new InventoryError('interrupted', 'the scan was stopped before');
  if (!inventory) return new InventoryError('drift-failed', 'there is no inventory to compare with');
  if (scan.seconds >= leastSeconds) return undefined;
  return new InventoryError('scan-deadline', 'the inventory took all of the scan’s time');
};

const notRun = ({ name }: ScanTool, { code, message, remedy }: InventoryError): ToolResult => ({
  tool: name,
  verdict: { outcome: 'failed', code, message: `nothing was compared: ${message}`, remedy },
  resources: 0,
  seconds: 0,
  cells: [],
});

/** `scan.seconds` are those that are left. Throws the system's errors alone. */
export const runFollowers = async (scan: Scan, following: Following): Promise<ToolResult[]> => {
  const { followers, tools } = following;
  if (followers.length === 0) return [];
  const hindrance = hindranceOf(scan, following);
  if (hindrance !== undefined) return followers.map(tool => notRun(tool, hindrance));
  const cellsFile = join(scan.order.reportsDirectory, cellsPartial);
  await clearPlace(cellsFile);
  const seconds = scan.seconds / followers.length;
  const results: ToolResult[] = [];
  try {
    await writeFile(cellsFile, JSON.stringify(tools.flatMap(({ cells }) => cells)));
    for (const tool of followers) {
      results.push(await runOneTool({ ...scan, seconds }, { ...tool, asked: { ...tool.asked, cellsFile } }));
    }
  } finally {
    await clearPlace(cellsFile);
  }
  return results;
};
