import { describe, expect, it } from 'vitest';
import { type DriftctlResult, readDriftctlResult } from '../../../exporter/driftctl-result/read-document.ts';
import { documentFamilies, driftctlFamilies } from '../../../exporter/driftctl-result/result-families.ts';
import { renderFamilies } from '../../../reports/metrics/exposition.ts';
import { emptyResult, goldenLines, goldenResult, laterResult } from './results.ts';

const read = (value: unknown): DriftctlResult => {
  const result = readDriftctlResult(Buffer.from(JSON.stringify(value)));
  if (typeof result === 'string') throw new Error(result);
  return result;
};
const linesOf = (text: string): string[] => text.split('\n').filter(line => line !== '' && !line.startsWith('#'));
const tenOf = (value: unknown): string[] => linesOf(renderFamilies(driftctlFamilies(read(value))));

describe('the ten families', () => {
  it('have the totals of the summary and the counts of the lists', () => {
    expect(tenOf(goldenResult)).toEqual(goldenLines);
  });

  it('have the names, the order and the sentences of the driftctl exporter', () => {
    const heads = renderFamilies(driftctlFamilies(read(emptyResult)))
      .split('\n')
      .filter(line => line.startsWith('# HELP '));
    expect(heads).toEqual([
      '# HELP total_resources Number of resources found by driftctl.',
      '# HELP total_changed Number of resources that are declared on Iac but were changed externally.',
      '# HELP total_unmanaged Number of resources present on cloud provider but no declared on Iac.',
      '# HELP total_missing Number of resources declared on Iac but missing from the cloud provider.',
      '# HELP total_managed Number of resources fully managed by Iac.',
      '# HELP coverage Relation between `total_managed` and `total_resources`.',
      '# HELP managed_items_count_by_type Resources by type fully managed by Iac. Eg: number of `aws_s3_bucket` and so on.',
      '# HELP unmanaged_items_count_by_type Resources present on cloud provider but no declared on Iac.Eg: number of `aws_iam_user` and so on.',
      '# HELP missing_items_count_by_type Resources declared on Iac but missing from the cloud provider.Eg: number of `aws_sqs_queue` and so on.',
      '# HELP changed_items_count_by_type Resources that are declared on Iac but were changed externally.by resource type. Eg: number of `aws_dynamodb_table` and so on.',
    ]);
  });

  it('are zeros where 0.40 writes null, and total_changed is 0 where there is none', () => {
    const [, ...rest] = tenOf(emptyResult);
    expect(rest).toEqual(['total_changed 0', 'total_unmanaged 0', 'total_missing 0', 'total_managed 0', 'coverage 0']);
    expect(tenOf(laterResult)).toContain('unmanaged_items_count_by_type{resource="aws_sqs_queue"} 1');
  });
});

describe('what else the document says', () => {
  const othersOf = (value: unknown): string[] => linesOf(renderFamilies(documentFamilies(read(value))));
  const info = (engine: string, version: string, provider: string): string =>
    `aws_inventory_driftctl_result_info{engine="${engine}",provider_name="aws+tf",provider_version="${provider}",version="${version}"} 1`;

  it('tells the generation by its form, and whether changes were looked for', () => {
    expect(othersOf(goldenResult)).toEqual([
      info('driftctl', '<=0.39', '3.19.0'),
      'aws_inventory_driftctl_compares_changes 1',
    ]);
    const shallow = {
      ...goldenResult,
      options: undefined,
      differences: null,
      summary: { ...goldenResult.summary, total_changed: 0 },
    };
    expect(othersOf(shallow)).toContain('aws_inventory_driftctl_compares_changes 0');
    expect(othersOf(emptyResult)[0]).toBe(info('driftctl', '>=0.40', '3.40.0'));
  });

  it('names the version and the engine of what `aws-inventory drift` has written', () => {
    const engines = [
      { engine: 'ours', outcome: 'not-asked' },
      { engine: 'driftctl', outcome: 'drift', version: 'v0.40.0' },
    ];
    const summary = { ...laterResult.summary, total_changed: 0 };
    const passed = { ...laterResult, summary, engines, options: { deep: false }, differences: [] };
    expect(othersOf({ ...passed, engine: 'driftctl' })[0]).toBe(info('driftctl', 'v0.40.0', '3.40.0'));
    expect(othersOf({ ...passed, engine: 'ours', options: { deep: true } }).slice(0, 2)).toEqual([
      info('ours', '', '3.40.0'),
      'aws_inventory_driftctl_compares_changes 1',
    ]);
  });

  it('has its time, how long it took, and what it could not see', () => {
    expect(othersOf(laterResult).slice(2)).toEqual([
      'aws_inventory_driftctl_scan_timestamp_seconds 1795198733.167',
      'aws_inventory_driftctl_scan_duration_seconds 11',
      'aws_inventory_driftctl_alerts{resource=""} 2',
      'aws_inventory_driftctl_alerts{resource="aws_iam_user"} 1',
    ]);
  });
});

describe('a document that is none', () => {
  const whole = JSON.stringify(goldenResult);
  it.each([
    ['half of one', Buffer.from(whole.slice(0, whole.length / 2)), /no JSON, or not whole/],
    ['nothing', Buffer.alloc(0), /no JSON/],
    ['bytes of another alphabet', Buffer.from([0x22, 0xff, 0x22]), /no JSON/],
    ['a list', Buffer.from('[]'), /no result of driftctl: the document/],
    ['one without a summary', Buffer.from('{"coverage":3}'), /summary/],
    [
      'one with a total that is text',
      Buffer.from(whole.replace('"total_resources":16', '"total_resources":"16"')),
      /summary\.total_resources/,
    ],
    [
      'one with items of no type',
      Buffer.from(whole.replace('"type":"aws_ami"', '"kind":"aws_ami"')),
      /managed\.0\.type/,
    ],
  ])('is %s, and it says what is wrong', (_name, bytes, message) => {
    expect(readDriftctlResult(bytes)).toMatch(message);
  });
});
