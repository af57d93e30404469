// What the account server was asked, and how much of it at once: tests and benchmarks read it.
import type { ServerResponse } from 'node:http';

export interface RecordedExchange {
  /** The signing name: `cloudcontrolapi`. */
  readonly service: string;
  /** The operation, or method and path where a REST request does not name it. */
  readonly action: string;
  readonly region: string;
  readonly accountId: string;
  /** Milliseconds since the server started. */
  readonly at: number;
  /** null while it waits, and where the connection broke. */
  readonly status: number | null;
  /** Of Cloud Control alone. */
  readonly typeName?: string | undefined;
  readonly resourceModel?: string | undefined;
}

export interface InFlight {
  readonly max: number;
  /** By `service region`. */
  readonly maxByServiceRegion: ReadonlyMap<string, number>;
}

export interface Exchanges {
  readonly requests: readonly RecordedExchange[];
  readonly inFlight: InFlight;
  readonly record: (exchange: RecordedExchange, response: ServerResponse) => void;
}

export const recordExchanges = (): Exchanges => {
  const requests: (RecordedExchange & { status: number | null })[] = [];
  const inFlight = { max: 0, maxByServiceRegion: new Map<string, number>() };
  const now = { all: 0, byServiceRegion: new Map<string, number>() };

  const count = (key: string, change: 1 | -1): void => {
    now.all += change;
    const here = (now.byServiceRegion.get(key) ?? 0) + change;
    now.byServiceRegion.set(key, here);
    inFlight.max = Math.max(inFlight.max, now.all);
    if (here > (inFlight.maxByServiceRegion.get(key) ?? 0)) inFlight.maxByServiceRegion.set(key, here);
  };

  return {
    requests,
    inFlight,
    record: (exchange, response) => {
      const entry = { ...exchange };
      requests.push(entry);
      const key = `${exchange.service} ${exchange.region}`;
      count(key, 1);
      response.once('finish', () => {
        entry.status = response.statusCode;
      });
      response.once('close', () => count(key, -1));
    },
  };
};
