// The verdict on an account's scan, by tables.
import { describe, expect, it } from 'vitest';
import {
  type Cell,
  type CellOutcome,
  cellOutcomeSchema,
  foldCells,
  type ToolResult,
} from '../../../contract/scan-report.ts';
import { countScan, judgeCells, judgeScan, type Verdict } from '../../../runner/scan/verdict.ts';

const cell = (outcome: CellOutcome, more: Partial<Cell> = {}): Cell => ({
  region: 'eu-west-1',
  type: 'AWS::KMS::Key',
  service: 'KMS',
  tier: 'native',
  outcome,
  resources: outcome === 'listed' ? 2 : 0,
  ...more,
});

const listed = cell('listed', { type: 'AWS::S3::Bucket', service: 'S3', region: 'global' });
const scp = { byServiceControlPolicy: true } as const;
const accepted = { accepted: 'the shared network account owns them' } as const;

describe('the verdict on cells', () => {
  it.each<[string, Cell[], string, string | undefined]>([
    ['all listed', [listed], 'succeeded', undefined],
    ['nothing there', [cell('empty')], 'succeeded', undefined],
    ['not enabled beside a listing', [listed, cell('not-enabled')], 'succeeded', undefined],
    ['not in the region beside a listing', [listed, cell('not-in-region')], 'succeeded', undefined],
    ['unsupported beside a listing', [listed, cell('unsupported')], 'succeeded', undefined],
    ['denied by a service control policy', [listed, cell('denied', scp)], 'succeeded', undefined],
    ['denied as the settings expect', [listed, cell('denied', accepted)], 'succeeded', undefined],
    ['failed as the settings expect', [listed, cell('failed', accepted)], 'succeeded', undefined],
    ['one expected, and one not', [listed, cell('denied', accepted), cell('denied')], 'partial', 'services-denied'],
    [
      'truncated where it was expected denied',
      [listed, cell('denied', { ...accepted, truncated: 1 })],
      'partial',
      'resources-truncated',
    ],
    ['every one denied, as expected', [cell('denied', accepted)], 'failed', 'scan-denied'],
    ['one denied', [listed, cell('denied')], 'partial', 'services-denied'],
    ['one throttled', [listed, cell('throttled')], 'partial', 'services-throttled'],
    ['one failed', [listed, cell('failed')], 'partial', 'services-failed'],
    ['one truncated', [cell('listed', { truncated: 5 })], 'partial', 'resources-truncated'],
    ['denied and throttled', [listed, cell('throttled'), cell('denied')], 'partial', 'services-denied'],
    ['denied after some pages', [cell('denied', { resources: 3 })], 'partial', 'services-denied'],
    ['every one denied', [cell('denied'), cell('denied'), cell('not-in-region')], 'failed', 'scan-denied'],
    ['every one denied from above', [cell('denied', scp)], 'failed', 'scan-denied'],
    ['denied and throttled, nothing seen', [cell('denied'), cell('throttled')], 'failed', 'report-missing'],
    ['every one failed', [cell('failed')], 'failed', 'report-missing'],
    ['nowhere enabled', [cell('not-enabled')], 'failed', 'report-missing'],
    ['nothing asked', [], 'failed', 'report-missing'],
  ])('%s', (_case, cells, outcome, code) => {
    expect(judgeCells(cells)).toMatchObject({ outcome, ...(code === undefined ? {} : { code }) });
  });

  it('is partial when the deadline ended a scan that had seen something', () => {
    expect(judgeCells([listed, cell('failed')], 'scan-deadline')).toMatchObject({
      outcome: 'partial',
      code: 'scan-deadline',
    });
    expect(judgeCells([cell('failed')], 'scan-deadline').outcome).toBe('failed');
  });

  it('is partial when the credentials expired after something had been seen, and failed when nothing had', () => {
    const seen = judgeCells([listed, cell('failed')], 'credentials-expired');
    expect(seen).toMatchObject({ outcome: 'partial', code: 'credentials-expired' });
    expect(seen.message).toMatch(/^The credentials expired during the scan\. failed: /);
    const unseen = judgeCells([cell('failed')], 'credentials-expired');
    expect(unseen).toMatchObject({ outcome: 'failed', code: 'credentials-expired' });
  });

  it('names services, regions and the actions to grant', () => {
    const cells = ['eu-west-1', 'eu-central-1'].map(region => cell('denied', { region, action: 'kms:ListKeys' }));
    const { message } = judgeCells([listed, ...cells, cell('throttled', { service: 'SQS' })]);
    expect(message).toBe('denied: KMS (kms:ListKeys) in eu-west-1, eu-central-1. throttled: SQS in eu-west-1');
  });

  it('names a service once, however many of its types were denied', () => {
    const types = ['AWS::KMS::Key', 'AWS::KMS::Alias', 'AWS::KMS::ReplicaKey'];
    const cells = types.map(type => cell('denied', { type, action: 'kms:ListKeys' }));
    expect(judgeCells([listed, ...cells]).message).toBe('denied: KMS (kms:ListKeys) in eu-west-1');
  });

  it('stays short however much is missing', () => {
    const cells = Array.from({ length: 40 }, (_none, service) =>
      Array.from({ length: 30 }, (_no, region) =>
        cell('denied', { service: `Service${service}`, region: `region-${region % (service + 1)}-${region}` }),
      ),
    ).flat();
    expect(judgeCells([listed, ...cells]).message?.length).toBeLessThan(400);
  });

  it('knows every outcome of a cell', () => {
    for (const outcome of cellOutcomeSchema.options)
      expect(judgeCells([listed, cell(outcome)]).outcome).not.toBe('failed');
  });
});

const tool = (verdict: Verdict, cells: Cell[] = []): ToolResult => ({
  tool: 'inventory',
  verdict,
  resources: 3,
  seconds: 1,
  cells: foldCells(cells),
});
const killed: Verdict = { outcome: 'failed', code: 'container-killed', message: 'inventory was killed by SIGKILL' };

describe('the verdict on the account', () => {
  it.each<[string, Verdict, boolean, string, string | undefined]>([
    ['a report and no complaint', { outcome: 'succeeded' }, true, 'succeeded', undefined],
    ['no complaint and no report', { outcome: 'succeeded' }, false, 'failed', 'report-missing'],
    ['a killed tool whose report was recovered', killed, true, 'partial', 'container-killed'],
    ['a killed tool without a report', killed, false, 'failed', 'report-missing'],
    ['every listing denied', { outcome: 'failed', code: 'scan-denied' }, false, 'failed', 'scan-denied'],
    [
      'expired, with what was seen',
      { outcome: 'partial', code: 'credentials-expired' },
      true,
      'partial',
      'credentials-expired',
    ],
    [
      'expired, with a report in which nothing answered',
      { outcome: 'failed', code: 'credentials-expired' },
      true,
      'failed',
      'credentials-expired',
    ],
    [
      'expired, and its report is lost',
      { outcome: 'partial', code: 'credentials-expired' },
      false,
      'failed',
      'report-missing',
    ],
    ['a partial tool', { outcome: 'partial', code: 'services-denied' }, true, 'partial', 'services-denied'],
    ['a deadline without a report', { outcome: 'failed', code: 'scan-deadline' }, false, 'failed', 'report-missing'],
  ])('%s', (_case, verdict, inventory, outcome, code) => {
    expect(judgeScan([tool(verdict)], { inventory })).toMatchObject({
      outcome,
      ...(code === undefined ? {} : { code }),
    });
  });

  it('takes the worst of several tools', () => {
    const tools = [tool({ outcome: 'partial', code: 'services-failed' }), tool(killed), tool({ outcome: 'succeeded' })];
    expect(judgeScan(tools, { inventory: true })).toMatchObject({ outcome: 'partial', code: 'container-killed' });
  });

  const ofDrift = (verdict: Verdict): ToolResult => ({ ...tool(verdict), tool: 'drift', resources: 0 });

  it.each<[string, Verdict, Verdict, boolean, string, string]>([
    [
      'a refused role of the states',
      { outcome: 'succeeded' },
      { outcome: 'failed', code: 'state-role-refused', message: 'refused' },
      true,
      'partial',
      'state-role-refused',
    ],
    [
      'expired credentials while it compared',
      { outcome: 'succeeded' },
      { outcome: 'failed', code: 'credentials-expired', message: 'expired' },
      true,
      'partial',
      'credentials-expired',
    ],
    [
      'expired credentials of both',
      { outcome: 'partial', code: 'credentials-expired', message: 'expired' },
      { outcome: 'failed', code: 'credentials-expired', message: 'expired too' },
      true,
      'partial',
      'credentials-expired',
    ],
    [
      'nothing seen at all',
      { outcome: 'failed', code: 'scan-denied', message: 'all denied' },
      { outcome: 'failed', code: 'drift-failed', message: 'no inventory' },
      false,
      'failed',
      'scan-denied',
    ],
    [
      'expired credentials while it compared with nothing',
      { outcome: 'failed', code: 'container-failed', message: 'crashed' },
      { outcome: 'failed', code: 'credentials-expired', message: 'expired' },
      false,
      'failed',
      'report-missing',
    ],
  ])('of a drift with %s', (_case, inventory, drift, isThere, outcome, code) => {
    const verdict = judgeScan([tool(inventory), ofDrift(drift)], { inventory: isThere });
    expect([verdict.outcome, verdict.code]).toEqual([outcome, code]);
    for (const { message = '' } of [inventory, drift]) expect(verdict.message).toContain(message);
  });

  it('counts cells by outcome over all tools', () => {
    const tools = [tool({ outcome: 'succeeded' }, [listed, cell('empty')]), tool({ outcome: 'succeeded' }, [listed])];
    expect(countScan(tools)).toEqual({
      resources: 6,
      types: { attempted: 2, listed: 1, empty: 1 },
      cells: { listed: 2, empty: 1 },
    });
  });

  it('counts every region of a row, and each type once', () => {
    const regions = ['eu-west-1', 'eu-central-1', 'us-east-1'];
    const cells = [
      ...regions.map(region => cell('empty', { region })),
      cell('denied', { region: 'sa-east-1', ...accepted }),
      cell('listed', { type: 'tagging', service: 'tagging', tier: 'account' }),
    ];
    expect(foldCells(cells)).toHaveLength(3);
    expect(countScan([tool({ outcome: 'succeeded' }, cells)])).toEqual({
      resources: 3,
      types: { attempted: 1, empty: 1 },
      cells: { empty: 3, denied: 1, listed: 1 },
      accepted: 1,
    });
  });
});
