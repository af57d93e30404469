// The scan of one account: its tools side by side, then scan.json over what they left.
import { stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pLimit from 'p-limit';
import { timestamp } from '../../clients/clock.ts';
import { redactText } from '../../clients/redaction.ts';
import { runTool } from '../../clients/tools.ts';
import { errorCatalogue } from '../../contract/errors.ts';
import { reconFile, scanFile } from '../../contract/names.ts';
import type { ContainerMessage } from '../../contract/outcome.ts';
import type { ScanReport, ToolResult } from '../../contract/scan-report.ts';
import { partialFile, recoverReport } from './inventory/report-file.ts';
import { clearPlace, placeFile } from './place-file.ts';
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

const scanPartial = '.scan.partial';

/** The tools wait for AWS most of the time; more of them at once would share one container's memory. */
const toolsAtOnce = 4;

const runOneTool = async (scan: Scan, tool: ScanTool): Promise<ToolResult> => {
  const { reportsDirectory } = scan.order;
  // Hidden, so that nobody takes it for a report.
  const resultFile = join(reportsDirectory, `.${tool.name}.result`);
  await clearPlace(resultFile);
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
  const recovered = async () =>
    // What cannot be made whole is no report; why the tool left it so is said all the same.
    tool.name === 'inventory' ? recoverReport(reportsDirectory).catch(() => undefined) : undefined;
  const result = await readToolResult(resultFile, { tool: tool.name, end, recovered });
  await clearPlace(resultFile);
  return result;
};

const hasFile = (path: string): Promise<boolean> =>
  stat(path).then(
    found => found.isFile(),
    () => false,
  );

const writeReport = async (directory: string, text: string): Promise<void> => {
  const hidden = join(directory, scanPartial);
  await clearPlace(hidden);
  await writeFile(hidden, text);
  await placeFile(hidden, join(directory, scanFile));
};

/** The inventory is there, and uploading it must not fail for what would only have described it. */
const withoutReport = (verdict: ContainerMessage, thrown: unknown): ContainerMessage => {
  const said = `${scanFile} could not be written: ${thrown instanceof Error ? thrown.message : String(thrown)}`;
  const { code = 'report-missing' as const, outcome, remedy = errorCatalogue[code].remedy } = verdict;
  return {
    ...verdict,
    outcome: outcome === 'succeeded' ? 'partial' : outcome,
    code,
    message: [said, verdict.message].filter(text => text !== undefined).join('. '),
    remedy,
  };
};

/**
 * Runs the tools and leaves scan.json; resolves to the message of the container, which says so if scan.json could not be
 * written. Throws the system's errors alone, and only before the tools run.
 */
export const runScan = async (scan: Scan): Promise<ContainerMessage> => {
  const { reportsDirectory, account } = scan.order;
  const startedAt = timestamp();
  // Of a scan before, in the same directory: they would pass for this one's.
  for (const file of [reconFile, scanFile, partialFile]) await clearPlace(join(reportsDirectory, file));
  const tools = await pLimit(toolsAtOnce).map(scan.tools, tool => runOneTool(scan, tool));
  const judged = judgeScan(tools, { inventory: await hasFile(join(reportsDirectory, reconFile)) });
  const verdict = { ...judged, counts: countScan(tools) };
  const { run, identity } = scan;
  const finishedAt = timestamp();
  const report: ScanReport = { schemaVersion: 1, run, account, identity, startedAt, finishedAt, verdict, tools };
  const text = redactText(JSON.stringify(report), scan.secrets);
  const clean = (JSON.parse(text) as ScanReport).verdict;
  return writeReport(reportsDirectory, text).then(
    () => clean,
    (thrown: unknown) => withoutReport(clean, thrown),
  );
};
