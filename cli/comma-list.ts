// Flags that take several values: comma-separated, and the flag itself may come again.
import { InvalidArgumentError } from 'commander';

export const commaList = (text: string, earlier: string[] = []): string[] => {
  const parts = text
    .split(',')
    .map(part => part.trim())
    .filter(part => part !== '');
  // An empty shell variable must not turn a narrow run into one of everything.
  if (parts.length === 0) throw new InvalidArgumentError('It names nothing.');
  return [...earlier, ...parts];
};
