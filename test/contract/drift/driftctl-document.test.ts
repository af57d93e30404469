// driftctl's document in both of its generations, as it writes them.
import { describe, expect, it } from 'vitest';
import {
  coverageOf,
  driftctlDocumentSchema,
  parseDriftctlDocument,
  summarizeDocument,
} from '../../../contract/drift/driftctl-document.ts';

const second = {
  summary: { total_resources: 2, total_unmanaged: 1, total_missing: 0, total_managed: 1, total_iac_source_count: 1 },
  managed: [
    {
      id: 'sgrule-479227590',
      type: 'aws_security_group_rule',
      human_readable_attributes: { Ports: 'All' },
      source: { source: 'tfstate://a.tfstate', namespace: 'module.net', internal_name: 'egress' },
    },
  ],
  unmanaged: [{ id: 'mallory', type: 'aws_iam_user' }],
  missing: null,
  coverage: 50,
  alerts: { aws_sqs_queue: [{ message: 'listing aws_sqs_queue is forbidden' }] },
  provider_name: 'aws+tf',
  provider_version: '3.40.0',
  date: '2026-11-20T18:18:53.167391917Z',
};

const first = {
  options: { deep: true, only_managed: false, only_unmanaged: false },
  summary: { ...second.summary, total_changed: 1 },
  managed: second.managed,
  unmanaged: null,
  missing: null,
  differences: [
    {
      res: { id: 'b', type: 'aws_s3_bucket' },
      changelog: [
        { type: 'update', path: ['versioning', 0, 'enabled'], from: false, to: true, computed: false },
        { type: 'delete', path: ['tags', 'a'], from: 'x', to: null, computed: true },
      ],
    },
  ],
  coverage: 100,
  alerts: null,
  provider_name: 'AWS',
  provider_version: '3.19.0',
  scan_duration: 12,
  date: '2022-02-25T10:00:00Z',
};

describe('the document of driftctl', () => {
  it('of 0.40 has no lists that are null, and says none where it says nothing', () => {
    const document = driftctlDocumentSchema.parse(second);
    expect(document.missing).toEqual([]);
    expect(document.differences).toEqual([]);
    expect(document.summary.total_changed).toBe(0);
    expect(document.scan_duration).toBe(0);
    expect(document.options).toBeUndefined();
    expect(document.managed).toEqual(second.managed);
  });

  it('of 0.39 keeps its differences, options and figures', () => {
    const document = driftctlDocumentSchema.parse(first);
    expect(document.differences).toEqual(first.differences);
    expect(document.options).toEqual(first.options);
    expect(document.summary.total_changed).toBe(1);
    expect([document.alerts, document.unmanaged]).toEqual([{}, []]);
  });

  it('keeps keys that nobody knows yet', () => {
    const document = driftctlDocumentSchema.parse({
      ...second,
      hints: ['x'],
      managed: [{ id: 'a', type: 'b', new: 1 }],
    });
    expect(document).toMatchObject({ hints: ['x'], managed: [{ id: 'a', type: 'b', new: 1 }] });
  });

  it.each([
    ['no summary', { ...second, summary: undefined }],
    ['a list that is none', { ...second, managed: 'many' }],
    ['an item without an id', { ...second, missing: [{ type: 'aws_vpc' }] }],
    ['a coverage over a hundred', { ...second, coverage: 101 }],
    ['a negative figure', { ...second, summary: { ...second.summary, total_missing: -1 } }],
    ['a list', [second]],
  ])('is none with %s', (_words, value) => {
    expect(driftctlDocumentSchema.safeParse(value).success).toBe(false);
  });

  it('counts its lists as driftctl does', () => {
    const lists = driftctlDocumentSchema.parse({ ...first, missing: [{ id: 'g', type: 'aws_iam_user' }] });
    expect(summarizeDocument(lists)).toEqual({
      total_resources: 2,
      total_changed: 1,
      total_unmanaged: 0,
      total_missing: 1,
      total_managed: 1,
    });
  });
});

describe('coverage', () => {
  it.each([
    [0, 0, 0],
    [12, 25, 48],
    [23, 23, 100],
    [1, 3, 33],
    [2, 3, 66],
    // In 64 bits 0.29 × 100 is 28.999…
    [29, 100, 29],
    [199, 200, 99],
  ])('of %i of %i is %i', (managed, total, percent) => {
    expect(coverageOf(managed, total)).toBe(percent);
  });
});

describe('a document of a version', () => {
  it.each([
    ['v0.39.0', 1, 1],
    ['0.20.0', 1, 1],
    ['v0.40.0', 0, 0],
    ['v1.0.0', 0, 0],
  ])('%s has %i differences', (version, differences, changed) => {
    expect(parseDriftctlDocument(first, version)).toMatchObject({ summary: { total_changed: changed } });
    const document = parseDriftctlDocument(first, version);
    expect(typeof document === 'object' && document.differences.length).toBe(differences);
  });

  it('of the first generation is none without its figure of changed resources, nor without its differences', () => {
    expect(parseDriftctlDocument(second, 'v0.39.0')).toMatch(/^its document is not that of driftctl v0\.39\.0: /);
    expect(parseDriftctlDocument({ ...first, differences: undefined }, 'v0.39.0')).toContain('differences');
    expect(parseDriftctlDocument({ ...first, differences: null }, 'v0.39.0')).toMatchObject({ differences: [] });
  });

  it('of the second needs neither', () => {
    expect(parseDriftctlDocument(second, 'v0.40.0')).toMatchObject({ differences: [], coverage: 50 });
    expect(parseDriftctlDocument([], 'v0.40.0')).toContain('driftctl v0.40.0');
  });
});
