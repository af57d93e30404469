// How the pod ends: what was sent, what was not, and what the scan said.
import { expect, test } from 'vitest';
import { InventoryError } from '../../contract/errors.ts';
import type { UploadedReport } from '../../contract/outcome.ts';
import { decideEnd, type UploadFacts } from '../../uploader/verdict.ts';

const sent = (kind: string): UploadedReport => ({
  kind,
  key: `AWSRecon/2026/11/22/${kind}_123456789012.json`,
  versionId: 'v1',
  sha256: 'ab',
  bytes: 2,
});
const counts = { resources: 7, types: { attempted: 2, listed: 1, denied: 1 }, cells: { listed: 3, denied: 1 } };
const succeeded: UploadFacts['scan'] = { outcome: 'succeeded', counts };
const partial: UploadFacts['scan'] = {
  outcome: 'partial',
  code: 'services-denied',
  message: 'KMS was denied in eu-west-1',
  remedy: 'Grant kms:ListKeys.',
  counts,
};
const failed = (code: 'scan-denied' | 'report-missing' | 'credentials-expired'): UploadFacts['scan'] => ({
  outcome: 'failed',
  code,
  message: 'because',
});
const refused = (key: string) => new InventoryError('upload-refused', `${key} was not written: AccessDenied`);
const unavailable = (key: string) => new InventoryError('upload-unavailable', `${key} was not written: SlowDown`);
const broken = { file: 'output.json', reason: 'it is empty' };
const extra = { file: 'Notes.json', reason: 'its name is odd' };

interface Row {
  readonly name: string;
  readonly facts: Partial<UploadFacts>;
  readonly exitCode: number;
  readonly outcome: string;
  readonly code?: string;
  /** What the message must contain. */
  readonly says?: readonly string[];
}

const both = [sent('recon'), sent('scan')];
const rows: readonly Row[] = [
  { name: 'all sent', facts: { scan: succeeded, sent: both }, exitCode: 0, outcome: 'succeeded' },
  { name: 'a foreign scanner’s inventory alone', facts: { sent: [sent('recon')] }, exitCode: 0, outcome: 'succeeded' },
  {
    name: 'an unfinished file is named',
    facts: { scan: succeeded, sent: both, unfinished: ['.x.json'] },
    exitCode: 0,
    outcome: 'succeeded',
    says: ['".x.json"'],
  },
  {
    name: 'a partial scan',
    facts: { scan: partial, sent: both },
    exitCode: 0,
    outcome: 'partial',
    code: 'services-denied',
    says: ['KMS was denied in eu-west-1'],
  },
  {
    name: 'a partial scan and a rejected file',
    facts: { scan: partial, sent: both, rejected: [extra] },
    exitCode: 0,
    outcome: 'partial',
    code: 'services-denied',
    says: ['KMS was denied', '"Notes.json" (its name is odd)'],
  },
  {
    name: 'a rejected file alone',
    facts: { scan: succeeded, sent: both, rejected: [extra] },
    exitCode: 0,
    outcome: 'partial',
    code: 'report-rejected',
    says: ['"Notes.json" (its name is odd)'],
  },
  {
    name: 'a broken scan report hides the verdict',
    facts: { sent: [sent('recon')], rejected: [{ file: 'scan.json', reason: 'it is empty' }] },
    exitCode: 0,
    outcome: 'partial',
    code: 'report-rejected',
  },
  {
    name: 'a denied scan',
    facts: { scan: failed('scan-denied'), sent: both },
    exitCode: 44,
    outcome: 'failed',
    code: 'scan-denied',
  },
  {
    name: 'a scan without a report',
    facts: { scan: failed('report-missing'), sent: [sent('scan')] },
    exitCode: 44,
    outcome: 'failed',
    code: 'report-missing',
  },
  {
    name: 'credentials that expired after something was seen',
    facts: { scan: { ...partial, code: 'credentials-expired', message: 'they expired' }, sent: both },
    exitCode: 0,
    outcome: 'partial',
    code: 'credentials-expired',
    says: ['they expired'],
  },
  {
    name: 'credentials that expired before anything answered',
    facts: { scan: failed('credentials-expired'), sent: both },
    exitCode: 45,
    outcome: 'failed',
    code: 'credentials-expired',
  },
  {
    name: 'a failed scan without a code',
    facts: { scan: { outcome: 'failed' }, sent: both },
    exitCode: 44,
    outcome: 'failed',
    code: 'report-missing',
  },
  {
    name: 'expired credentials explain a broken inventory',
    facts: { scan: failed('credentials-expired'), sent: [sent('scan')], rejected: [broken] },
    exitCode: 45,
    outcome: 'failed',
    code: 'credentials-expired',
    says: ['because', '"output.json" (it is empty)'],
  },
  { name: 'nothing at all', facts: {}, exitCode: 44, outcome: 'failed', code: 'report-missing', says: ['output.json'] },
  {
    name: 'a rejected inventory',
    facts: { scan: succeeded, sent: [sent('scan')], rejected: [broken] },
    exitCode: 44,
    outcome: 'failed',
    code: 'report-missing',
    says: ['no inventory was sent; rejected: "output.json" (it is empty)'],
  },
  {
    name: 'a scan that claims success without an inventory',
    facts: { scan: succeeded, sent: [sent('scan')] },
    exitCode: 44,
    outcome: 'failed',
    code: 'report-missing',
  },
  {
    name: 'other reports do not replace the inventory',
    facts: { sent: [sent('drift')] },
    exitCode: 44,
    outcome: 'failed',
    code: 'report-missing',
  },
  {
    name: 'a refused report',
    facts: { scan: succeeded, sent: [sent('scan')], unsent: [refused('recon')] },
    exitCode: 43,
    outcome: 'failed',
    code: 'upload-refused',
    says: ['recon was not written'],
  },
  {
    name: 'a refusal outweighs what a retry could mend',
    facts: { scan: succeeded, unsent: [unavailable('recon'), refused('scan')] },
    exitCode: 43,
    outcome: 'failed',
    code: 'upload-refused',
    says: ['recon was not written', 'scan was not written'],
  },
  {
    name: 'a bucket out of reach',
    facts: { scan: failed('scan-denied'), unsent: [unavailable('recon')] },
    exitCode: 1,
    outcome: 'failed',
    code: 'upload-unavailable',
  },
  {
    name: 'no credentials',
    facts: { unsent: [refused('scan'), new InventoryError('no-credentials', 'none')] },
    exitCode: 2,
    outcome: 'failed',
    code: 'no-credentials',
  },
];

test.each(rows)('$name', ({ facts, exitCode, outcome, code, says = [] }) => {
  const end = decideEnd({ scan: undefined, sent: [], rejected: [], unfinished: [], unsent: [], ...facts });
  expect(end).toMatchObject({ exitCode, message: { outcome } });
  expect(end.message.code).toBe(code);
  for (const text of says) expect(end.message.message).toContain(text);
  expect(end.message.remedy === undefined).toBe(outcome === 'succeeded');
  expect(end.message.reports).toEqual((facts.sent ?? []).map(({ key: _key, ...report }) => report));
  expect(end.message.counts).toEqual(facts.scan?.counts);
});
