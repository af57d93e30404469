// An Organization as a platform team may have it: what the tests of the page read, and what the pictures in docs/ show.
import type { DriftItem, DriftReport } from '../../../contract/drift/drift-report.ts';
import type { ErrorCode } from '../../../contract/error-catalogue.ts';
import { errorCatalogue } from '../../../contract/error-catalogue.ts';
import type { LatestAccount, RunSummary } from '../../../contract/manifest.ts';
import type { DriftCounts, ScanCounts, TagCounts } from '../../../contract/outcome.ts';
import type { CellRow, ToolResult } from '../../../contract/scan-report.ts';
import type { TagFinding, TagReport } from '../../../contract/tags/tag-report.ts';
import type { AccountDetail } from '../../../exporter/account-details.ts';
import type { AccountView, Snapshot } from '../../../exporter/snapshot.ts';
import { cell, snapshotOf, tool, view } from '../fixtures.ts';

/** When the pictures are taken, as far as they know. */
export const sampleNow = '2026-11-20T09:12:00.000Z';
export const sampleRun = '20261120-nightly';

/** The same numbers each time. */
const dice = (seed: number): ((below: number) => number) => {
  let state = seed + 1;
  return below => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
};

type Row = readonly [name: string, path: readonly string[], facts?: Partial<LatestAccount>];

const prod = ['Workloads', 'Prod'];
const test = ['Workloads', 'Test'];
const platform = ['Platform'];
const security = ['Security'];
const payments = ['Workloads', 'Prod', 'Payments'];

const ended = (outcome: 'failed' | 'partial', code: ErrorCode, message: string): Partial<LatestAccount> => {
  const { remedy } = errorCatalogue[code];
  return { outcome, code, message, remedy, succeededAt: '2026-11-12T01:09:00.000Z' };
};

const noRole = (id: string) =>
  ended(
    'failed',
    'role-refused',
    `sts:AssumeRole on arn:aws:iam::${id}:role/OrganizationAccountAccessRole was refused.`,
  );

const rows: readonly Row[] = [
  ['log archive', security],
  ['security audit', security],
  ['network', platform],
  ['shared services', platform],
  ['build & release', platform],
  ['backup', platform],
  ['payments prod', payments],
  ['payments gateway', payments, ended('partial', 'services-denied', '3 types were denied in 17 regions.')],
  ['card vault', payments, ended('partial', 'services-denied', '11 types were denied in 17 regions.')],
  ['shop "Bella Vista"', prod],
  ["shop O'Neill", prod],
  ['shop 東京', prod],
  ['orders', prod, { coverageFell: { from: 0.982, to: 0.941, run: '20261113-nightly' } }],
  ['search', prod],
  ['recommendations', prod],
  ['data lake', prod, ended('partial', 'services-throttled', '2 types were throttled in eu-west-1.')],
  ['reporting', prod],
  ['payments test', test],
  ['shop test', test],
  ['orders test', test],
  ['load tests 🔥', test],
  ['integration', test, noRole('100000000021')],
  ['playground 🎉', ['Sandbox & Playground']],
  ['playground of Zoë', ['Sandbox & Playground']],
  ['acquired company', [], noRole('100000000024')],
  ['legacy', [], noRole('100000000025')],
  ['closed subsidiary', [], { outcome: 'skipped', code: 'not-active', state: 'SUSPENDED', counts: null }],
];

const regions = ['eu-central-1', 'eu-west-1', 'us-east-1', 'us-west-2', 'ap-northeast-1'];

const services: readonly (readonly [type: string, most: number])[] = [
  ['EC2::Instance', 90],
  ['EC2::SecurityGroup', 140],
  ['EC2::Subnet', 60],
  ['IAM::Role', 260],
  ['S3::Bucket', 70],
  ['Lambda::Function', 180],
  ['Logs::LogGroup', 320],
  ['CloudWatch::Alarm', 120],
  ['RDS::DBInstance', 14],
  ['DynamoDB::Table', 30],
  ['SQS::Queue', 40],
  ['SNS::Topic', 30],
  ['KMS::Key', 24],
  ['SecretsManager::Secret', 50],
  ['ECS::Service', 22],
];

const terraformTypes = [
  'aws_security_group',
  'aws_iam_role',
  'aws_s3_bucket',
  'aws_cloudwatch_log_group',
  'aws_lambda_function',
];
const tagKeys = ['owner', 'cost-center', 'environment'];

const deniedCells = (at: number): CellRow[] => {
  const denied = (type: string, action: string, facts: Partial<CellRow> = {}): CellRow =>
    cell(type, {
      ...{ outcome: 'denied', resources: 0, regions, action },
      error: `User: arn:aws:sts::${100_000_000_000 + at}:assumed-role/inventory/run is not authorized to perform: ${action}`,
      ...facts,
    });
  if (at === 8) {
    return [
      denied('KMS::Key', 'kms:ListKeys'),
      denied('SecretsManager::Secret', 'secretsmanager:ListSecrets'),
      denied('Macie::Session', 'macie2:GetMacieSession', { byServiceControlPolicy: true }),
    ];
  }
  if (at === 7) return [denied('KMS::Key', 'kms:ListKeys'), denied('Backup::BackupVault', 'backup:ListBackupVaults')];
  if (at === 15) return [cell('Glue::Table', { outcome: 'throttled', resources: 0, error: 'Rate exceeded' })];
  return [];
};

const listedCells = (roll: (below: number) => number): CellRow[] =>
  services.flatMap(([type, most]) => {
    if (type === 'IAM::Role' || type === 'S3::Bucket')
      return [cell(type, { regions: ['global'], resources: 1 + roll(most) })];
    return regions
      .slice(0, 1 + roll(regions.length))
      .map(region => cell(type, { regions: [region], resources: 1 + roll(most) }));
  });

const driftCounts = (roll: (below: number) => number, at: number): DriftCounts => {
  if (at === 8)
    return { coverage: 98, managed: 532, unmanaged: 7, missing: 2, changed: 2, stack: 12, service: 88, unknown: 0 };
  const [managed, unmanaged] = [200 + roll(500), at % 3 === 0 ? roll(90) : roll(12)];
  const [missing, changed] = [at % 5 === 0 ? roll(6) : 0, at % 2 === 0 ? roll(9) : 0];
  const coverage = Math.floor((100 * managed) / (managed + unmanaged + missing));
  return { coverage, managed, unmanaged, missing, changed, stack: roll(40), service: 40 + roll(60), unknown: roll(3) };
};

const driftTool = ({ managed, unmanaged, missing, changed }: DriftCounts): ToolResult => {
  const part = (sum: number, at: number): number =>
    Math.floor(sum / terraformTypes.length) + (at < sum % terraformTypes.length ? 1 : 0);
  const driftTypes = terraformTypes.map((type, at) => {
    const counts = {
      managed: part(managed, at),
      unmanaged: part(unmanaged, at),
      missing: part(missing, at),
      changed: part(changed, at),
    };
    return { type, ...counts, stack: 0, service: 0, unknown: 0 };
  });
  return tool('drift', { driftTypes, seconds: 41.2 });
};

const tagTool = ({ checked, compliant, untagged }: TagCounts): ToolResult => {
  const tags = tagKeys.map((key, at) => ({
    key,
    checked,
    compliant: Math.min(checked, compliant + at * Math.floor((checked - compliant) / 3)),
  }));
  return tool('tags', { tagRegions: [{ region: 'eu-central-1', checked, compliant, untagged, tags }], seconds: 0.4 });
};

const inventoryTool = (cells: CellRow[], at: number): ToolResult => {
  const slowed = [{ service: 'glue', region: 'eu-west-1', requests: 310, throttled: 84, throttledSeconds: 61.5 }];
  const requests = {
    requests: 4_200 + 31 * at,
    throttled: at === 15 ? 84 : 0,
    throttledSeconds: at === 15 ? 61.5 : 0,
    slowed: at === 15 ? slowed : [],
  };
  return tool('inventory', { cells, requests, seconds: 83.7 });
};

const accountOf = ([name, path, facts = {}]: Row, at: number): AccountView => {
  const id = String(100_000_000_000 + at);
  const roll = dice(at);
  const isScanned = facts.outcome !== 'failed' && facts.outcome !== 'skipped';
  const cells = [...listedCells(roll), ...deniedCells(at)];
  const denied = at === 8 ? 11 : at === 7 ? 3 : 0;
  const resources = cells.reduce((sum, one) => sum + one.resources * one.regions.length, 0);
  const checked = Math.floor(resources * 0.8);
  const compliant = Math.floor((checked * (at === 8 ? 91 : 60 + roll(41))) / 100);
  const drift = at % 4 === 1 ? undefined : driftCounts(roll, at);
  const tags = { checked, compliant, untagged: Math.ceil((checked - compliant) / 3) };
  const counts: ScanCounts = {
    ...{ resources, cells: {}, tags, compliance: compliant / Math.max(1, checked) },
    types: {
      attempted: 412,
      listed: 62 + roll(20),
      empty: 330 - denied,
      ...(denied > 0 ? { denied } : {}),
      ...(at === 15 ? { throttled: 2 } : {}),
    },
    ...(drift === undefined ? {} : { drift }),
  };
  const times = { startedAt: '2026-11-20T01:02:00.000Z', finishedAt: `2026-11-20T01:${10 + (at % 40)}:41.000Z` };
  const run = {
    run: sampleRun,
    runDate: '2026-11-20',
    runStartedAt: '2026-11-20T01:00:00.000Z',
    job: `aws-inventory-runner-${sampleRun}-${id}`,
  };
  const kinds = ['recon', 'scan', 'drift', 'tags'] as const;
  const reports = kinds.map((kind, which) => ({
    ...{
      kind,
      key: `AWSRecon/2026/11/20/${kind}_${id}.json`,
      versionId: `3sL4kqtJlcpXroDTDmJ${at}${which}rmSpXd3dIbrHY`,
    },
    ...{ sha256: `${id}${which}`.repeat(5).slice(0, 64).padEnd(64, '0'), bytes: 9_300 * (which + 1) + 71 * at },
  }));
  const whole = view(
    {
      id,
      name,
      path: [...path],
      ...times,
      ...run,
      counts: isScanned ? counts : null,
      reports: isScanned ? reports : [],
      ...facts,
    },
    [inventoryTool(cells, at), ...(drift === undefined ? [] : [driftTool(drift)]), tagTool(tags)],
  );
  return isScanned ? whole : { ...whole, digest: undefined };
};

const week = 7 * 86_400_000;

/** Weekly runs that grow, with one bad week, and a retry after the newest. */
const runsOf = (accounts: readonly AccountView[]): RunSummary[] => {
  const roll = dice(7);
  const resources = accounts.reduce((sum, { counts }) => sum + (counts?.resources ?? 0), 0);
  const sum = (word: 'unmanaged' | 'missing' | 'changed'): number =>
    accounts.reduce((total, { counts }) => total + (counts?.drift?.[word] ?? 0), 0);
  const sumTags = (word: 'checked' | 'compliant'): number =>
    accounts.reduce((total, { counts }) => total + (counts?.tags?.[word] ?? 0), 0);
  const tagged = { checked: sumTags('checked'), compliant: sumTags('compliant') };
  return Array.from({ length: 14 }, (_, back): RunSummary => {
    const began = Date.parse('2026-11-20T01:00:00.000Z') - back * week;
    const startedAt = new Date(began).toISOString();
    const failed = back === 5 ? 9 : back > 9 ? 1 : 3;
    const checked = Math.floor(resources * 0.8) - back * 90;
    return {
      ...{ run: `${startedAt.slice(0, 10).replaceAll('-', '')}-nightly`, retryOf: null, complete: true, startedAt },
      ...{ date: startedAt.slice(0, 10), finishedAt: new Date(began + (48 + roll(9)) * 60_000).toISOString() },
      totals: {
        ...{ accounts: 27, succeeded: 23 - failed, partial: 3, failed, skipped: 1 },
        ...{ resources: back === 0 ? resources : resources - back * 240 - roll(300) - (back === 5 ? 4_000 : 0) },
        ...(back === 0
          ? { unmanaged: sum('unmanaged'), missing: sum('missing'), changed: sum('changed') }
          : { unmanaged: 330 + back * 24 - roll(40), missing: 6 + roll(8), changed: 28 + roll(22) }),
        tagged:
          back === 0 ? tagged : { checked, compliant: Math.floor(checked * (0.83 - back * 0.012 - roll(10) / 1_000)) },
      },
    };
  });
};

export const sampleSnapshot = (): Snapshot => {
  const accounts = rows.map(accountOf);
  return snapshotOf(accounts, {
    ...{
      place: 's3://acme-inventory-reports/AWSRecon',
      takenAt: '2026-11-20T09:11:20.000Z',
      updatedAt: '2026-11-20T01:52:10.000Z',
    },
    completeRun: { run: sampleRun, startedAt: '2026-11-20T01:00:00.000Z' },
    runs: runsOf(accounts),
    problems: [
      {
        account: '100000000016',
        key: 'AWSRecon/2026/11/20/scan_100000000016.json',
        reason: 'corrupt',
        message: 'it has another SHA-256 than latest.json says: it is torn, or of another run',
      },
    ],
  });
};

const item = (type: string, id: string, facts: Partial<DriftItem> = {}): DriftItem => ({
  type,
  id,
  region: 'eu-central-1',
  ...facts,
});

const source = (address: string) => {
  return {
    source: 'tfstate+s3://acme-terraform/card-vault/prod.tfstate',
    namespace: '',
    internal_name: 'main',
    address,
  };
};

const driftReport = (account: string): DriftReport => ({
  ...{ schemaVersion: 1, account, regions, engine: 'ours', engines: [], drift_detected: true },
  options: { deep: true, only_managed: false, only_unmanaged: false },
  summary: {
    ...{
      total_resources: 541,
      total_changed: 2,
      total_unmanaged: 7,
      total_missing: 2,
      total_managed: 532,
      total_iac_source_count: 1,
    },
    ...{ total_managed_by_stack: 12, total_managed_by_service: 88, total_unknown: 0, total_ignored: 4 },
    ...{ drifted_resources: 2, missing_resources: 2, unmanaged_resources: 7 },
  },
  coverage: 98,
  managed: [],
  unmanaged: [
    'debug-access',
    'launch-wizard-1',
    'launch-wizard-2',
    'default-egress',
    'old-bastion',
    'temp-jdoe',
    'copy-of-web',
  ].map((name, at) =>
    item('aws_security_group', `sg-0a1b2c3d4e5f6${at}`, {
      name,
      arn: `arn:aws:ec2:eu-central-1:${account}:security-group/sg-0a1b2c3d4e5f6${at}`,
    }),
  ),
  missing: [
    item('aws_sqs_queue', 'card-events-dlq', { source: source('module.events.aws_sqs_queue.dead_letters') }),
    item('aws_cloudwatch_metric_alarm', 'vault-errors', {
      source: source('aws_cloudwatch_metric_alarm.errors["vault"]'),
    }),
  ],
  differences: [
    {
      res: item('aws_lambda_function', 'vault-rotate', {
        arn: `arn:aws:lambda:eu-central-1:${account}:function:vault-rotate`,
        source: source('aws_lambda_function.rotate'),
      }),
      changelog: [
        { type: 'update', path: ['memory_size'], from: 256, to: 1024, computed: false },
        {
          type: 'update',
          path: ['environment', 0, 'variables', 'DB_PASSWORD'],
          from: '(masked)',
          to: '(masked)',
          computed: false,
        },
      ],
    },
    {
      res: item('aws_s3_bucket', 'acme-card-exports', { arn: 'arn:aws:s3:::acme-card-exports', region: 'global' }),
      changelog: [{ type: 'update', path: ['versioning', 0, 'enabled'], from: true, to: false, computed: false }],
    },
  ],
  ...{
    managed_by_stack: [],
    managed_by_service: [],
    unknown: [],
    drifted_resources: [],
    alerts: {},
    ignored: [],
    disagreements: [],
  },
  sources: [
    { location: 'tfstate+s3://acme-terraform/card-vault/prod.tfstate', outcome: 'read', resources: 534, skipped: [] },
  ],
  ...{ provider_name: 'aws', provider_version: '5.0.0', scan_duration: 41, date: '2026-11-20T01:18:00.000Z' },
});

const finding = (account: string, at: number): TagFinding => {
  const untagged = at % 3 === 0;
  return {
    ...{
      arn: `arn:aws:lambda:eu-central-1:${account}:function:vault-${at}`,
      type: 'AWS::Lambda::Function',
      resourceType: 'function',
    },
    ...{ region: 'eu-central-1', name: `vault-${at}`, untagged, missing: untagged ? tagKeys : ['cost-center'] },
    wrong: !untagged && at % 2 === 0 ? [{ key: 'environment', value: 'prd' }] : [],
  };
};

const tagReport = (account: string, { checked, compliant, untagged }: TagCounts): TagReport => ({
  ...{ schemaVersion: 1, account, source: 'inventory', date: '2026-11-20T01:18:00.000Z', rows: [], unseen: [] },
  required: tagKeys.map(key => ({ key, values: null, types: null })),
  summary: { checked, compliant, untagged, excluded: 0, notApplicable: 200, compliance: compliant / checked },
  findings: Array.from({ length: checked - compliant }, (_, at) => finding(account, at)),
});

const noTags: TagCounts = { checked: 1, compliant: 1, untagged: 0 };

export const sampleDetail = (accountId: string): AccountDetail => {
  const { counts } = sampleSnapshot().accounts.find(({ id }) => id === accountId) ?? {};
  return { drift: driftReport(accountId), tags: tagReport(accountId, counts?.tags ?? noTags), problems: [] };
};
