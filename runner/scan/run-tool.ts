// One tool of the scan: its order in, its result out, whatever becomes of it in between.
import { join } from 'node:path';
import { runTool } from '../../clients/tools.ts';
import type { ToolResult } from '../../contract/scan-report.ts';
import { recoverReport } from './inventory/report-file.ts';
import { clearPlace } from './place-file.ts';
import type { Scan, ScanTool } from './scan.ts';
import { shareTime } from './time-shares.ts';
import { toolOrderVariable } from './tool-order.ts';
import { readToolResult } from './tool-result.ts';

/** Runs the tool to its end within the scan's seconds. Throws the system's errors, of a full disk say. */
export const runOneTool = async (scan: Scan, tool: ScanTool): Promise<ToolResult> => {
  const { reportsDirectory } = scan.order;
  // Hidden, so that nobody takes it for a report.
  const resultFile = join(reportsDirectory, `.${tool.name}.result`);
  await clearPlace(resultFile);
  const shares = shareTime(scan.seconds);
  const order = { ...scan.order, ...tool.asked, resultFile, seconds: shares.tool };
  const end = await runTool({
    command: tool.command,
    arguments: tool.arguments,
    // The termination message is the scan's, not a tool's.
    environment: { ...scan.environment, INVENTORY_TERMINATION_MESSAGE: '', [toolOrderVariable]: JSON.stringify(order) },
    seconds: shares.untilEnded,
    graceSeconds: shares.grace,
    signal: scan.signal,
    secrets: scan.secrets,
  });
  const recovered = async () =>
    // What cannot be made whole is no report; why the tool left it so is said all the same.
    tool.name === 'inventory' ? recoverReport(reportsDirectory).catch(() => undefined) : undefined;
  const result = await readToolResult(resultFile, { tool: tool.name, end, recovered });
  await clearPlace(resultFile);
  return result;
};
