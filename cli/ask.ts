// A question at a terminal; nobody is asked anywhere else.
import { createInterface } from 'node:readline/promises';
import type { CommandContext } from './command-context.ts';

/** Whether somebody sits there who can be asked. */
export const canAsk = ({ stderr }: CommandContext): boolean => process.stdin.isTTY === true && stderr.isTTY === true;

/** Only the whole word is a yes. */
export const askYes = async (question: string, { stderr }: CommandContext, signal: AbortSignal): Promise<boolean> => {
  const terminal = createInterface({ input: process.stdin, output: stderr });
  try {
    return (await terminal.question(`${question} Only "yes" is taken for it: `, { signal })).trim() === 'yes';
  } finally {
    terminal.close();
  }
};
