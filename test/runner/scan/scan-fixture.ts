// Accounts of the simulator, and scans of them by the real program.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { openSimulator } from '../../../clients/simulator/account-clients.ts';
import type { ResourceOrder } from '../../../clients/simulator/resource-order.ts';
import { createResources } from '../../../clients/simulator/resources.ts';
import type { InventoryRecord } from '../../../contract/catalogue/inventory-record.ts';
import { type Cell, type ScanReport, scanReportSchema, unfoldCells } from '../../../contract/scan-report.ts';
import { type ContainerRun, makeDirectory, runContainer } from '../../setup/run-container.ts';

export const fillAccount = async (url: string, account: string, orders: readonly ResourceOrder[]): Promise<void> => {
  const simulator = openSimulator(url, 8);
  try {
    await createResources(await simulator.enter(account), orders);
  } finally {
    simulator.close();
  }
};

/** Services of which accounts are filled; all would be a hundred, and a thousand types of Cloud Control. */
export const dozen = [
  ...['s3', 'iam', 'ec2', 'lambda', 'dynamodb', 'sqs', 'sns', 'kms', 'rds', 'ecs', 'cloudformation', 'logs'],
] as const;

export interface ScanStart {
  /** Endpoint of everything. */
  readonly url: string;
  readonly account: string;
  /** Whose credentials the file holds; the account's when left out. */
  readonly credentialsOf?: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** As behind the sidecar of long scans: the file is named by another variable, and an address stands beside it. */
  readonly keptFresh?: boolean;
  readonly meanwhile?: (stop: () => void, reports: string) => Promise<void>;
}

export interface ScanRun extends ContainerRun {
  /** undefined when there is none. */
  readonly records: InventoryRecord[] | undefined;
  readonly report: ScanReport | undefined;
  readonly cells: readonly Cell[];
  /** The secret that the credentials file held. */
  readonly secrets: readonly string[];
  readonly files: Readonly<Record<string, string>>;
}

const assume = async (url: string, account: string) => {
  const credentials = { accessKeyId: 'AKIATESTRUNNER000001', secretAccessKey: 'runner-own-secret' };
  const sts = new STSClient({ endpoint: url, region: 'eu-west-1', credentials });
  const RoleArn = `arn:aws:iam::${account}:role/managed/inventory`;
  const { Credentials } = await sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'inventory-test' }));
  sts.destroy();
  return [Credentials?.AccessKeyId ?? '', Credentials?.SecretAccessKey ?? '', Credentials?.SessionToken ?? ''] as const;
};

const readOptional = (path: string) => readFile(path, 'utf8').catch(() => undefined);

/** Runs the container `scan` on a fresh directory: a dozen services, one region, few attempts unless the test says otherwise. */
export const scanAccount = async (start: ScanStart): Promise<ScanRun> => {
  const { directory, remove } = await makeDirectory();
  try {
    const secrets = await assume(start.url, start.credentialsOf ?? start.account);
    const [key, secret, token] = secrets;
    const file = join(directory, 'creds');
    const lines = [`aws_access_key_id = ${key}`, `aws_secret_access_key = ${secret}`, `aws_session_token = ${token}`];
    await writeFile(file, `[default]\n${lines.join('\n')}\n`, { mode: 0o600 });
    const run = await runContainer({
      entry: 'dist/scan.mjs',
      directory,
      environment: {
        AWS_ENDPOINT_URL: start.url,
        AWS_REGION: 'eu-west-1',
        AWS_MAX_ATTEMPTS: '2',
        ...(start.keptFresh
          ? {
              INVENTORY_CREDENTIALS_FILE: file,
              AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://127.0.0.1:9/',
              AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: join(directory, 'token'),
            }
          : { AWS_SHARED_CREDENTIALS_FILE: file }),
        INVENTORY_RUN: 'run-1',
        INVENTORY_ACCOUNT_ID: start.account,
        INVENTORY_REGIONS: 'eu-west-1',
        INVENTORY_SERVICES: dozen.join(','),
        INVENTORY_SCAN_SECONDS: '60',
        INVENTORY_REPORTS_DIRECTORY: directory,
        ...start.environment,
      },
      ...(start.meanwhile === undefined
        ? {}
        : { meanwhile: stop => start.meanwhile?.(stop, directory) as Promise<void> }),
    });
    const output = await readOptional(join(directory, 'output.json'));
    const scan = await readOptional(join(directory, 'scan.json'));
    const report = scan === undefined ? undefined : scanReportSchema.parse(JSON.parse(scan));
    return {
      ...run,
      secrets,
      records: output === undefined ? undefined : (JSON.parse(output) as InventoryRecord[]),
      report,
      cells: report?.tools.flatMap(tool => unfoldCells(tool.cells)) ?? [],
      files: { output: output ?? '', scan: scan ?? '' },
    };
  } finally {
    await remove();
  }
};

/** The cell of a CloudFormation type, of `tagging`, or of the question for `regions`. */
export const cellOf = (run: ScanRun, type: string, region = 'eu-west-1'): Cell | undefined =>
  run.cells.find(cell => cell.type === type && cell.region === region);
