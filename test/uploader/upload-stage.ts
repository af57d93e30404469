// One run of the upload container against moto: its directory, its bucket, and what it sent there.
import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inject } from 'vitest';
import { closeBucket, getObject, openBucket } from '../../clients/aws/s3.ts';
import { uploadRecordSchema } from '../../contract/upload-record.ts';
import { connectTo } from '../setup/connection.ts';
import { type Rule, startRecordingServer } from '../setup/recording-server.ts';
import { makeDirectory, ownCredentials, randomAccountId, runContainer } from '../setup/run-container.ts';

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

export const scanReport = (account: string, verdict: unknown) => ({
  schemaVersion: 1,
  run: 'test-run',
  account,
  identity: null,
  startedAt: '2026-11-22T00:00:00Z',
  finishedAt: '2026-11-22T00:01:00Z',
  verdict,
  tools: [],
});

/** Each has an account and a bucket of its own. */
export const openUploadStage = async () => {
  const account = randomAccountId();
  const bucket = `inventory-reports-${account}`;
  const folder = 'AWSRecon/2026/11/22';
  const { directory, remove } = await makeDirectory();
  const reports = join(directory, 'recon');
  await mkdir(reports);
  let rule: Rule = () => undefined;
  const server = await startRecordingServer(inject('simulator'), request => rule(request));
  await fetch(`${inject('simulator')}/${bucket}`, { method: 'PUT', headers: { 'content-length': '0' } });
  const environment = {
    ...ownCredentials,
    AWS_ENDPOINT_URL: server.url,
    AWS_REGION: 'us-east-1',
    AWS_MAX_ATTEMPTS: '2',
    INVENTORY_RUN: 'test-run',
    INVENTORY_ACCOUNT_ID: account,
    INVENTORY_BUCKET: bucket,
    INVENTORY_PREFIX: 'AWSRecon',
    INVENTORY_DATE: '2026-11-22',
    INVENTORY_REPORTS_DIRECTORY: reports,
  };
  const stored = async (kind: string): Promise<string> => {
    const opened = openBucket(connectTo(inject('simulator')), { name: bucket });
    try {
      return (await getObject(opened, `${folder}/${kind}_${account}.json`))?.text ?? '';
    } finally {
      closeBucket(opened);
    }
  };
  return {
    account,
    bucket,
    folder,
    directory,
    reports,
    requests: server.requests,
    inventory: [{ account, service: 'EC2', region: 'eu-west-1', resource: { type: 'instance', name: 'größe 😀' } }],
    answer: (next: Rule): void => {
      rule = next;
    },
    /** `content` as it is when it is a text, otherwise as JSON. */
    leave: (file: string, content: unknown) =>
      writeFile(join(reports, file), typeof content === 'string' ? content : JSON.stringify(content)),
    run: (changes: Readonly<Record<string, string>> = {}, meanwhile?: (stop: () => void) => Promise<void>) =>
      runContainer({
        entry: 'dist/upload.mjs',
        directory,
        environment: { ...environment, ...changes },
        ...(meanwhile === undefined ? {} : { meanwhile }),
      }),
    keyPath: (kind: string): string => `/${bucket}/${folder}/${kind}_${account}.json`,
    sentKeys: (): string[] => server.requests.map(request => `${request.method} ${request.url.split('?')[0]}`),
    stored,
    storedRecord: async () => uploadRecordSchema.parse(JSON.parse(await stored('upload'))),
    close: async (): Promise<void> => {
      await server.stop();
      await remove();
    },
  };
};

export type UploadStage = Awaited<ReturnType<typeof openUploadStage>>;
