// What the sandbox says while it works: whole lines for everyone, and at a terminal one more that changes in place.

export interface StatusLine {
  /** A line that stays. */
  readonly say: (text: string) => void;
  /** A line that the next one replaces; nothing where there is no terminal. */
  readonly show: (text: string) => void;
}

export interface StatusStream {
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
  readonly write: (text: string) => unknown;
}

const eraseLine = '\r\u001b[2K';

export const createStatusLine = (stream: StatusStream): StatusLine => {
  const erase = stream.isTTY ? eraseLine : '';
  return {
    say: text => {
      stream.write(`${erase}${text}\n`);
    },
    show: text => {
      // A longer line would wrap, and what wrapped cannot be erased.
      if (stream.isTTY) stream.write(`${erase}${text.slice(0, (stream.columns ?? 80) - 1)}`);
    },
  };
};
