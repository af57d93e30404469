// The documents of several regions as one: a union with figures of its own.
import { describe, expect, it } from 'vitest';
import { type DriftctlDocument, driftctlDocumentSchema } from '../../../../../contract/drift/driftctl-document.ts';
import { mergeDocuments } from '../../../../../runner/scan/drift/driftctl/merge-documents.ts';
import { emptyDocument } from '../../../../clients/driftctl/fake-driftctl.ts';

const documentOf = (more: object): DriftctlDocument => driftctlDocumentSchema.parse({ ...emptyDocument, ...more });

const item = (type: string, id: string, more: object = {}) => ({ type, id, ...more });

const merge = (west: object, east: object, locations: ReadonlyMap<string, string> = new Map()) =>
  mergeDocuments({
    documents: [
      { region: 'eu-west-1', document: documentOf(west) },
      { region: 'us-east-1', document: documentOf(east) },
    ],
    locations,
    states: 3,
  });

describe('the union', () => {
  it('has each item with its region, sorted, and figures and coverage of its own', () => {
    const merged = merge(
      {
        managed: [item('aws_vpc', 'vpc-a'), item('aws_dynamodb_table', 't')],
        missing: [item('aws_eip', 'eipalloc-1')],
      },
      { unmanaged: [item('aws_vpc', 'vpc-b')], managed: [item('aws_dynamodb_table', 't')] },
    );
    expect(merged?.managed).toEqual([
      item('aws_dynamodb_table', 't', { region: 'eu-west-1' }),
      item('aws_dynamodb_table', 't', { region: 'us-east-1' }),
      item('aws_vpc', 'vpc-a', { region: 'eu-west-1' }),
    ]);
    expect(merged?.unmanaged).toEqual([item('aws_vpc', 'vpc-b', { region: 'us-east-1' })]);
    expect(merged?.summary).toEqual({
      total_resources: 5,
      total_changed: 0,
      total_unmanaged: 1,
      total_missing: 1,
      total_managed: 3,
      total_iac_source_count: 3,
    });
    expect(merged?.coverage).toBe(60);
  });

  it('has what every region shows once, as managed where one of them says so', () => {
    const merged = merge(
      {
        unmanaged: [item('aws_cloudtrail', 'trail'), item('aws_cloudtrail', 'other')],
        managed: [item('aws_iam_user', 'a')],
      },
      { managed: [item('aws_cloudtrail', 'trail')], unmanaged: [item('aws_cloudtrail', 'other')] },
    );
    expect(merged?.managed).toEqual([
      item('aws_cloudtrail', 'trail', { region: 'us-east-1' }),
      item('aws_iam_user', 'a', { region: 'global' }),
    ]);
    expect(merged?.unmanaged).toEqual([item('aws_cloudtrail', 'other', { region: 'eu-west-1' })]);
  });

  it('keeps what one run lists twice', () => {
    const twice = [item('aws_route53_record', 'Z1_a'), item('aws_route53_record', 'Z1_a')];
    expect(merge({ unmanaged: twice }, {})?.unmanaged).toHaveLength(2);
  });

  it('names the states that resources and differences come from, and not our copies', () => {
    const source = (path: string) => ({
      source: { source: `tfstate://${path}`, namespace: 'module.a', internal_name: 'b' },
    });
    const locations = new Map([['/tmp/x/eu-west-1/00000.tfstate', 'tfstate+s3://states/a.tfstate']]);
    const merged = merge(
      {
        managed: [item('aws_vpc', 'vpc-a', source('/tmp/x/eu-west-1/00000.tfstate'))],
        differences: [{ res: item('aws_vpc', 'vpc-a', source('/tmp/x/eu-west-1/00000.tfstate')), changelog: null }],
        alerts: { '': [{ message: 'Could not read /tmp/x/eu-west-1/00000.tfstate: bad' }] },
      },
      {},
      locations,
    );
    const named = { source: 'tfstate+s3://states/a.tfstate', namespace: 'module.a', internal_name: 'b' };
    expect(merged?.managed[0]?.source).toEqual(named);
    expect(merged?.differences[0]).toMatchObject({ res: { source: named, region: 'eu-west-1' }, changelog: [] });
    expect(merged?.summary.total_changed).toBe(1);
    expect(merged?.alerts).toEqual({
      '': [{ message: 'eu-west-1: Could not read tfstate+s3://states/a.tfstate: bad' }],
    });
  });

  it('has the alerts of all with their region before them', () => {
    const alert = (message: string) => [{ message }];
    const merged = merge(
      { alerts: { aws_sqs_queue: alert('forbidden'), aws_iam_user: alert('forbidden') } },
      { alerts: { aws_sqs_queue: alert('forbidden') } },
    );
    expect(merged?.alerts).toEqual({
      aws_sqs_queue: [{ message: 'eu-west-1: forbidden' }, { message: 'us-east-1: forbidden' }],
      aws_iam_user: [{ message: 'global: forbidden' }],
    });
  });

  it('has the latest date, the sum of the seconds, and the options of the first', () => {
    const options = { deep: true, only_managed: false, only_unmanaged: false };
    const merged = merge(
      { date: '2026-11-20T18:18:53.9Z', scan_duration: 4, options },
      { date: '2026-11-20T18:18:53.1Z', scan_duration: 3 },
    );
    expect(merged).toMatchObject({ date: '2026-11-20T18:18:53.9Z', scan_duration: 7, options });
  });

  it('of nothing is none', () => {
    expect(mergeDocuments({ documents: [], locations: new Map(), states: 0 })).toBeUndefined();
  });
});
