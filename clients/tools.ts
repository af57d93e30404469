// Runs a scan tool as a process group of its own: ended with grace on its deadline or a signal, then killed.
import { execa } from 'execa';
import { endOfGroup, type GroupEnd, type GroupLimits } from './group-end.ts';
import { redactText } from './redaction.ts';

export interface ToolRun extends GroupLimits {
  readonly command: string;
  readonly arguments: readonly string[];
  /** Everything the tool sees: nothing is inherited. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Values that are taken out of what the tool prints. */
  readonly secrets: readonly string[];
}

export type ToolEnd = GroupEnd;

const startTool = (run: ToolRun) => {
  const clean = function* (line: unknown) {
    yield redactText(String(line), run.secrets);
  };
  const tool = execa(run.command, [...run.arguments], {
    env: { ...run.environment },
    extendEnv: false,
    detached: true,
    reject: false,
    buffer: false,
    stdin: 'pipe',
    stdout: [clean, process.stderr],
    stderr: [clean, process.stderr],
  });
  // Its pipe breaks when it ends before us; that is what its end says already.
  tool.stdin.on('error', () => undefined);
  return tool;
};

/**
 * Runs the tool to the end of its first process; never throws for what the tool does. Its output goes to our stderr, line
 * by line. Its stdin stays open as long as we live: a tool that reads it notices when we are killed, whom no group of ours
 * would reach.
 */
export const runTool = async (run: ToolRun): Promise<ToolEnd> => endOfGroup(startTool(run), run);
