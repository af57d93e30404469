// The upload container as a process: what the bucket refuses, and when it is out of reach.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { hangingCredentials } from '../setup/hanging-credentials.ts';
import { s3Error } from '../setup/recording-server.ts';
import { openUploadStage, scanReport, type UploadStage } from './upload-stage.ts';

let stage: UploadStage;

beforeEach(async () => {
  stage = await openUploadStage();
});

afterEach(() => stage.close());

const counts = { resources: 1, cells: { listed: 1 } };

test('a refused report is 43, quotes S3, and keeps no other back', async () => {
  stage.answer(request =>
    request.url.includes('/recon_') ? s3Error(403, 'AccessDenied', 'Access Denied') : undefined,
  );
  await stage.leave('output.json', stage.inventory);
  await stage.leave('scan.json', scanReport(stage.account, { outcome: 'succeeded', counts }));
  const run = await stage.run({ INVENTORY_BUCKET_OWNER: '999988887777' });
  expect(run.exitCode).toBe(43);
  expect(run.message).toMatchObject({ outcome: 'failed', code: 'upload-refused' });
  expect(run.message?.message).toContain(
    `s3://${stage.bucket}/${stage.folder}/recon_${stage.account}.json was not written: AccessDenied`,
  );
  expect(run.message?.remedy).toContain('999988887777');
  expect(run.message?.reports?.map(({ kind }) => kind)).toEqual(['scan']);
  expect((await stage.storedRecord()).outcome).toMatchObject({ code: 'upload-refused' });
});

test('a bucket that does not exist is 43', async () => {
  await stage.leave('output.json', stage.inventory);
  const run = await stage.run({ INVENTORY_BUCKET: `absent-${stage.account}` });
  expect(run.exitCode).toBe(43);
  expect(run.message?.message).toContain('NoSuchBucket');
  expect(run.message?.remedy).toContain('reports.bucket');
});

test('reports without their list are not enough', async () => {
  stage.answer(request =>
    request.url.includes('/upload_') ? s3Error(403, 'AccessDenied', 'Access Denied') : undefined,
  );
  await stage.leave('output.json', stage.inventory);
  const run = await stage.run();
  expect(run.exitCode).toBe(43);
  expect(run.message?.reports?.map(({ kind }) => kind)).toEqual(['recon']);
});

test.each([
  ['a throttling bucket', { status: 503, code: 'SlowDown' }],
  ['a bucket in trouble', { status: 500, code: 'InternalError' }],
])('%s is asked again and is then retryable', async (_name, { status, code }) => {
  stage.answer(() => s3Error(status, code, 'Please try again'));
  await stage.leave('output.json', stage.inventory);
  const run = await stage.run();
  expect(run.exitCode).toBe(1);
  expect(run.message).toMatchObject({ outcome: 'failed', code: 'upload-unavailable' });
  expect(stage.sentKeys()).toEqual([`PUT ${stage.keyPath('recon')}`, `PUT ${stage.keyPath('recon')}`]);
});

test('without credentials nothing is sent, and it is no fault of the bucket', async () => {
  await stage.leave('output.json', stage.inventory);
  const run = await stage.run({ AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '' });
  expect(run.exitCode).toBe(2);
  expect(run.message).toMatchObject({ code: 'no-credentials' });
});

test('a signal ends the wait for a credential_process that hangs', async () => {
  await stage.leave('output.json', stage.inventory);
  const { environment, asked } = await hangingCredentials(stage.directory);
  const run = await stage.run({ ...environment, AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '' }, async stop => {
    await asked();
    stop();
  });
  expect(run.exitCode).toBe(143);
  expect(run.message).toMatchObject({ outcome: 'failed', code: 'interrupted' });
});
