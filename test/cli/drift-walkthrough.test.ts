// The walkthrough of docs/drift-exporter.md without Docker: what compose.yaml starts, as processes, with moto as its `s3`.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import { describe, expect, inject, it, onTestFinished } from 'vitest';
import { parse } from 'yaml';
import { ownDirectory } from '../clients/driftctl/fake-driftctl.ts';
import { readExposition } from '../exporter/metrics/read-exposition.ts';
import { assumedKeys } from '../setup/assumed-keys.ts';
import { randomAccountId } from '../setup/run-container.ts';
import { startProgram } from './start-program.ts';

interface Service {
  readonly image: string;
  readonly command?: readonly string[];
  readonly entrypoint?: readonly string[];
  readonly ports: readonly string[];
  readonly env_file?: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly volumes: readonly string[];
}

const read = (path: string): string => readFileSync(path, 'utf8');
const { services } = parse(read('compose.yaml')) as { services: Readonly<Record<'app' | 's3', Service>> };
const page = read('docs/drift-exporter.md');

/** Declares one queue. */
const stateOf = (account: string, name: string): string =>
  JSON.stringify({
    ...{ version: 4, terraform_version: '1.11.4', serial: 1, lineage: 'l', outputs: {} },
    resources: [
      {
        ...{ mode: 'managed', type: 'aws_sqs_queue', name },
        provider: 'provider["registry.terraform.io/hashicorp/aws"]',
        instances: [
          {
            schema_version: 0,
            attributes: {
              ...{ id: `${inject('simulator')}/${account}/${name}`, name, region: 'eu-west-1' },
              arn: `arn:aws:sqs:eu-west-1:${account}:${name}`,
            },
          },
        ],
      },
    ],
  });

describe('compose.yaml', () => {
  const { app, s3 } = services;

  it('has the two services, which agree on address, keys, bucket and region', () => {
    expect(Object.keys(services)).toEqual(['app', 's3']);
    const { RESULT_PATH, AWS_S3_ENDPOINT_URL, AWS_S3_ACCESS_KEY_ID, AWS_S3_SECRET_ACCESS_KEY } = app.environment;
    const bucket = /^s3:\/\/([^/]+)\//.exec(RESULT_PATH ?? '')?.[1];
    expect(s3.entrypoint?.join(' ')).toContain(`/${bucket} `);
    const port = new URL(AWS_S3_ENDPOINT_URL ?? '').port;
    expect([s3.entrypoint?.join(' '), s3.ports.join()]).toEqual([
      expect.stringContaining(`:${port} `),
      expect.stringMatching(new RegExp(`:${port}$`)),
    ]);
    expect([AWS_S3_ACCESS_KEY_ID, AWS_S3_SECRET_ACCESS_KEY]).toEqual([
      s3.environment['ROOT_ACCESS_KEY'],
      s3.environment['ROOT_SECRET_KEY'],
    ]);
    const [, mounted = '', place = ''] = /^(.*?):(.*?):ro$/.exec(app.volumes[0] ?? '') ?? [];
    const state = (app.environment['DCTL_FROM'] ?? '').replace(`tfstate://${place}`, mounted);
    expect(JSON.parse(read(state))).toMatchObject({ version: 4, resources: [] });
    expect([app.environment['AWS_REGION'], s3.environment['VGW_REGION']]).toEqual(
      Array(2).fill('${AWS_REGION:-eu-west-1}'),
    );
  });

  it('serves on 8080, reads .env, and .env.example names what it needs', () => {
    expect(app.ports).toEqual(['8080:8080']);
    expect(app.env_file).toEqual(['.env']);
    const names = [...read('.env.example').matchAll(/^(\w+)=/gm)].map(([, name]) => name);
    expect(names).toEqual(['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN', 'AWS_REGION']);
    expect(read('.gitignore').split('\n')).toContain('.env');
  });

  it('has the image of this version, by the name that `npm run image` gives it', () => {
    const { version } = JSON.parse(read('package.json')) as { version: string };
    expect(app.image).toBe(`dfdsdk/aws-inventory-orchestrator:${version}`);
  });
});

describe('the walkthrough', () => {
  it('ends with metrics of the account: exporter up, one drift, one look', async () => {
    const { command = [], environment } = services.app;
    const endpoint = inject('simulator');
    const region = 'eu-west-1';
    const account = randomAccountId();
    const keys = await assumedKeys(endpoint, account);
    const credentials = {
      accessKeyId: keys.AWS_ACCESS_KEY_ID,
      secretAccessKey: keys.AWS_SECRET_ACCESS_KEY,
      sessionToken: keys.AWS_SESSION_TOKEN,
    };
    const sqs = new SQSClient({ endpoint, region, credentials });
    const QueueName = 'by-hand';
    await sqs.send(new CreateQueueCommand({ QueueName }));
    // What `s3` does at its start.
    const own = {
      accessKeyId: environment['AWS_S3_ACCESS_KEY_ID'] ?? '',
      secretAccessKey: environment['AWS_S3_SECRET_ACCESS_KEY'] ?? '',
    };
    const Bucket = `drift-bucket-${account}`;
    const s3 = new S3Client({ endpoint, region: 'us-east-1', forcePathStyle: true, credentials: own });
    await s3.send(new CreateBucketCommand({ Bucket }));
    for (const client of [sqs, s3]) client.destroy();
    // Of the empty one that stands in compose.yaml our engine says that it declares nothing, and ends there.
    const state = join(ownDirectory(), 'terraform.tfstate');
    writeFileSync(state, stateOf(account, 'gone'));
    const variables = {
      ...environment,
      ...keys,
      AWS_REGION: region,
      AWS_ENDPOINT_URL: endpoint,
      AWS_S3_ENDPOINT_URL: endpoint,
      DCTL_FROM: `tfstate://${state}`,
      RESULT_PATH: (environment['RESULT_PATH'] ?? '').replace('drift-bucket', Bucket),
    };
    const [, ...serve] = command;
    const exporter = startProgram({ args: [...serve, '--port', '0'], environment: variables });
    onTestFinished(async () => {
      await exporter.stop('SIGKILL');
    });
    const url = await exporter.url();
    expect((await fetch(`${url}/metrics`)).status).toBe(503);
    // The real driftctl is a matter of test/real.
    const scan = ['drift', '--engine', 'ours', '--types', 'AWS::SQS::Queue', '--regions', region];
    const drift = startProgram({ args: scan, environment: variables, cwd: ownDirectory() });
    const { exitCode, stderr } = await drift.end;
    expect(exitCode, stderr).toBe(0);
    const last = stderr.split('\n').findLast(line => line.startsWith('{')) ?? '';
    expect((JSON.parse(last) as { msg: string }).msg).toMatch(/^Drift Scan Report saved\. Task Finished/);
    const series = readExposition(await (await fetch(`${url}/metrics`)).text());
    const value = (name: string) => series.find(each => each.name === name)?.value;
    expect([value('total_resources'), value('total_unmanaged'), value('coverage')]).toEqual([2, 1, 0]);
    for (const name of ['unmanaged_items_count_by_type', 'missing_items_count_by_type']) {
      expect(series).toContainEqual({ name, labels: { resource: 'aws_sqs_queue' }, value: 1 });
    }
    expect(series.find(({ name }) => name === 'aws_inventory_driftctl_result_info')?.labels['engine']).toBe('ours');
  });

  it('is written on the page with the commands that these processes are', () => {
    for (const line of [
      'docker compose up -d',
      'docker compose run --rm app /app/aws-inventory.mjs drift',
      'curl http://localhost:8080/metrics',
    ]) {
      expect(page).toContain(line);
    }
    for (const name of Object.keys(services.app.environment)) expect(page).toContain(name);
  });
});
