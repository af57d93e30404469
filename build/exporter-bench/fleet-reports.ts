// The bench's Organization: scan.json of any account and latest.json over all, made from numbers, so that nothing is stored.
import { createHash } from 'node:crypto';
import type { Latest, LatestAccount } from '../../contract/manifest.ts';
import type { CellRow, ScanReport } from '../../contract/scan-report.ts';

const regions = ['eu-west-1', 'eu-central-1', 'us-east-1', 'us-west-2', 'ap-south-1', 'ap-southeast-2'];
const services = 40;
const typesOfService = 8;
const day = 86_400_000;
const firstRun = Date.parse('2025-11-01T00:00:00Z');

export const accountId = (index: number): string => String(100_000_000_000 + index);

const at = (generation: number, minutes: number): string =>
  new Date(firstRun + generation * day + minutes * 60_000).toISOString();

/** Six types of seven are empty everywhere, as in an account of the real world; a few are denied. */
const cellsOf = (index: number, generation: number): CellRow[] =>
  Array.from({ length: services * typesOfService }, (_none, cell): CellRow[] => {
    const service = `Service${cell % services}`;
    const facts = { type: `AWS::${service}::Type${cell}`, service, tier: 'cloud-control' as const };
    if (cell % 97 === 5) {
      const error = `User: arn:aws:sts::${accountId(index)}:assumed-role/inventory/x is not authorized to perform it`;
      return [{ ...facts, outcome: 'denied', resources: 0, action: `service${cell}:ListThings`, error, regions }];
    }
    if (cell % 7 !== 0) return [{ ...facts, outcome: 'empty', resources: 0, regions }];
    return regions.map(region => ({
      ...facts,
      outcome: 'listed' as const,
      resources: ((index * 31 + cell * 7 + generation) % 50) + 1,
      regions: [region],
    }));
  }).flat();

const driftOf = (index: number) =>
  Array.from({ length: 30 }, (_none, type) => ({
    type: `aws_type_${type}`,
    managed: (index + type) % 20,
    changed: type % 3,
    unmanaged: (index + type) % 5,
    missing: type % 2,
    stack: 0,
    service: 0,
    unknown: 0,
  }));

const tagsOf = (index: number) =>
  regions.slice(0, 4).map(region => ({
    region,
    checked: 100,
    compliant: (index * 7) % 101,
    untagged: 3,
    tags: ['owner', 'environment', 'cost-center'].map(key => ({ key, checked: 100, compliant: (index * 13) % 101 })),
  }));

export const scanReport = (index: number, generation: number): string => {
  const verdict = { outcome: 'succeeded' as const };
  const cells = cellsOf(index, generation);
  const requests = { requests: 4_000, throttled: index % 9, throttledSeconds: (index % 9) / 2, slowed: [] };
  const report: ScanReport = {
    schemaVersion: 1,
    run: `bench-${generation}`,
    account: accountId(index),
    identity: null,
    startedAt: at(generation, 1),
    finishedAt: at(generation, 4),
    verdict,
    tools: [
      { tool: 'inventory', verdict, resources: 5_000, seconds: 150, cells, requests },
      { tool: 'drift', verdict, resources: 0, seconds: 20, cells: [], driftTypes: driftOf(index) },
      { tool: 'tags', verdict, resources: 0, seconds: 2, cells: [], tagRegions: tagsOf(index) },
    ],
  };
  return JSON.stringify(report);
};

export const scanKey = (index: number): string => `AWSRecon/2025/11/01/scan_${accountId(index)}.json`;

export const latestRow = (index: number, generation: number): LatestAccount => {
  const text = scanReport(index, generation);
  const sha256 = createHash('sha256').update(text).digest('hex');
  const drift = {
    coverage: 70,
    managed: 300,
    unmanaged: 60,
    missing: 15,
    changed: 30,
    stack: 0,
    service: 0,
    unknown: 0,
  };
  return {
    id: accountId(index),
    name: `account ${index} of the "bench"`,
    state: 'ACTIVE',
    path: ['Workloads', index % 2 === 0 ? 'Prod' : 'Test'],
    outcome: 'partial',
    code: 'services-denied',
    message: 'denied: Service5 (service5:ListThings), Service22 (service22:ListThings) in 6 regions',
    remedy: 'Grant the role the listed read permissions.',
    attempts: 1,
    job: `aws-inventory-runner-bench-${generation}-${accountId(index)}`,
    startedAt: at(generation, 0),
    finishedAt: at(generation, 5),
    succeededAt: at(0, 5),
    counts: {
      resources: 5_000,
      types: { attempted: 320, listed: 46, empty: 270, denied: 4 },
      cells: { listed: 276, empty: 1_620, denied: 24 },
      drift,
      tags: { checked: 400, compliant: 310, untagged: 12 },
      compliance: 0.775,
    },
    reports: [
      { kind: 'recon', key: scanKey(index).replace('scan_', 'recon_'), versionId: null, sha256, bytes: 4_000_000 },
      { kind: 'scan', key: scanKey(index), versionId: null, sha256, bytes: Buffer.byteLength(text) },
    ],
    run: `bench-${generation}`,
    runDate: '2025-11-01',
    runStartedAt: at(generation, 0),
  };
};

export const latestDocument = (accounts: readonly LatestAccount[], generation: number): string => {
  const latest: Latest = {
    schemaVersion: 1,
    updatedAt: at(generation, 6),
    completeRun: { run: 'bench-0', startedAt: at(0, 0) },
    runs: [],
    accounts: [...accounts],
  };
  return JSON.stringify(latest);
};
