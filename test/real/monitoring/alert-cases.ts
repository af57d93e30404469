// For each alert series that make it fire, and series on which it has to stay silent; promtool counts time from 1970 on.

export interface AlertCase {
  readonly alert: string;
  /** A series and its value, which stays. */
  readonly firing: Readonly<Record<string, number>>;
  /** Those that differ from the firing ones; undefined for a series that is not there. */
  readonly healthy: Readonly<Record<string, number | undefined>>;
  /** The alert is looked at after it: longer than its `for`. */
  readonly minutes: number;
  readonly labels: Readonly<Record<string, string>>;
  readonly summary: string;
}

const days = (count: number): number => -count * 86_400;
const account = { account_id: '111111111111', account_name: 'shop', ou: 'Prod' };
const ofAccount = (name: string, more = ''): string =>
  `${name}{account_id="111111111111",account_name="shop",ou="Prod"${more}}`;
const drift = (verdict: string): string => ofAccount('aws_inventory_account_drift_resources', `,verdict="${verdict}"`);
const tagLabels = { account_id: '111111111111', account_name: 'shop', region: 'eu-west-1', tag: 'owner' };
const ofTag = (name: string, more = ''): string =>
  `${name}{account_id="111111111111",account_name="shop",region="eu-west-1",tag="owner"${more}}`;

const ofRuns: readonly AlertCase[] = [
  {
    alert: 'InventoryRunMissing',
    firing: { aws_inventory_last_complete_run_timestamp_seconds: days(9) },
    healthy: { aws_inventory_last_complete_run_timestamp_seconds: days(7) },
    ...{ minutes: 20, labels: {}, summary: 'The last run over the whole Organization ended 9d 0h 20m 0s ago' },
  },
  {
    alert: 'InventoryRunNeverComplete',
    firing: { 'aws_inventory_exporter_last_refresh_success{job="e",instance="i"}': 1 },
    healthy: { 'aws_inventory_last_complete_run_timestamp_seconds{job="e",instance="i"}': 0 },
    ...{ minutes: 25 * 60, labels: { job: 'e', instance: 'i' } },
    summary: 'No run over the whole Organization has ended yet',
  },
  {
    alert: 'InventoryAccountsFailing',
    firing: { 'aws_inventory_accounts{outcome="failed"}': 3, 'aws_inventory_accounts{outcome="succeeded"}': 9 },
    healthy: { 'aws_inventory_accounts{outcome="failed"}': 0 },
    ...{ minutes: 20, labels: { outcome: 'failed' }, summary: '3 accounts failed in their newest run' },
  },
  {
    alert: 'InventoryAccountsUnseen',
    firing: {
      [ofAccount('aws_inventory_account_last_success_timestamp_seconds')]: days(31),
      'aws_inventory_account_last_success_timestamp_seconds{account_id="222222222222"}': days(40),
    },
    healthy: {
      [ofAccount('aws_inventory_account_last_success_timestamp_seconds')]: days(3),
      'aws_inventory_account_last_success_timestamp_seconds{account_id="222222222222"}': days(29),
    },
    ...{ minutes: 20, labels: {}, summary: '2 accounts were not scanned whole for 30 days' },
  },
  {
    alert: 'InventoryCoverageFell',
    firing: { [ofAccount('aws_inventory_account_coverage_fall_ratio')]: 0.25 },
    healthy: { [ofAccount('aws_inventory_account_coverage_fall_ratio')]: 0.01 },
    ...{ minutes: 20, labels: account },
    summary: 'shop (111111111111): 25% of the resource types are not seen any more',
  },
];

const ofDrift: readonly AlertCase[] = [
  {
    alert: 'InventoryDriftCritical',
    // Changed ones are managed ones too: 2 of 10 that are declared.
    firing: { [drift('managed')]: 9, [drift('changed')]: 1, [drift('missing')]: 1, [drift('unmanaged')]: 500 },
    healthy: { [drift('changed')]: 0, [drift('managed')]: 99 },
    ...{ minutes: 20, labels: account },
    summary: 'shop (111111111111): 20% of the declared resources have changed or are gone',
  },
  {
    alert: 'DriftctlResultStale',
    firing: { 'aws_inventory_driftctl_scan_timestamp_seconds{instance="i"}': days(3) },
    healthy: { 'aws_inventory_driftctl_scan_timestamp_seconds{instance="i"}': days(1) },
    ...{ minutes: 20, labels: { instance: 'i' }, summary: 'The driftctl result of i is 3d 0h 20m 0s old' },
  },
  {
    alert: 'DriftctlResultUnreadable',
    firing: { 'aws_inventory_driftctl_read_success{instance="i"}': 0 },
    healthy: { 'aws_inventory_driftctl_read_success{instance="i"}': 1 },
    ...{ minutes: 20, labels: { instance: 'i' } },
    summary: 'i cannot read its driftctl result, and serves an earlier one',
  },
];

const ofExporter: readonly AlertCase[] = [
  {
    alert: 'InventoryExporterDown',
    firing: { up: 1 },
    healthy: { 'aws_inventory_exporter_build_info{version="1"}': 1 },
    ...{ minutes: 20, labels: {} },
    summary: 'No exporter of the inventory is scraped: none of the other alerts can fire',
  },
  {
    alert: 'InventoryExporterStale',
    firing: { 'aws_inventory_exporter_last_refresh_success{instance="i"}': 0 },
    healthy: { 'aws_inventory_exporter_last_refresh_success{instance="i"}': 1 },
    ...{ minutes: 35, labels: { instance: 'i' }, summary: 'i cannot read the results: its figures are old' },
  },
  {
    alert: 'InventoryExporterDroppedSeries',
    firing: { 'aws_inventory_exporter_dropped_series{family="f"}': 12 },
    healthy: { 'aws_inventory_exporter_dropped_series{family="f"}': 0 },
    ...{ minutes: 20, labels: { family: 'f' } },
    summary: 'f has 12 series, for which INVENTORY_EXPORTER_MAX_SERIES has no room',
  },
  {
    alert: 'InventoryReportProblems',
    firing: { 'aws_inventory_report_problems{reason="corrupt"}': 2 },
    healthy: { 'aws_inventory_report_problems{reason="corrupt"}': 0 },
    ...{ minutes: 35, labels: { reason: 'corrupt' }, summary: '2 reports cannot be used: corrupt' },
  },
];

const ofTags: readonly AlertCase[] = [
  {
    alert: 'TagComplianceViolation',
    firing: { [ofTag('tag_non_compliant_total')]: 12 },
    // The series of a tag that nothing lacks any more is gone.
    healthy: { [ofTag('tag_non_compliant_total')]: undefined },
    ...{ minutes: 65, labels: tagLabels, summary: 'owner tag missing on 12 resources in shop' },
  },
  {
    alert: 'LowTagCompliance',
    firing: { [ofTag('tag_compliance_percentage')]: 89.5 },
    healthy: { [ofTag('tag_compliance_percentage')]: 90 },
    ...{ minutes: 35, labels: tagLabels, summary: "Tag 'owner' compliance at 89.5% in shop" },
  },
  {
    alert: 'EC2TagComplianceIssue',
    firing: {
      [ofTag('tag_resource_type_compliance_percentage', ',resource_type="instance"')]: 94,
      [ofTag('tag_resource_type_compliance_percentage', ',resource_type="bucket"')]: 10,
    },
    healthy: { [ofTag('tag_resource_type_compliance_percentage', ',resource_type="instance"')]: 95 },
    ...{ minutes: 65, labels: { ...tagLabels, resource_type: 'instance' } },
    summary: "EC2 instances have 94% compliance for tag 'owner'",
  },
];

export const alertCases: readonly AlertCase[] = [...ofRuns, ...ofDrift, ...ofExporter, ...ofTags];
