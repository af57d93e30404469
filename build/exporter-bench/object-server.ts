// The bench's S3 as a process of its own: GetObject with ETag and If-None-Match over the made-up reports, and POST /change.
import { createHash } from 'node:crypto';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { LatestAccount } from '../../contract/manifest.ts';
import { accountId, latestDocument, latestRow, scanReport } from './fleet-reports.ts';

const accounts = Number(process.argv[2]);
const generations = new Map<string, { index: number; generation: number }>();
const rows: LatestAccount[] = [];
let generation = 0;
let latest = { text: '', tag: '' };

const rewriteLatest = (): void => {
  const text = latestDocument(rows, generation);
  latest = { text, tag: `"${createHash('md5').update(text).digest('hex')}"` };
};

const scanAgain = (share: number): void => {
  generation += 1;
  for (let index = 0; index < accounts * share; index += 1) {
    generations.set(accountId(index), { index, generation });
    rows[index] = latestRow(index, generation);
  }
  rewriteLatest();
};

for (let index = 0; index < accounts; index += 1) {
  generations.set(accountId(index), { index, generation });
  rows.push(latestRow(index, generation));
}
rewriteLatest();

const send = (answer: ServerResponse, text: string, tag: string): void => {
  answer.writeHead(200, { etag: tag, 'content-type': 'application/json' }).end(text);
};

const server = createServer((asked, answer) => {
  const { pathname, searchParams } = new URL(asked.url ?? '/', 'http://localhost');
  if (pathname === '/change') {
    scanAgain(Number(searchParams.get('share')));
    answer.end();
  } else if (pathname.endsWith('/latest.json')) {
    if (asked.headers['if-none-match'] === latest.tag) answer.writeHead(304, { etag: latest.tag }).end();
    else send(answer, latest.text, latest.tag);
  } else {
    const known = generations.get(/scan_(\d{12})\.json$/.exec(pathname)?.[1] ?? '');
    if (known === undefined) answer.writeHead(404).end();
    else send(answer, scanReport(known.index, known.generation), `"${known.generation}"`);
  }
});
server.listen(0, '127.0.0.1', () => console.log((server.address() as AddressInfo).port));
