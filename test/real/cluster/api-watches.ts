// The watches that pass through the proxy before the API server: each can be stalled, ended or broken while it is open.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createInterface } from 'node:readline';
import { type ApiMatch, matchesApi, renderStatus, type WatchDisturbance } from './api-proxy-rules.ts';
import type { ApiRequest } from './api-request.ts';

interface OpenWatch {
  readonly asked: ApiRequest;
  readonly disturb: (by: WatchDisturbance) => void;
}

export interface PassedWatch {
  readonly asked: ApiRequest;
  readonly answer: IncomingMessage;
  readonly response: ServerResponse;
  /** Resets the client's connection. */
  readonly reset: () => void;
  /** Events that pass before it happens by itself. */
  readonly disturbance?: { readonly by: WatchDisturbance; readonly afterEvents: number };
}

export interface PassingWatches {
  /** Passes its events on until it ends, breaks or is disturbed. */
  readonly pass: (watch: PassedWatch) => Promise<void>;
  /** Does that to the open ones that match, and returns how many these were. */
  readonly disturb: (match: ApiMatch, by: WatchDisturbance) => number;
  readonly open: () => readonly ApiRequest[];
}

const goneEvent = `{"type":"ERROR","object":${renderStatus(410, 'Expired', 'too old resource version: 1 (2)')}}\n`;

/** A stall alone leaves the connection open; nothing more is written in any case. */
const disturbResponse = ({ response, reset }: PassedWatch, by: WatchDisturbance): void => {
  if (by === 'end') response.end();
  if (by === 'gone') response.end(goneEvent);
  if (by === 'reset') reset();
};

export const followWatches = (): PassingWatches => {
  const open = new Set<OpenWatch>();

  const pass = async (passed: PassedWatch): Promise<void> => {
    const { asked, answer, response, disturbance } = passed;
    let disturbed = false;
    const watch: OpenWatch = {
      asked,
      disturb: by => {
        if (disturbed) return;
        disturbed = true;
        disturbResponse(passed, by);
      },
    };
    open.add(watch);
    response.once('close', () => {
      open.delete(watch);
      answer.destroy();
    });
    let left = disturbance?.afterEvents ?? Number.POSITIVE_INFINITY;
    const disturbInTurn = (): void => {
      if (left <= 0 && disturbance !== undefined) watch.disturb(disturbance.by);
    };
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    response.flushHeaders();
    disturbInTurn();
    // A stalled one is read on, so that the API server sees nothing of it.
    for await (const line of createInterface({ input: answer })) {
      if (disturbed) continue;
      response.write(`${line}\n`);
      left -= 1;
      disturbInTurn();
    }
    if (!disturbed) response.end();
  };

  return {
    pass,
    disturb: (match, by) => {
      const chosen = [...open].filter(({ asked }) => matchesApi(match, asked));
      for (const watch of chosen) watch.disturb(by);
      return chosen.length;
    },
    open: () => [...open].map(({ asked }) => asked),
  };
};
