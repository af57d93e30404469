// The upload container as a process, against moto: what is sent, what is not, and how the pod ends.
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterEach, beforeEach, expect, inject, test } from 'vitest';
import { openUploadStage, scanReport, sha256, type UploadStage } from './upload-stage.ts';

let stage: UploadStage;

beforeEach(async () => {
  stage = await openUploadStage();
});

afterEach(() => stage.close());

const counts = { resources: 1, cells: { listed: 1 } };

test('reports go to their dated keys unchanged, the list of them last', async () => {
  await stage.leave('output.json', stage.inventory);
  await stage.leave('scan.json', scanReport(stage.account, { outcome: 'succeeded', counts }));
  await stage.leave('drift.json', { account: stage.account, drift: [] });
  const run = await stage.run();
  expect(run.exitCode).toBe(0);
  expect(stage.sentKeys()).toEqual(['drift', 'recon', 'scan', 'upload'].map(kind => `PUT ${stage.keyPath(kind)}`));
  const text = JSON.stringify(stage.inventory);
  expect(await stage.stored('recon')).toBe(text);
  expect(run.message).toMatchObject({ outcome: 'succeeded', counts });
  expect(run.message?.reports?.map(({ kind }) => kind)).toEqual(['drift', 'recon', 'scan']);
  expect(run.message?.reports?.[1]).toEqual({
    kind: 'recon',
    versionId: null,
    sha256: sha256(text),
    bytes: Buffer.byteLength(text),
  });
  const record = await stage.storedRecord();
  expect(record).toMatchObject({
    run: 'test-run',
    account: stage.account,
    outcome: { outcome: 'succeeded' },
    rejected: [],
  });
  expect(record.reports[1]?.key).toBe(`${stage.folder}/recon_${stage.account}.json`);
});

test('each object is checked by S3, typed, and says where it comes from', async () => {
  await stage.leave('output.json', stage.inventory);
  await stage.run({ INVENTORY_BUCKET_OWNER: '999988887777', INVENTORY_KMS_KEY: 'alias/reports' });
  const text = JSON.stringify(stage.inventory);
  expect(stage.requests[0]?.headers).toMatchObject({
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(text)),
    'x-amz-checksum-sha256': createHash('sha256').update(text).digest('base64'),
    'x-amz-expected-bucket-owner': '999988887777',
    'x-amz-server-side-encryption': 'aws:kms',
    'x-amz-server-side-encryption-aws-kms-key-id': 'alias/reports',
    'x-amz-meta-run': 'test-run',
    'x-amz-meta-account': stage.account,
    'x-amz-meta-sha256': sha256(text),
  });
  const optional = /^x-amz-(expected-bucket-owner|server-side-encryption|acl|tagging)/;
  stage.requests.length = 0;
  await stage.run();
  expect(Object.keys(stage.requests[0]?.headers ?? {}).filter(name => optional.test(name))).toEqual([]);
});

test('in a versioned bucket the versions are told', async () => {
  await fetch(`${inject('simulator')}/${stage.bucket}?versioning`, {
    method: 'PUT',
    body: '<VersioningConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Status>Enabled</Status></VersioningConfiguration>',
  });
  await stage.leave('output.json', stage.inventory);
  const run = await stage.run();
  await fetch(`${inject('simulator')}/${stage.bucket}?versioning`, {
    method: 'PUT',
    body: '<VersioningConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Status>Suspended</Status></VersioningConfiguration>',
  });
  expect(run.message?.reports?.[0]?.versionId).toMatch(/^\S{8,}$/);
});

test('everything but the inventory goes to another prefix when one is set', async () => {
  await stage.leave('output.json', stage.inventory);
  await stage.leave('drift.json', {});
  await stage.run({ INVENTORY_OTHER_PREFIX: 'Other' });
  expect(stage.sentKeys()).toEqual([
    `PUT /${stage.bucket}/Other/2026/11/22/drift_${stage.account}.json`,
    `PUT ${stage.keyPath('recon')}`,
    `PUT /${stage.bucket}/Other/2026/11/22/upload_${stage.account}.json`,
  ]);
});

test('what is no report is named and neither sent, opened nor touched', async () => {
  const outside = join(stage.directory, 'outside.json');
  await writeFile(outside, JSON.stringify({ account: stage.account }));
  await stage.leave('output.json', stage.inventory);
  await symlink(outside, join(stage.reports, 'linked.json'));
  await mkdir(join(stage.reports, 'folder.json'));
  await execa('mkfifo', [join(stage.reports, 'pipe.json')]);
  await stage.leave('Upper.json', {});
  await stage.leave('run.json', {});
  await stage.leave('notes.txt', 'x');
  await stage.leave('foreign.json', { account: '999988887777' });
  await stage.leave('bom.json', '\ufeff{}');
  await stage.leave('half.json', '{"a":[');
  await stage.leave('.temporary.json', '{');
  const before = await readdir(stage.reports);
  const run = await stage.run();
  expect(run.exitCode).toBe(0);
  expect(run.message).toMatchObject({ outcome: 'partial', code: 'report-rejected' });
  expect(stage.sentKeys()).toEqual([`PUT ${stage.keyPath('recon')}`, `PUT ${stage.keyPath('upload')}`]);
  const reasons = Object.fromEntries((await stage.storedRecord()).rejected.map(({ file, reason }) => [file, reason]));
  expect(reasons).toEqual({
    'linked.json': 'it is a symbolic link',
    'folder.json': 'it is a directory',
    'pipe.json': 'it is not a regular file',
    'Upper.json': expect.stringContaining('its name'),
    'run.json': 'the name run is reserved',
    'notes.txt': 'its name does not end in .json',
    'foreign.json': `its account is "999988887777", not ${stage.account}`,
    'bom.json': 'it begins with a byte order mark, which JSON does not have',
    'half.json': 'it is cut off: the JSON is not complete after 6 bytes',
  });
  expect(run.log).toContain('.temporary.json');
  expect(await readdir(stage.reports)).toEqual(before);
  expect(await readFile(outside, 'utf8')).toBe(JSON.stringify({ account: stage.account }));
});

test.each([
  ['half a JSON', '[{"account":"123456789012"', 'it is cut off'],
  ['nothing', '', 'it is empty'],
  ['another account’s inventory', [{ account: '999988887777' }], 'is "999988887777"'],
])('an inventory that is %s fails the Job and is not sent', async (_name, content, reason) => {
  await stage.leave(
    'output.json',
    content === '[{"account":"123456789012"' ? `[{"account":"${stage.account}"` : content,
  );
  const run = await stage.run();
  expect(run.exitCode).toBe(44);
  expect(run.message).toMatchObject({ outcome: 'failed', code: 'report-missing' });
  expect(run.message?.message).toContain(reason);
  expect(stage.sentKeys()).toEqual([`PUT ${stage.keyPath('upload')}`]);
});

test('an empty directory fails the Job, and the record says so', async () => {
  const run = await stage.run();
  expect(run.exitCode).toBe(44);
  expect(await stage.storedRecord()).toMatchObject({
    outcome: { outcome: 'failed', code: 'report-missing' },
    reports: [],
  });
});

test('a failed scan’s reports are sent, and its verdict is the pod’s', async () => {
  await stage.leave('output.json', []);
  await stage.leave(
    'scan.json',
    scanReport(stage.account, { outcome: 'failed', code: 'credentials-expired', message: 'they expired', counts }),
  );
  const run = await stage.run();
  expect(run.exitCode).toBe(45);
  expect(run.message).toMatchObject({
    outcome: 'failed',
    code: 'credentials-expired',
    message: 'they expired',
    counts,
  });
  expect(run.message?.reports?.map(({ kind }) => kind)).toEqual(['recon', 'scan']);
  expect((await stage.storedRecord()).scan).toMatchObject({ code: 'credentials-expired' });
});

test('a scan report that is none, or of another run, is rejected', async () => {
  await stage.leave('output.json', stage.inventory);
  await stage.leave('scan.json', { schemaVersion: 1, account: stage.account });
  expect((await stage.run()).message).toMatchObject({ outcome: 'partial', code: 'report-rejected' });
  await stage.leave('scan.json', { ...scanReport(stage.account, { outcome: 'succeeded' }), run: 'yesterday' });
  expect((await stage.run()).message?.message).toContain('"yesterday"');
});
