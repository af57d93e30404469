// What a run leaves, small: three accounts with a resource for each example of docs/query.md, and two without a report.
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

export const ids = { prod: '111111111111', test: '222222222222', partial: '333333333333' } as const;

type Fields = Readonly<Record<string, unknown>>;

const daysAgo = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString();

export interface FixtureRecord {
  readonly service: string;
  readonly region?: string;
  readonly type: string;
  readonly reconType: string;
  readonly id: string;
  readonly name?: string | null;
  readonly createdAt?: string | null;
  readonly tags?: Readonly<Record<string, string>>;
  readonly resource?: Fields;
}

export const record = (account: string, given: FixtureRecord): Fields => {
  const { region = 'eu-west-1', service, id } = given;
  return {
    account,
    service,
    region,
    resource: {
      ...given.resource,
      type: given.reconType,
      arn: `arn:aws:${service.toLowerCase()}:${region}:${account}:${given.reconType}/${id}`,
    },
    timestamp: '2026-11-22 04:05:06 UTC',
    resourceType: given.type,
    resourceId: id,
    name: given.name ?? null,
    createdAt: given.createdAt ?? null,
    tags: given.tags ?? {},
    sources: ['native'],
  };
};

const instance = (id: string, more: Partial<FixtureRecord> = {}): FixtureRecord => ({
  service: 'EC2',
  type: 'AWS::EC2::Instance',
  reconType: 'instance',
  id,
  ...more,
});

const inProd: readonly FixtureRecord[] = [
  instance('i-1', {
    name: 'web',
    tags: { Name: 'web', owner: 'shop' },
    createdAt: daysAgo(2),
    resource: { instance_type: 'm7g.large', state: { name: 'running' }, public_ip_address: '198.51.100.7' },
  }),
  instance('i-2', { resource: { instance_type: 'm7g.large', state: { name: 'stopped' } } }),
  { service: 'CloudTrail', type: 'AWS::CloudTrail::Trail', reconType: 'cloud_trail', id: 'audit' },
  {
    service: 'EC2',
    type: 'AWS::EC2::Volume',
    reconType: 'volume',
    id: 'vol-1',
    resource: { size: 100, encrypted: false },
  },
  {
    service: 'EC2',
    type: 'AWS::EC2::SecurityGroup',
    reconType: 'security_group',
    id: 'sg-1',
    resource: {
      ip_permissions: [{ ip_protocol: 'tcp', from_port: 22, to_port: 22, ip_ranges: [{ cidr_ip: '0.0.0.0/0' }] }],
    },
  },
];

const inTest: readonly FixtureRecord[] = [
  { service: 'S3', type: 'AWS::S3::Bucket', reconType: 'bucket', id: 'logs', name: 'logs', tags: { owner: 'ops' } },
  { service: 'S3', region: 'us-west-2', type: 'AWS::S3::Bucket', reconType: 'bucket', id: 'old', name: 'old' },
  {
    service: 'IAM',
    region: 'global',
    type: 'AWS::IAM::AccessKey',
    reconType: 'access_key',
    id: 'AKIAEXAMPLE',
    createdAt: '2019-03-01T00:00:00.000Z',
    resource: { user_name: 'ci', status: 'Active' },
  },
  {
    service: 'Lambda',
    type: 'AWS::Lambda::Function',
    reconType: 'function',
    id: 'mailer',
    // Elsewhere a text: one account's types say nothing about another's.
    resource: { runtime: 'nodejs24.x', state: 7 },
  },
];

export const recordsOf: Readonly<Record<string, readonly Fields[]>> = {
  [ids.prod]: inProd.map(each => record(ids.prod, each)),
  [ids.test]: inTest.map(each => record(ids.test, each)),
  [ids.partial]: [
    record(ids.partial, instance('i-3', { name: '=cmd|x\u001b[31m', resource: { state: { name: 'running' } } })),
  ],
};

/** As a scan writes it. */
export const reportText = (records: readonly unknown[]): string =>
  `[${records.map(each => `\n${JSON.stringify(each)}`).join(',')}\n]\n`;

const row = (type: string, outcome: string, more: Fields = {}): Fields => ({
  type,
  service: type.split('::')[1],
  tier: 'native',
  outcome,
  resources: 0,
  regions: ['eu-west-1', 'us-west-2'],
  ...more,
});

const scanText = (account: string): string => {
  const denied =
    account === ids.partial
      ? [row('AWS::CloudTrail::Trail', 'denied', { error: 'AccessDenied', action: 'cloudtrail:DescribeTrails' })]
      : [];
  const cells = [row('AWS::EC2::Instance', 'listed', { regions: ['eu-west-1'], resources: 2 }), ...denied];
  return JSON.stringify({ schemaVersion: 1, account, tools: [{ tool: 'inventory', cells }] });
};

const reportsOf = (account: string, date: string, objects: Map<string, string>): Fields[] =>
  Object.entries({ recon: reportText(recordsOf[account] ?? []), scan: scanText(account) }).map(([kind, text]) => {
    const key = `AWSRecon/${date.replaceAll('-', '/')}/${kind}_${account}.json`;
    objects.set(key, text);
    const sha256 = createHash('sha256').update(text).digest('hex');
    return { kind, key, versionId: null, sha256, bytes: Buffer.byteLength(text) };
  });

const failed = { code: 'role-refused', message: 'STS said no', remedy: 'Create the role.' };
const denied = {
  code: 'services-denied',
  message: 'cloudtrail was denied',
  remedy: 'Grant the role the listed reads.',
};
const closed = { code: 'not-active', message: 'SUSPENDED', remedy: null };
const good = { code: null, message: null, remedy: null };

/** Key → text of every object that a complete run on this day leaves. */
export const runObjects = (date = '2026-11-22', run = 'first'): Map<string, string> => {
  const objects = new Map<string, string>();
  const startedAt = `${date}T01:00:00.000Z`;
  const entry = (id: string, name: string, more: Fields): Fields => ({
    id,
    name,
    state: 'ACTIVE',
    path: ['Workloads', name === 'shop prod' ? 'Prod' : 'Test'],
    attempts: 1,
    job: `aws-inventory-runner-${run}-${id}`,
    startedAt,
    finishedAt: `${date}T01:05:00.000Z`,
    counts: { resources: recordsOf[id]?.length ?? 0, types: { attempted: 1 }, cells: {} },
    reports: recordsOf[id] === undefined ? [] : reportsOf(id, date, objects),
    ...more,
  });
  const accounts = [
    entry(ids.prod, 'shop prod', { outcome: 'succeeded', ...good }),
    entry(ids.test, 'shop test', { outcome: 'succeeded', ...good }),
    entry(ids.partial, 'it\u0027s "odd"\u001b[2J', { outcome: 'partial', ...denied }),
    entry('444444444444', 'refused', { outcome: 'failed', ...failed }),
    entry('555555555555', 'closed', { outcome: 'skipped', state: 'SUSPENDED', ...closed }),
  ];
  const totals = { accounts: 5, succeeded: 2, partial: 1, failed: 1, skipped: 1, resources: 10 };
  const facts = { schemaVersion: 1, run, retryOf: null, complete: true, date, startedAt, finishedAt: startedAt };
  const manifest = { ...facts, version: '0', partition: 'aws', templateVersion: 'x', totals, accounts };
  objects.set(`AWSRecon/${date.replaceAll('-', '/')}/run_${run}.json`, JSON.stringify(manifest));
  const entries = accounts.map(account => ({ ...account, run, runDate: date, runStartedAt: startedAt }));
  const latest = { schemaVersion: 1, updatedAt: startedAt, completeRun: { run, startedAt }, accounts: entries };
  objects.set('AWSRecon/latest.json', JSON.stringify(latest));
  return objects;
};

export const writeObjects = (directory: string, objects: ReadonlyMap<string, string>): void => {
  for (const [key, text] of objects) {
    const path = join(directory, key);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
};
