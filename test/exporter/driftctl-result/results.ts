// Results in the forms of driftctl's generations, with totals that its exporter's users know.

const items = (type: string, count: number) =>
  Array.from({ length: count }, (_, index) => ({ id: `${type}-${index}`, type }));

/** Up to 0.39; its totals are those of the whole account, its lists an excerpt. */
export const goldenResult = {
  options: { deep: true, only_managed: false, only_unmanaged: false },
  summary: { total_resources: 16, total_changed: 1, total_unmanaged: 8, total_missing: 3, total_managed: 4 },
  managed: [...items('aws_ami', 2), ...items('aws_eip_association', 2)],
  unmanaged: [...items('aws_iam_policy_attachment', 3), ...items('aws_iam_role', 2), ...items('aws_ebs_volume', 3)],
  missing: items('aws_s3_bucket', 3),
  differences: [
    {
      res: { id: 'aws_s3_bucket-9', type: 'aws_s3_bucket' },
      changelog: [{ type: 'update', path: ['versioning', '0', 'enabled'], from: false, to: true, computed: false }],
    },
  ],
  coverage: 76,
  alerts: {},
  provider_name: 'aws+tf',
  provider_version: '3.19.0',
};

/** The lines of the ten families for it, as the driftctl exporter counts. */
export const goldenLines = [
  'total_resources 16',
  'total_changed 1',
  'total_unmanaged 8',
  'total_missing 3',
  'total_managed 4',
  'coverage 76',
  'managed_items_count_by_type{resource="aws_ami"} 2',
  'managed_items_count_by_type{resource="aws_eip_association"} 2',
  'unmanaged_items_count_by_type{resource="aws_ebs_volume"} 3',
  'unmanaged_items_count_by_type{resource="aws_iam_policy_attachment"} 3',
  'unmanaged_items_count_by_type{resource="aws_iam_role"} 2',
  'missing_items_count_by_type{resource="aws_s3_bucket"} 3',
  'changed_items_count_by_type{resource="aws_s3_bucket"} 1',
];

/** From 0.40 on, as Go writes it when nothing is there: lists are null, and changes have no place. */
export const emptyResult = {
  summary: { total_resources: 0, total_unmanaged: 0, total_missing: 0, total_managed: 0, total_iac_source_count: 1 },
  managed: null,
  unmanaged: null,
  missing: null,
  coverage: 0,
  alerts: null,
  provider_name: 'aws+tf',
  provider_version: '3.40.0',
  date: '2026-11-20T18:18:53.167391917Z',
};

/** From 0.40 on, with a queue that no state knows and a type that could not be listed. */
export const laterResult = {
  ...emptyResult,
  summary: { ...emptyResult.summary, total_resources: 2, total_unmanaged: 1, total_managed: 1 },
  managed: items('aws_vpc', 1),
  unmanaged: items('aws_sqs_queue', 1),
  coverage: 50,
  alerts: { aws_iam_user: [{ message: 'forbidden' }], '': [{ message: 'a' }, { message: 'b' }] },
  scan_duration: 11,
};
