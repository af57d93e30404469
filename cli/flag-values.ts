// Values of flags: lists, and whole numbers. What they are not is said by commander, with the flag's name.
import { InvalidArgumentError } from 'commander';
import { runDatePattern } from '../contract/report-keys.ts';

/** Comma-separated values, and the flag itself may come again; `empty` is what is said of none. */
export const listFlag =
  (empty: string) =>
  (text: string, earlier: string[] = []): string[] => {
    const parts = text
      .split(',')
      .map(part => part.trim())
      .filter(part => part !== '');
    // An empty shell variable must not turn something narrow into one of everything.
    if (parts.length === 0) throw new InvalidArgumentError(empty);
    return [...earlier, ...parts];
  };

export const commaList = listFlag('It names nothing.');

export const positive = (text: string): number => {
  const number = Number(text);
  if (Number.isInteger(number) && number > 0) return number;
  throw new InvalidArgumentError('It must be a whole number above 0.');
};

export const day = (written: string): string => {
  if (runDatePattern.test(written)) return written;
  throw new InvalidArgumentError('It must be a day like 2026-11-22.');
};
