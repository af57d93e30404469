// The upload container as a process: reports too large for one request, and signals.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { s3Error } from '../setup/recording-server.ts';
import { openUploadStage, sha256, type UploadStage } from './upload-stage.ts';

let stage: UploadStage;

beforeEach(async () => {
  stage = await openUploadStage();
});

afterEach(() => stage.close());

/** A report of 18 MB, so above the limit of what is sent in one request: lines of multi-byte text. */
const leaveLargeReport = async () => {
  const line = JSON.stringify({ account: stage.account, service: 'EC2', text: 'größe 😀 '.repeat(1_000) });
  const text = `[\n${Array.from({ length: 1_400 }, () => line).join(',\n')}\n]\n`;
  await stage.leave('output.json', text);
  return text;
};

test('a large report is sent in parts and arrives unchanged', async () => {
  const text = await leaveLargeReport();
  const run = await stage.run({ INVENTORY_BUCKET_OWNER: '999988887777' });
  expect(run.exitCode).toBe(0);
  const parts = stage.requests.filter(request => request.url.includes('partNumber='));
  expect(parts).toHaveLength(3);
  for (const part of parts) {
    expect(part.headers['x-amz-expected-bucket-owner']).toBe('999988887777');
    expect(part.headers['x-amz-checksum-sha256'] ?? part.headers['x-amz-trailer']).toBeDefined();
  }
  expect(sha256(await stage.stored('recon'))).toBe(sha256(text));
  expect(run.message?.reports?.[0]).toMatchObject({ sha256: sha256(text), bytes: Buffer.byteLength(text) });
});

const multipartCalls = () =>
  stage.requests.map(request => {
    if (request.url.includes('partNumber=')) return 'UploadPart';
    if (request.url.includes('uploadId=')) return request.method === 'DELETE' ? 'Abort' : 'Complete';
    return request.method === 'POST' ? 'Create' : 'Put';
  });

test('a large report whose part is refused leaves no upload behind', async () => {
  stage.answer(request =>
    request.url.includes('partNumber=2') ? s3Error(403, 'AccessDenied', 'Access Denied') : undefined,
  );
  await leaveLargeReport();
  const run = await stage.run();
  expect(run.exitCode).toBe(43);
  expect(multipartCalls()).toContain('Abort');
  expect(multipartCalls()).not.toContain('Complete');
});

test('a signal in the middle of a large report aborts its upload', async () => {
  await leaveLargeReport();
  const started = Promise.withResolvers<void>();
  stage.answer(request => {
    if (request.url.includes('partNumber=1')) started.resolve();
    return undefined;
  });
  const run = await stage.run({}, async stop => {
    await started.promise;
    stop();
  });
  expect(run.exitCode).toBe(143);
  expect(run.message).toMatchObject({ outcome: 'failed', code: 'interrupted' });
  expect(multipartCalls()).toContain('Abort');
  expect(multipartCalls()).not.toContain('Complete');
});

test('a signal ends the wait for a silent bucket at once', async () => {
  await stage.leave('output.json', stage.inventory);
  const asked = Promise.withResolvers<void>();
  stage.answer(() => {
    asked.resolve();
    return 'never';
  });
  const run = await stage.run({}, async stop => {
    await asked.promise;
    stop();
  });
  expect(run.exitCode).toBe(143);
  expect(run.message).toMatchObject({ code: 'interrupted' });
});
