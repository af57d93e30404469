// Where the logs of one account's runner lie: on this machine, or in the cluster. Who shows them does not know which.

export interface LogPart {
  /** Counted from 1, of those that are kept. */
  readonly attempt: number;
  /** The pod's name; null on this machine. */
  readonly pod: string | null;
  readonly container: string;
  readonly state: 'waiting' | 'running' | 'ended';
  /** Ends with its pod: who follows it would wait for all others. */
  readonly isSidecar: boolean;
}

export interface LogSight {
  /** In the order in which they run, attempt by attempt. */
  readonly parts: readonly LogPart[];
  /** Nothing will be added. */
  readonly isOver: boolean;
}

export interface LogSource {
  readonly look: () => Promise<LogSight>;
  /**
   * Hands over what the part has said after so many bytes, until now; a source that can goes on to hand over what it says
   * next, at most until it ends. Resolves to the number of bytes; undefined where there is no log.
   */
  readonly tell: (part: LogPart, skip: number, hear: (bytes: Uint8Array) => void) => Promise<number | undefined>;
  readonly close: () => Promise<void>;
}

export interface RunnerAsked {
  readonly run: string;
  readonly account: string;
}
