// A tool's result on its way to scan: written whole or not at all, and read with every doubt.
import { readFile, writeFile } from 'node:fs/promises';
import type { ToolEnd } from '../../clients/tools.ts';
import type { ErrorCode } from '../../contract/error-catalogue.ts';
import { InventoryError } from '../../contract/errors.ts';
import { type ToolResult, toolResultSchema } from '../../contract/scan-report.ts';
import { placeFile } from './place-file.ts';

export const writeToolResult = async (path: string, result: ToolResult): Promise<void> => {
  await writeFile(`${path}.partial`, JSON.stringify(result));
  await placeFile(`${path}.partial`, path);
};

const readWhole = async (path: string, tool: string): Promise<ToolResult | undefined> => {
  try {
    const result = toolResultSchema.parse(JSON.parse(await readFile(path, 'utf8')));
    return result.tool === tool ? result : undefined;
  } catch {
    return undefined;
  }
};

const failureOf = (tool: string, end: ToolEnd): readonly [ErrorCode, string] => {
  if (end.startError !== null) return ['container-failed', `${tool} could not be started: ${end.startError}`];
  if (end.deadlineReached) return ['scan-deadline', `${tool} did not end by itself within its time and was ended`];
  if (end.signal === 'SIGKILL') return ['container-killed', `${tool} was killed by SIGKILL`];
  if (end.signal !== null) return ['container-failed', `${tool} was ended by ${end.signal}`];
  return ['container-failed', `${tool} ended with exit code ${end.exitCode ?? 'none'} and without a whole result`];
};

export interface LeftByTool {
  readonly tool: string;
  readonly end: ToolEnd;
  /** What it saw all the same: records of a report that was recovered. */
  readonly recovered: () => Promise<number | undefined>;
}

/** The failed result of a tool that left none. */
const failedResult = async ({ tool, end, recovered }: LeftByTool): Promise<ToolResult> => {
  const [code, reason] = failureOf(tool, end);
  const resources = await recovered();
  const message =
    resources === undefined ? reason : `${reason}; its report holds the ${resources} resources seen before`;
  const { remedy } = new InventoryError(code, message);
  const verdict = { outcome: 'failed' as const, code, message, remedy };
  return { tool, verdict, resources: resources ?? 0, seconds: end.seconds, cells: [] };
};

/** What the tool left, or why it left nothing. A tool that wrote its result and then crashed has done its work. */
export const readToolResult = async (path: string, left: LeftByTool): Promise<ToolResult> =>
  (await readWhole(path, left.tool)) ?? (await failedResult(left));
