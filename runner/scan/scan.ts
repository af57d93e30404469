// The scan of one account: its tools side by side, then those that read their reports, then scan.json over what all left.
import { stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pLimit from 'p-limit';
import { startStopwatch, timestamp } from '../../clients/clock.ts';
import { redactText } from '../../clients/redaction.ts';
import { errorCatalogue } from '../../contract/error-catalogue.ts';
import { driftFile, reconFile, scanFile, tagsFile } from '../../contract/names.ts';
import type { ContainerMessage } from '../../contract/outcome.ts';
import type { ScanReport, ToolResult } from '../../contract/scan-report.ts';
import { runFollowers } from './followers.ts';
import { partialFile } from './inventory/report-file.ts';
import { clearPlace, placeFile } from './place-file.ts';
import { runOneTool } from './run-tool.ts';
import { reserveTime } from './time-shares.ts';
import type { ToolOrder } from './tool-order.ts';
import { countScan, judgeScan } from './verdict.ts';

export interface ScanTool {
  readonly name: string;
  readonly command: string;
  readonly arguments: readonly string[];
  /** What its order has beside every tool's. */
  readonly asked?: Readonly<Record<string, unknown>> | undefined;
}

export interface Scan {
  readonly run: string;
  /** The ARN that the credentials answered with. */
  readonly identity: string;
  readonly tools: readonly ScanTool[];
  /** They read the inventory's report, so they run after it, one by one, in the time that is left. */
  readonly followers?: readonly ScanTool[] | undefined;
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

const hasFile = (path: string): Promise<boolean> =>
  stat(path).then(
    found => found.isFile(),
    () => false,
  );

/** The tools, then the followers: what they have to read is there when the first ones have ended. */
const runTools = async (scan: Scan): Promise<{ tools: ToolResult[]; inventory: boolean }> => {
  const stopwatch = startStopwatch();
  const followers = scan.followers ?? [];
  const seconds = followers.length === 0 ? scan.seconds : scan.seconds - reserveTime(scan.seconds);
  const tools = await pLimit(toolsAtOnce).map(scan.tools, tool => runOneTool({ ...scan, seconds }, tool));
  const inventory = await hasFile(join(scan.order.reportsDirectory, reconFile));
  const left = { ...scan, seconds: scan.seconds - stopwatch() };
  return { tools: [...tools, ...(await runFollowers(left, { followers, tools, inventory }))], inventory };
};

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
  for (const file of [reconFile, scanFile, driftFile, tagsFile, partialFile])
    await clearPlace(join(reportsDirectory, file));
  const { tools, inventory } = await runTools(scan);
  const judged = judgeScan(tools, { inventory });
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
