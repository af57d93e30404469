// What the bench compares with: a server that reads and parses the results anew at each scrape, as the driftctl exporter does.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import pLimit from 'p-limit';
import { readAwsConnection } from '../../clients/aws/connection.ts';
import { openBucketDocuments } from '../../clients/results/documents.ts';
import { latestSchema } from '../../contract/manifest.ts';
import { reportOf } from '../../reports/choose-entries.ts';
import { renderFamilies } from '../../reports/metrics/exposition.ts';

const limits = { maxBytes: 256 * 1024 * 1024, milliseconds: 60_000 };

const readJson = async (key: string): Promise<unknown> => {
  // A client for each scrape, as there.
  const documents = openBucketDocuments(readAwsConnection(process.env), { name: 'bench' });
  try {
    const answer = await documents.read({ key, ...limits });
    return answer.kind === 'read' ? JSON.parse(answer.bytes.toString('utf8')) : undefined;
  } finally {
    documents.close();
  }
};

interface Tools {
  readonly tools: readonly { readonly driftTypes?: readonly { readonly type: string; readonly unmanaged: number }[] }[];
}

const scrape = async (): Promise<string> => {
  const { accounts } = latestSchema.parse(await readJson('AWSRecon/latest.json'));
  const limit = pLimit(24);
  const samples = await limit.map(accounts, async account => {
    const { tools } = (await readJson(reportOf(account, 'scan')?.key ?? '')) as Tools;
    const [first] = tools.flatMap(({ driftTypes }) => driftTypes ?? []);
    return { labels: { account_id: account.id, resource: first?.type ?? '' }, value: first?.unmanaged ?? 0 };
  });
  return renderFamilies([{ name: 'unmanaged_items_count_by_type', help: 'x', type: 'gauge', samples }]);
};

const server = createServer(async (_asked, answer) => {
  answer.end(await scrape());
});
server.listen(0, '127.0.0.1', () => console.log((server.address() as AddressInfo).port));
