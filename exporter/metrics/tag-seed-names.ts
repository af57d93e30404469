// The families of the tag compliance exporter, by the names and sentences that its dashboards know. A contract: nothing is mended here.

export const tagSeedNames = {
  compliant: { name: 'tag_compliant_total', help: 'Resources compliant with required tag' },
  nonCompliant: { name: 'tag_non_compliant_total', help: 'Resources missing required tag' },
  missing: {
    name: 'tag_missing_detail',
    help: 'Detailed missing tag indicator (1 per resource/tag combination)',
  },
  scanned: { name: 'resources_scanned_total', help: 'Total resources scanned' },
  compliance: { name: 'compliance_percentage', help: 'Overall tag compliance percentage' },
  tagCompliance: { name: 'tag_compliance_percentage', help: 'Compliance percentage per individual tag' },
  typeCompliance: {
    name: 'tag_resource_type_compliance_percentage',
    help: 'Compliance percentage per tag and resource type',
  },
  fullyCompliant: { name: 'resources_fully_compliant_total', help: 'Resources with all required tags present' },
  fullyCompliantByType: {
    name: 'resources_fully_compliant_by_type_total',
    help: 'Fully compliant resources grouped by resource type',
  },
  fullyCompliantShare: {
    name: 'resources_fully_compliant_by_type_percentage',
    help: 'Percentage of fully compliant resources by resource type',
  },
} as const;
