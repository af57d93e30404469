// The verdict on driftctl's runs: what was not seen is never "in sync".
import { describe, expect, it } from 'vitest';
import { type DriftctlDocument, driftctlDocumentSchema } from '../../../../../contract/drift/driftctl-document.ts';
import { judgeRuns } from '../../../../../runner/scan/drift/driftctl/judge-runs.ts';
import { emptyDocument } from '../../../../clients/driftctl/fake-driftctl.ts';

const documentOf = (summary: object): DriftctlDocument =>
  driftctlDocumentSchema.parse({ ...emptyDocument, summary: { ...emptyDocument.summary, ...summary } });

const synced = documentOf({ total_resources: 3, total_managed: 3 });
const drifted = documentOf({ total_resources: 3, total_managed: 2, total_missing: 1 });
const changed = documentOf({ total_resources: 3, total_managed: 3, total_changed: 1 });
const nothing = documentOf({});

const ran = (exit: number | null, message?: string) => ({
  region: 'eu-west-1',
  exit,
  ...(message === undefined ? {} : { message }),
});
const denied = { aws_sqs_queue: [{ message: 'eu-west-1: listing aws_sqs_queue is forbidden' }] };
const advice = { '': [{ message: 'eu-west-1: You have rules that could be false positives' }] };

describe('the outcome', () => {
  it.each([
    ['in-sync', 'of runs without a difference', [ran(0)], synced, {}],
    ['in-sync', 'of an account in which nothing is', [ran(0)], nothing, {}],
    ['drift', 'of a missing resource', [ran(1)], drifted, {}],
    ['drift', 'of a changed attribute', [ran(1)], changed, {}],
    ['drift', 'of drift of which driftctl doubts a part', [ran(1)], drifted, advice],
    ['partial', 'of a clean result beside any alert', [ran(0)], synced, advice],
    ['partial', 'of a denied type beside a clean result', [ran(0)], synced, denied],
    ['partial', 'of a denied type beside drift', [ran(1)], drifted, denied],
    ['partial', 'of one region that failed', [ran(0), ran(2, 'it ended with 2')], synced, {}],
    ['failed', 'of nothing seen and something denied', [ran(0)], nothing, denied],
    ['failed', 'of regions that all failed', [ran(2, 'it ended with 2'), ran(null, 'no time')], undefined, {}],
    ['failed', 'of no region', [], undefined, {}],
  ] as const)('is %s %s', (outcome, _words, runs, document, alerts) => {
    expect(judgeRuns({ runs, document, alerts }).outcome).toBe(outcome);
  });

  it('comes with the failures by region and the types that were not seen', () => {
    const many = Object.fromEntries(
      ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map(name => [`aws_${name}`, denied.aws_sqs_queue]),
    );
    const judged = judgeRuns({ runs: [ran(0), ran(2, 'it ended with 2')], document: synced, alerts: many });
    expect(judged.message).toBe(
      'eu-west-1: it ended with 2; not everything was seen: aws_a, aws_b, aws_c, aws_d, aws_e and 2 more',
    );
    expect(judgeRuns({ runs: [ran(2, 'why')], document: undefined, alerts: {} }).message).toBe('eu-west-1: why');
  });
});
