// Text of others for a terminal: names come from accounts' owners and may hold anything, escape sequences included.

/** Control characters and those that reorder a line are shown as escapes, so that a name cannot draw on the screen. */
export const printable = (text: string): string =>
  text.replace(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, character => {
    if (character === '\n') return '\\n';
    if (character === '\t') return '\\t';
    return `\\u${character.codePointAt(0)?.toString(16).padStart(4, '0')}`;
  });

/** The whole text with every line made printable: for messages that are meant to have several lines. */
export const printableLines = (text: string): string => text.split('\n').map(printable).join('\n');

export const plural = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;

/** A share as people read it, rounded down: what is not all must not say 100. */
export const percent = (share: number): string => `${(Math.floor(share * 1000) / 10).toFixed(1)} %`;
