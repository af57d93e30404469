// The million server: just enough of AWS for a scan of one huge service in one region, so fast that a measurement is one of
// the scan. It keeps nothing: every page is rendered from the token. Run it as its own process, with million-main.ts.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { type RequestFacts, readRequestFacts } from '../../clients/simulator/request-facts.ts';
import { answerEmpty } from './empty-answers.ts';
import { type LogGroupPages, renderLogGroups } from './log-groups.ts';
import { playOwnServices } from './own-services.ts';
import { readObject, textOf, type WireAnswer } from './wire.ts';

export interface MillionServerOptions {
  /** How many log groups there are. */
  readonly resources: number;
  /** Of DescribeLogGroups (50, which is also the most that AWS gives). */
  readonly pageSize?: number;
  /** Share of the log groups that the Tagging API knows, 0 to 1 (0.2). */
  readonly taggedShare?: number;
  readonly region?: string;
  readonly account?: string;
  /** 0: any free one. */
  readonly port?: number;
}

export interface MillionServer {
  readonly url: string;
  /** How often each was asked, by `service action region`. */
  readonly asked: ReadonlyMap<string, number>;
  readonly stop: () => Promise<void>;
}

type Question = RequestFacts & { readonly input: Readonly<Record<string, unknown>> };

const jsonPage = (body: string): WireAnswer => ({
  status: 200,
  headers: { 'content-type': 'application/x-amz-json-1.1' },
  body,
});

const noTags = jsonPage('{"PaginationToken":"","ResourceTagMappingList":[]}');

const numberOr = (value: unknown, otherwise: number): number => (typeof value === 'number' ? value : otherwise);

const wantsLogs = (filters: unknown): boolean =>
  !Array.isArray(filters) || filters.length === 0 || filters.some(each => /^logs(:log-group)?$/.test(String(each)));

const answerLogs = (pages: LogGroupPages, { input }: Question, pageSize: number): WireAnswer => {
  const size = Math.min(pageSize, numberOr(input['limit'], pageSize));
  return jsonPage(pages.describe(Number(textOf(input['nextToken']) ?? 0), size));
};

const answerTags = (pages: LogGroupPages, { input }: Question): WireAnswer => {
  if (!wantsLogs(input['ResourceTypeFilters'])) return noTags;
  const size = Math.min(100, numberOr(input['ResourcesPerPage'], 100));
  return jsonPage(pages.tagged(Number(textOf(input['PaginationToken']) || 0), size));
};

const answerQuestions = (options: MillionServerOptions): ((question: Question) => WireAnswer) => {
  const { resources, pageSize = 50, taggedShare = 0.2, region = 'us-east-1', account = '123456789012' } = options;
  const here = renderLogGroups({ resources, region, account, taggedShare });
  const elsewhere = renderLogGroups({ resources: 0, region, account, taggedShare });
  const ownServices = playOwnServices();
  return question => {
    const pages = question.region === region ? here : elsewhere;
    if (question.action === 'DescribeLogGroups') return answerLogs(pages, question, pageSize);
    if (question.service === 'tagging' && question.action === 'GetResources') return answerTags(pages, question);
    // Their empty answers are not empty objects: a listing without ResourceDescriptions would be a broken one.
    const own = ownServices.find(question);
    const caller = { accountId: account, principal: `arn:aws:sts::${account}:assumed-role/inventory/scan` };
    if (own !== undefined) return own.answer({ ...question, ...caller, model: {}, action: own.action });
    return answerEmpty(question, { region, account });
  };
};

const receiveWith = (answer: (question: Question) => WireAnswer, asked: Map<string, number>) => {
  return async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { method = 'GET', url = '/', headers } = incoming;
    const body = await text(incoming);
    const form = (headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded') ? body : '';
    const facts = readRequestFacts({ method, url, headers, form });
    const key = `${facts.service} ${facts.action} ${facts.region}`;
    asked.set(key, (asked.get(key) ?? 0) + 1);
    const given = answer({ ...facts, input: form === '' ? (readObject(body || '{}') ?? {}) : {} });
    const length = { 'content-length': Buffer.byteLength(given.body) };
    response.writeHead(given.status, { ...given.headers, ...length }).end(given.body);
  };
};

export const startMillionServer = async (options: MillionServerOptions): Promise<MillionServer> => {
  const asked = new Map<string, number>();
  const receive = receiveWith(answerQuestions(options), asked);
  const server = createServer({ keepAliveTimeout: 600_000 }, (incoming, response) => {
    receive(incoming, response).catch(() => incoming.socket.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    stop: async () => {
      const closed = new Promise<void>(resolve => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
};
