// Cells as scan.json writes them: regions of which all the same is to be said share a row, and come out as they went in.
import { describe, expect, it } from 'vitest';
import { type Cell, cellRowSchema, foldCells, unfoldCells } from '../../contract/scan-report.ts';

const cell = (more: Partial<Cell> = {}): Cell => ({
  ...{ type: 'AWS::SQS::Queue', service: 'SQS', tier: 'native', region: 'eu-west-1', outcome: 'empty', resources: 0 },
  ...more,
});
const regions = ['eu-west-1', 'eu-central-1', 'us-east-1'];
const key = ({ region, type }: Cell) => `${type} ${region}`;
const sorted = (cells: readonly Cell[]) => cells.toSorted((a, b) => (key(a) < key(b) ? -1 : 1));

describe('cells', () => {
  it('of which all the same is to be said share a row', () => {
    const rows = foldCells(regions.map(region => cell({ region })));
    expect(rows).toEqual([{ ...cell(), region: undefined, regions }]);
  });

  it.each<[string, Partial<Cell>]>([
    ['type', { type: 'AWS::SNS::Topic' }],
    ['tier', { tier: 'cloud-control' }],
    ['outcome', { outcome: 'denied' }],
    ['number of resources', { outcome: 'listed', resources: 1 }],
    ['error', { outcome: 'failed', error: 'no' }],
    ['refused action', { outcome: 'denied', action: 'sqs:ListQueues' }],
    ['policy above the account', { outcome: 'denied', byServiceControlPolicy: true }],
    ['cap', { outcome: 'listed', truncated: 3 }],
    ['excuse', { outcome: 'denied', accepted: 'as planned' }],
    ['hint', { hinted: 2 }],
  ])('that differ in their %s do not', (_fact, more) => {
    expect(foldCells([cell(), cell({ region: 'us-east-1', ...more })])).toHaveLength(2);
  });

  it('come out of their rows as they went in', () => {
    const cells = regions.flatMap((region, index) => [
      cell({ region }),
      cell({ region, type: 'AWS::SNS::Topic', outcome: 'listed', resources: index }),
      cell({ region, type: 'AWS::KMS::Key', outcome: 'denied', error: 'no', action: 'kms:ListKeys' }),
    ]);
    const rows = foldCells(cells);
    expect(rows).toHaveLength(5);
    expect(rows.map(row => cellRowSchema.parse(row))).toEqual(rows);
    expect(sorted(unfoldCells(rows))).toEqual(sorted(cells));
  });

  it('that are none are no rows', () => {
    expect(foldCells([])).toEqual([]);
    expect(cellRowSchema.safeParse({ ...foldCells([cell()])[0], regions: [] }).success).toBe(false);
  });
});
