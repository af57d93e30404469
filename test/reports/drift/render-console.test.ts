// What a person reads of a drift report: driftctl's words first, then what it does not know; nothing can draw on the screen.
import { describe, expect, it } from 'vitest';
import type { DriftItem } from '../../../contract/drift/drift-report.ts';
import { renderDriftConsole } from '../../../reports/drift/render-console.ts';
import { item, report } from './report-fixture.ts';

const source = {
  source: 'tfstate+s3://states/a',
  namespace: 'module.net',
  internal_name: 'main',
  address: 'module.net.aws_vpc.main',
};
const vpc = (given: Partial<DriftItem> = {}) => item({ id: 'vpc-1', type: 'aws_vpc', source, ...given });

describe('the counts', () => {
  it('are driftctl’s, in its words', () => {
    const text = renderDriftConsole(
      report({ managed: [vpc(), vpc({ id: 'vpc-2' })], unmanaged: [item()], missing: [vpc({ id: 'vpc-3' })] }),
    );
    expect(text).toContain(
      [
        'Found 4 resource(s)',
        ' - 50% coverage',
        ' - 2 resource(s) managed by Terraform',
        '     - 0/2 resource(s) out of sync with Terraform state',
        ' - 1 resource(s) not managed by Terraform',
        ' - 1 resource(s) found in a Terraform state but missing on the cloud provider',
        '',
      ].join('\n'),
    );
    expect(text).not.toContain('Congrats');
  });

  it('of an account in sync end as driftctl’s', () => {
    expect(renderDriftConsole(report({ managed: [vpc()] }))).toBe(
      'Found 1 resource(s)\n - 100% coverage\nCongrats! Your infrastructure is fully in sync.\n',
    );
  });

  it.each([
    [{ managed: [vpc()], alerts: { '': [{ message: 'one state was denied' }] } }, 'No drift in what could be seen'],
    [{ managed: [vpc()], unknown: [vpc({ id: 'x', reason: 'denied' })] }, 'No drift in what could be seen'],
    [{}, 'There was nothing to compare.'],
  ])('of %o congratulate nobody', (lists, words) => {
    const text = renderDriftConsole(report(lists));
    expect(text).toContain(words);
    expect(text).not.toContain('Congrats');
  });

  it('tell stacks, services, rules and what is unknown', () => {
    const by = (kind: string, name: string) => ({ managed_by: { kind, name, evidence: 'e' } });
    const text = renderDriftConsole(
      report({
        managed_by_stack: [
          item(by('cloudformation', 'a')),
          item(by('cloudformation', 'a')),
          item(by('cloudformation', 'b')),
        ],
        managed_by_service: [item(by('eks', 'p')), item(by('service-linked', 'x')), item(by('service-linked', 'y'))],
        unknown: [item({ reason: 'denied' })],
        ignored: [
          { rule: 'aws_iam_role', owner: 'ops', reason: 'legacy', expired: false, resources: 2, attributes: 0 },
          {
            rule: '* attribute=tags',
            owner: 'ops',
            reason: 'bot',
            until: '2026-01-01',
            expired: true,
            resources: 0,
            attributes: 0,
          },
        ],
        summary: { total_ignored: 2 },
      }),
    );
    expect(text).toContain(' - 3 resource(s) managed by 2 CloudFormation stacks\n');
    expect(text).toContain(' - 3 resource(s) managed by AWS services (service-linked 2, eks 1)\n');
    expect(text).toContain(' - 1 resource(s) of which nothing can be said\n');
    expect(text).toContain(' - 2 resource(s) and 0 attribute(s) ignored by 1 rule\n');
    expect(text).toContain('  - aws_iam_role: 2 resources, 0 attributes — ops: legacy\n');
    expect(text).toContain('  - * attribute=tags: ended on 2026-01-01, hides nothing any more — ops: bot\n');
  });
});

describe('the lists', () => {
  it('group what is missing and changed by its state, with the address and the change', () => {
    const changelog = [
      { type: 'update' as const, path: ['ingress', 0, 'from_port'], from: 22, to: null, computed: false },
    ];
    const text = renderDriftConsole(
      report({ missing: [vpc()], differences: [{ res: vpc({ id: 'vpc-9' }), changelog }] }),
    );
    expect(text).toContain(
      'Found missing resources:\n  From tfstate+s3://states/a\n    - vpc-1 (module.net.aws_vpc.main)\n',
    );
    expect(text).toContain(
      'Found changed resources:\n  From tfstate+s3://states/a\n    - vpc-9 (module.net.aws_vpc.main) in eu-west-1:\n        ~ ingress.0.from_port: 22 => <nil>\n',
    );
  });

  it('group what is unmanaged by type, and by region where there are several', () => {
    const text = renderDriftConsole(
      report({
        unmanaged: [
          item({ id: 'b', human_readable_attributes: { Name: 'B' }, reason: 'claims Terraform' }),
          item({ id: 'u', type: 'aws_vpc', region: 'us-east-1' }),
          item({ id: 'e', type: 'aws_vpc' }),
        ],
      }),
    );
    expect(text).toContain(
      [
        'Found resources not covered by IaC:',
        '  aws_s3_bucket:',
        '    - b',
        '        Name: B',
        '        claims Terraform',
        '  aws_vpc:',
        '    eu-west-1:',
        '      - e',
        '    us-east-1:',
        '      - u',
        '',
      ].join('\n'),
    );
  });

  it('are cut where they get long, and say by how much', () => {
    const unmanaged = Array.from({ length: 1_000 }, (_, at) => item({ id: `b-${at}` }));
    const text = renderDriftConsole(report({ unmanaged }), { limit: 3 });
    expect(text).toContain('    - b-2\n    and 997 more\n');
    expect(text).not.toContain('b-3\n');
  });

  it('say by reason what could not be looked at', () => {
    const unknown = Array.from({ length: 5 }, (_, at) =>
      vpc({ id: `vpc-${at}`, reason: 'ec2:DescribeVpcs was denied' }),
    );
    expect(renderDriftConsole(report({ unknown }))).toContain(
      'Neither found nor missing:\n  ec2:DescribeVpcs was denied:\n    - aws_vpc: vpc-0, vpc-1, vpc-2 and 2 more\n',
    );
  });

  it('name what several states declare', () => {
    const also = { ...source, source: 'tfstate://b' };
    expect(renderDriftConsole(report({ managed: [vpc({ also_in: [also] })] }))).toContain(
      'Declared more than once:\n  - aws_vpc vpc-1: tfstate+s3://states/a, tfstate://b\n',
    );
  });

  it('have the managed ones when they are asked for, by type and region', () => {
    const managed = [vpc(), vpc({ id: 'vpc-2' }), vpc({ id: 'vpc-3', region: 'us-east-1' })];
    const words = '  aws_vpc: 3 (eu-west-1 2, us-east-1 1)\n';
    expect(renderDriftConsole(report({ managed }), { managed: true })).toContain(words);
    expect(renderDriftConsole(report({ managed }))).not.toContain(words);
  });
});

describe('what limits the report', () => {
  it('is told: alerts, engines that are absent, and disagreements', () => {
    const text = renderDriftConsole(
      report({
        alerts: { '': [{ message: 'a state was denied' }], aws_iam_role: [{ message: 'denied' }] },
        engines: [
          { engine: 'ours', outcome: 'partial' },
          { engine: 'driftctl', outcome: 'absent', message: 'no such program' },
        ],
        disagreements: [
          { id: 'logs', type: 'aws_s3_bucket', region: 'eu-west-1', ours: 'managed', driftctl: 'missing' },
        ],
      }),
    );
    expect(text).toContain('a state was denied\naws_iam_role: denied\ndriftctl is absent: no such program\n');
    expect(text).toContain('  - aws_s3_bucket logs in eu-west-1: ours managed, driftctl missing\n');
  });
});

describe('names and values of others', () => {
  const evil = 'a\u001b[2Jb\nc\u202ed\u0000';

  it('cannot draw on the screen, nor begin a line', () => {
    const differences = [
      {
        res: vpc({ id: evil }),
        changelog: [{ type: 'update' as const, path: [evil], from: evil, to: { x: evil }, computed: false }],
      },
    ];
    const manager = { managed_by: { kind: evil, name: evil, evidence: evil } };
    const text = renderDriftConsole(
      report({
        ...{
          unmanaged: [
            item({ id: evil, type: evil, region: evil, reason: evil, human_readable_attributes: { [evil]: evil } }),
          ],
        },
        ...{ missing: [vpc({ source: { ...source, source: evil, address: evil } })], differences },
        ...{ managed: [vpc({ also_in: [{ ...source, source: evil }] })], unknown: [item({ id: evil, reason: evil })] },
        ...{ managed_by_stack: [item(manager)], managed_by_service: [item(manager)] },
        ...{
          alerts: { [evil]: [{ message: evil }] },
          engines: [{ engine: 'driftctl', outcome: 'failed', message: evil }],
        },
        ignored: [{ rule: evil, owner: evil, reason: evil, expired: false, resources: 1, attributes: 0 }],
        disagreements: [{ id: evil, type: evil, ours: evil, driftctl: evil }],
      }),
      { managed: true },
    );
    // Every control character but the ends of our own lines.
    expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202e]/u);
    expect(text.split('\n').filter(line => line.startsWith('c'))).toEqual([]);
    expect(text).toContain('a\\u001b[2Jb\\nc\\u202ed\\u0000');
  });

  it('are cut when they are long', () => {
    const changelog = [
      { type: 'update' as const, path: ['policy'], from: 'x'.repeat(10_000), to: 'y', computed: true },
    ];
    const text = renderDriftConsole(report({ differences: [{ res: vpc(), changelog }] }));
    expect(Math.max(...text.split('\n').map(line => line.length))).toBeLessThan(260);
    expect(text).toContain('… => "y" (computed)');
  });

  it('are painted by the caller alone', () => {
    const text = renderDriftConsole(report({ managed: [vpc()] }), { paint: (style, words) => `<${style}>${words}</>` });
    expect(text).toContain('Found <bold>1</> resource(s)');
    expect(text).toContain('<green>Congrats! Your infrastructure is fully in sync.</>');
  });
});

describe('what was not looked at', () => {
  it('is said where it was expected, and of the engine beside', () => {
    const text = renderDriftConsole(
      report({
        excused: [{ type: 'aws_macie2_account', regions: ['eu-west-1', 'us-east-1'], reason: 'delegated to security' }],
        engines: [
          { engine: 'ours', outcome: 'in-sync' },
          { engine: 'driftctl', outcome: 'partial', message: 'aws_iam_role was denied' },
        ],
      }),
    );
    expect(text).toContain(
      'Not looked at, as expected:\n  - aws_macie2_account in eu-west-1, us-east-1: delegated to security\n',
    );
    expect(text).toContain('driftctl is partial: aws_iam_role was denied\n');
  });
});
