// A loopback server in front of moto: it records each request, and answers those that a test wants answered otherwise.
import { createServer, type IncomingHttpHeaders, request as send } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface RecordedRequest {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export interface Answer {
  readonly status: number;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface RecordingServer {
  readonly url: string;
  readonly requests: RecordedRequest[];
  readonly stop: () => Promise<void>;
}

/** What a test wants instead of moto's answer; `never` leaves the request hanging. */
export type Rule = (request: RecordedRequest) => Answer | 'never' | undefined;

const forward = (upstream: string, request: RecordedRequest) =>
  new Promise<{ status: number; headers: IncomingHttpHeaders; body: Buffer }>((resolve, reject) => {
    const { 'transfer-encoding': _chunked, connection: _connection, expect: _expect, ...headers } = request.headers;
    const sent = send(
      new URL(request.url, upstream),
      { method: request.method, headers: { ...headers, 'content-length': String(request.body.length) } },
      async answer => {
        const body = Buffer.concat(await answer.toArray());
        resolve({ status: answer.statusCode ?? 500, headers: answer.headers, body });
      },
    );
    sent.on('error', reject);
    sent.end(request.body);
  });

/** Without an upstream, what no rule answers gets 500. */
export const startRecordingServer = async (upstream: string | undefined, rule: Rule): Promise<RecordingServer> => {
  const requests: RecordedRequest[] = [];
  const server = createServer(async (incoming, answer) => {
    const { method = 'GET', url = '/', headers } = incoming;
    const request = { method, url, headers, body: Buffer.concat(await incoming.toArray()) };
    requests.push(request);
    const ruled = rule(request);
    if (ruled === 'never') return;
    if (ruled !== undefined) answer.writeHead(ruled.status, ruled.headers).end(ruled.body);
    else if (upstream === undefined) answer.writeHead(500).end();
    else {
      const { status, headers: given, body } = await forward(upstream, request);
      const { 'transfer-encoding': _chunked, connection: _connection, ...kept } = given;
      answer.writeHead(status, kept).end(body);
    }
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    stop: async () => {
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
    },
  };
};

/** STS's form of an error. */
export const stsError = (status: number, code: string, message: string): Answer => ({
  status,
  headers: { 'content-type': 'text/xml' },
  body: `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error><RequestId>11111111-2222-3333-4444-555555555555</RequestId></ErrorResponse>`,
});

/** S3's form of an error. */
export const s3Error = (status: number, code: string, message: string): Answer => ({
  status,
  headers: { 'content-type': 'application/xml' },
  body: `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message><RequestId>4442587FB7D0A2F9</RequestId><HostId>x</HostId></Error>`,
});
