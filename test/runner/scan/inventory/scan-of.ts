// An inventory of a few types against the account server, with whatever the test wants answered otherwise in front of it.
import { randomInt } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inject } from 'vitest';
import type { AwsConnection } from '../../../../clients/aws/connection.ts';
import type { InventoryRecord } from '../../../../contract/catalogue/inventory-record.ts';
import type { Cell } from '../../../../contract/scan-report.ts';
import { type InventoryResult, runInventory } from '../../../../runner/scan/inventory/inventory.ts';
import type { SweepOrder } from '../../../../runner/scan/inventory/sweep.ts';
import type { AccountModel } from '../../../servers/account-model.ts';
import type { RateLimit } from '../../../servers/rate-limit.ts';
import { type AccountServer, startAccountServer } from '../../../servers/start-account-server.ts';
import { connectTo } from '../../../setup/connection.ts';
import { type RecordedRequest, type Rule, startRecordingServer } from '../../../setup/recording-server.ts';
import { makeDirectory } from '../../../setup/run-container.ts';
import { enterAccount } from '../../../setup/seeds/enter-account.ts';

export interface ScanRequest {
  readonly model?: AccountModel;
  readonly types?: readonly string[];
  readonly services?: 'all' | readonly string[];
  readonly exclude?: readonly string[];
  readonly regions?: readonly string[];
  readonly accepted?: SweepOrder['accepted'];
  readonly maxPerType?: number;
  readonly maxAttempts?: number;
  readonly rateLimit?: RateLimit;
  /** Answers in place of the account server. */
  readonly rule?: Rule;
  readonly signal?: AbortSignal;
  /** Makes what moto has to have. */
  readonly seed?: (connection: AwsConnection, account: string) => Promise<void>;
}

export interface Scan extends InventoryResult {
  readonly account: string;
  readonly records: readonly InventoryRecord[];
  /** Of Cloud Control alone: `<region> <type> <ResourceModel>`. */
  readonly asked: readonly string[];
  readonly server: AccountServer;
  /** What the rule has answered. */
  readonly ruled: readonly RecordedRequest[];
  /** The cell's outcome. */
  readonly outcome: (type: string, region?: string) => string | undefined;
  readonly cell: (type: string, region?: string) => Cell | undefined;
}

export const home = 'eu-west-1';

export const operationOf = ({ headers }: RecordedRequest): string =>
  String(headers['x-amz-target']).split('.').at(-1) ?? '';
export const inputOf = ({ body }: RecordedRequest): Readonly<Record<string, unknown>> => JSON.parse(String(body));

export const jsonRefusal = (code: string, message: string, status = 400) => ({
  status,
  headers: { 'content-type': 'application/x-amz-json-1.0' },
  body: JSON.stringify({ __type: code, message }),
});

/** What the Tagging API says, where moto knows nothing of the resources. */
export const tagged =
  (...resources: { arn: string; tags: Record<string, string>; region?: string }[]): Rule =>
  request => {
    if (operationOf(request) !== 'GetResources') return undefined;
    const region = /Credential=[^/]+\/\d+\/([^/]+)/.exec(String(request.headers.authorization))?.[1];
    const shown = resources.filter(each => (each.region ?? home) === region);
    const body = {
      ResourceTagMappingList: shown.map(({ arn, tags }) => ({
        ResourceARN: arn,
        Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
      })),
    };
    return { status: 200, headers: { 'content-type': 'application/x-amz-json-1.1' }, body: JSON.stringify(body) };
  };

const ends: (() => Promise<void>)[] = [];
/** For afterEach. */
export const endScans = async (): Promise<void> => {
  for (const end of ends.splice(0).toReversed()) await end();
};

const readRecords = async (directory: string): Promise<InventoryRecord[]> =>
  JSON.parse(await readFile(join(directory, 'output.json'), 'utf8').catch(() => '[]')) as InventoryRecord[];

const startServers = async (request: ScanRequest) => {
  const { model = {}, rateLimit = [], rule } = request;
  const server = await startAccountServer({ upstream: inject('simulator'), model, rateLimit });
  ends.push(server.stop);
  if (rule === undefined) return { server, url: server.url, ruled: [] };
  const ruled: RecordedRequest[] = [];
  const front = await startRecordingServer(server.url, request => {
    const answer = rule(request);
    if (answer !== undefined) ruled.push(request);
    return answer;
  });
  ends.push(front.stop);
  return { server, url: front.url, ruled };
};

export const scan = async (request: ScanRequest): Promise<Scan> => {
  const { regions = [home], accepted = [], types = [], services = 'all', exclude = [], maxPerType = null } = request;
  const { server, url, ruled } = await startServers(request);
  const account = String(randomInt(2 ** 37, 2 ** 39)).padStart(12, '0');
  const base = connectTo(url, request.maxAttempts ?? 2);
  const connection = await enterAccount({ ...base, region: regions[0] ?? home }, account);
  await request.seed?.(connection, account);
  const place = await makeDirectory();
  ends.push(place.remove);
  const result = await runInventory({
    order: { account, partition: 'aws', regions, selection: { services, types, exclude }, accepted, maxPerType },
    connection,
    signal: request.signal ?? new AbortController().signal,
    reportsDirectory: place.directory,
  });
  const cell = (type: string, region = regions[0] ?? home): Cell | undefined =>
    result.cells.find(each => each.type === type && each.region === region);
  return {
    ...result,
    account,
    server,
    ruled,
    records: await readRecords(place.directory),
    asked: server.requests
      .filter(({ action }) => action === 'ListResources')
      .map(({ region, typeName, resourceModel }) => [region, typeName, resourceModel].filter(Boolean).join(' ')),
    cell,
    outcome: (type, region) => cell(type, region)?.outcome,
  };
};
