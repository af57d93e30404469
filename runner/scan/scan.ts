// The scan of one account: its tools side by side, then scan.json over what they left.
import { rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pLimit from 'p-limit';
import { timestamp } from '../../clients/clock.ts';
import { redactText } from '../../clients/redaction.ts';
import { runTool } from '../../clients/tools.ts';
import { reconFile, scanFile } from '../../contract/names.ts';
import type { ContainerMessage } from '../../contract/outcome.ts';
import type { ScanReport, ToolResult } from '../../contract/scan-report.ts';
import { partialFile, recoverReport } from './inventory/report-file.ts';
import { shareTime } from './time-shares.ts';
import { type ToolOrder, toolOrderVariable } from './tool-order.ts';
import { readToolResult } from './tool-result.ts';
import { countScan, judgeScan } from './verdict.ts';

export interface ScanTool {
  readonly name: string;
  readonly command: string;
  readonly arguments: readonly string[];
}

export interface Scan {
  readonly run: string;
  /** The ARN that the credentials answered with. */
  readonly identity: string;
  readonly tools: readonly ScanTool[];
  readonly order: Omit<ToolOrder, 'resultFile' | 'seconds'>;
  /** What the tools see besides their order. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** From now until the scan has to be over, its own report included. */
  readonly seconds: number;
  readonly secrets: readonly string[];
  readonly signal: AbortSignal;
}

/** The tools wait for AWS most of the time; more of them at once would share one container's memory. */
const toolsAtOnce = 4;

const runOneTool = async (scan: Scan, tool: ScanTool): Promise<ToolResult> => {
  const { reportsDirectory } = scan.order;
  // Hidden, so that nobody takes it for a report.
  const resultFile = join(reportsDirectory, `.${tool.name}.result`);
  await rm(resultFile, { force: true });
  const shares = shareTime(scan.seconds);
  const order: ToolOrder = { ...scan.order, resultFile, seconds: shares.tool };
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
  const recovered = async () => (tool.name === 'inventory' ? recoverReport(reportsDirectory) : undefined);
  const result = await readToolResult(resultFile, { tool: tool.name, end, recovered });
  await rm(resultFile, { force: true });
  return result;
};

const hasFile = (path: string): Promise<boolean> =>
  stat(path).then(
    found => found.isFile(),
    () => false,
  );

const writeReport = async (directory: string, text: string): Promise<void> => {
  await writeFile(join(directory, '.scan.partial'), text);
  await rename(join(directory, '.scan.partial'), join(directory, scanFile));
};

/** Runs the tools and leaves scan.json; resolves to the message of the container. Throws the system's errors alone. */
export const runScan = async (scan: Scan): Promise<ContainerMessage> => {
  const { reportsDirectory, account } = scan.order;
  const startedAt = timestamp();
  // Of a scan before, in the same directory: they would pass for this one's.
  for (const file of [reconFile, scanFile, partialFile]) await rm(join(reportsDirectory, file), { force: true });
  const tools = await pLimit(toolsAtOnce).map(scan.tools, tool => runOneTool(scan, tool));
  const judged = judgeScan(tools, { inventory: await hasFile(join(reportsDirectory, reconFile)) });
  const verdict = { ...judged, counts: countScan(tools) };
  const { run, identity } = scan;
  const finishedAt = timestamp();
  const report: ScanReport = { schemaVersion: 1, run, account, identity, startedAt, finishedAt, verdict, tools };
  const text = redactText(JSON.stringify(report), scan.secrets);
  await writeReport(reportsDirectory, text);
  return (JSON.parse(text) as ScanReport).verdict;
};
