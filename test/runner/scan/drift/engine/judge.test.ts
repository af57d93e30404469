// One verdict for each resource, by a table of what was declared, found and not seen.
import { describe, expect, it } from 'vitest';
import type { DriftChange } from '../../../../../contract/drift/drift-report.ts';
import { type JudgeFacts, judgeResources } from '../../../../../runner/scan/drift/engine/judge.ts';
import type { JoinedResource } from '../../../../../runner/scan/drift/resources.ts';
import { declared, found, joined } from '../drift-fixture.ts';

const change: DriftChange = { type: 'update', path: ['acl'], from: 'private', to: 'public-read', computed: false };

const judge = (resources: readonly JoinedResource[], facts: Partial<JudgeFacts> = {}) =>
  judgeResources({ joined: resources, stacks: [], regions: new Set(['eu-west-1']), compare: () => [], ...facts });

describe('the verdict', () => {
  it.each<[string, JoinedResource, readonly DriftChange[], object]>([
    ['managed', joined({ declared: declared(), found: found() }), [], { changes: [], reason: undefined }],
    ['changed', joined({ declared: declared(), found: found() }), [change], { changes: [change] }],
    ['missing', joined({ declared: declared() }), [change], { changes: [], reason: undefined }],
    [
      'unknown',
      joined({ declared: declared(), unseen: 's3:ListBuckets was denied' }),
      [],
      { reason: 's3:ListBuckets was denied' },
    ],
    ['managed', joined({ declared: declared(), found: found(), unseen: 'only in part' }), [], {}],
    ['unknown', { ...joined({ declared: declared(), found: found() }), doubt: 'a ghost' }, [], { reason: 'a ghost' }],
    ['unknown', { ...joined({ found: found() }), doubt: 'a ghost' }, [], { reason: 'a ghost' }],
    ['unmanaged', joined({ found: found() }), [change], { changes: [], manager: undefined, reason: undefined }],
  ])('is %s for %o', (verdict, resource, changes, more) => {
    expect(judge([resource], { compare: () => changes })).toEqual([
      expect.objectContaining({ ...resource, verdict, ...more }),
    ]);
  });

  it('compares what was declared with what was found, and nothing else', () => {
    const pairs: unknown[] = [];
    const both = joined({ declared: declared(), found: found() });
    judge([both, joined({ declared: declared() }), joined({ found: found() })], {
      compare: pair => {
        pairs.push(pair);
        return [];
      },
    });
    expect(pairs).toEqual([{ declared: both.declared, found: both.found }]);
  });

  it('is of the state for what a stack has too', () => {
    const stack = {
      region: 'eu-west-1',
      stack: 's',
      stackId: 'arn:s',
      resourceType: 'AWS::S3::Bucket',
      physicalId: 'logs',
    };
    const resources = [joined({ declared: declared(), found: found() }), joined({ found: found() })];
    expect(judge(resources, { stacks: [stack] }).map(({ verdict }) => verdict)).toEqual([
      'managed',
      'managed-by-stack',
    ]);
  });

  it('is none for what AWS makes with each whole, unless a state declares it', () => {
    const local = found({ resourceType: 'AWS::EC2::Route', type: 'aws_route', byDefault: true, partOf: 'rtb-1' });
    expect(judge([joined({ found: local })])).toEqual([]);
    expect(judge([joined({ found: local, declared: declared() })]).map(({ verdict }) => verdict)).toEqual(['managed']);
  });

  it('is one for each of many', () => {
    const many = Array.from({ length: 20_000 }, (_, at) => joined({ found: found({ id: `b${at}` }) }));
    expect(judge(many).filter(({ verdict }) => verdict === 'unmanaged')).toHaveLength(20_000);
  });
});
