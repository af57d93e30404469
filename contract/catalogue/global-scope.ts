// Types that no region owns, listed through Cloud Control: they are asked for once, in the one region that answers.

/** Of each partition the region that speaks for what is global. */
const homes: Readonly<Record<string, string>> = {
  aws: 'us-east-1',
  'aws-cn': 'cn-northwest-1',
  'aws-us-gov': 'us-gov-west-1',
};

/** Global services whose only region in the partition `aws` is another. */
const otherHomes: Readonly<Record<string, string>> = {
  GlobalAccelerator: 'us-west-2',
  NetworkManager: 'us-west-2',
  Route53RecoveryControl: 'us-west-2',
  Route53RecoveryReadiness: 'us-west-2',
};

const globalNamespaces: ReadonlySet<string> = new Set([
  ...Object.keys(otherHomes),
  'Account',
  'BCMDataExports',
  'Billing',
  'BillingConductor',
  'Budgets',
  'CE',
  'CUR',
  'CloudFront',
  'IAM',
  'Invoicing',
  'Notifications',
  'NotificationsContacts',
  'Organizations',
  'Route53',
  'Shield',
  'SupportApp',
  'WAF',
]);

/** Single types of regional services. */
const globalTypes: Readonly<Record<string, string>> = {
  'AWS::ECR::PublicRepository': 'us-east-1',
  'AWS::S3::MultiRegionAccessPoint': 'us-west-2',
  'AWS::S3::MultiRegionAccessPointPolicy': 'us-west-2',
};

/** Inputs of a type that only one region answers. */
const regionOfInput: Readonly<Record<string, string>> = { 'Scope=CLOUDFRONT': 'us-east-1' };

export const namespaceOf = (type: string): string => type.split('::')[1] ?? '';

export const isGlobalType = (type: string): boolean => type in globalTypes || globalNamespaces.has(namespaceOf(type));

/** Where a global service of the partition is asked; `named` is the region that the partition `aws` has for it. */
export const homeRegion = (partition: string, named?: string): string | undefined =>
  partition === 'aws' ? (named ?? homes['aws']) : homes[partition];

/** The region in which Cloud Control answers for a global type; undefined in partitions that have none. */
export const homeOfType = (type: string, partition: string): string | undefined =>
  homeRegion(partition, globalTypes[type] ?? otherHomes[namespaceOf(type)]);

/** Whether an input's value can be asked for in a region. */
export const isAnsweredIn = (region: string, input: string, value: string): boolean =>
  (regionOfInput[`${input}=${value}`] ?? region) === region;
