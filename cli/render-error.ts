// An error for a person: what happened, who can fix it, and how.
import { styleText } from 'node:util';
import type { InventoryError } from '../contract/errors.ts';
import { printableLines } from './terminal-text.ts';

export const renderError = (error: InventoryError, stream: NodeJS.WritableStream): string => {
  const name = styleText(['red', 'bold'], `${error.code}:`, { stream });
  const { fixer, retryable } = error.entry;
  const who =
    fixer === 'nobody'
      ? retryable
        ? 'Try again'
        : 'Nothing to fix'
      : `For ${fixer === 'you' ? 'you' : `the ${fixer}`}`;
  return `${name} ${printableLines(error.message)}\n  ${styleText('bold', `${who}:`, { stream })} ${printableLines(error.remedy)}\n`;
};
