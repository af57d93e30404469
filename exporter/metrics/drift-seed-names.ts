// The ten families of the driftctl exporter, by the names and sentences that its dashboards know. A contract: nothing is mended here.

export const driftTotalNames = {
  resources: { name: 'total_resources', help: 'Number of resources found by driftctl.' },
  changed: {
    name: 'total_changed',
    help: 'Number of resources that are declared on Iac but were changed externally.',
  },
  unmanaged: {
    name: 'total_unmanaged',
    help: 'Number of resources present on cloud provider but no declared on Iac.',
  },
  missing: {
    name: 'total_missing',
    help: 'Number of resources declared on Iac but missing from the cloud provider.',
  },
  managed: { name: 'total_managed', help: 'Number of resources fully managed by Iac.' },
  coverage: { name: 'coverage', help: 'Relation between `total_managed` and `total_resources`.' },
} as const;

export const driftTypeNames = {
  managed: {
    name: 'managed_items_count_by_type',
    help: 'Resources by type fully managed by Iac. Eg: number of `aws_s3_bucket` and so on.',
  },
  unmanaged: {
    name: 'unmanaged_items_count_by_type',
    help: 'Resources present on cloud provider but no declared on Iac.Eg: number of `aws_iam_user` and so on.',
  },
  missing: {
    name: 'missing_items_count_by_type',
    help: 'Resources declared on Iac but missing from the cloud provider.Eg: number of `aws_sqs_queue` and so on.',
  },
  changed: {
    name: 'changed_items_count_by_type',
    help: 'Resources that are declared on Iac but were changed externally.by resource type. Eg: number of `aws_dynamodb_table` and so on.',
  },
} as const;
