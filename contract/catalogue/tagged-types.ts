// Resources that only the Tagging API shows us: their type from their ARN, in aws-recon's and CloudFormation's words.

export interface TaggedType {
  /** The service as an ARN writes it. */
  readonly service: string;
  /** How the last part of the ARN begins; `*` stands for one name. The longest that fits counts. */
  readonly arnPrefix: string;
  readonly reconService: string;
  readonly reconType: string;
  readonly cloudFormationType: string;
  /** As in ResourceType. */
  readonly identifier: string;
}

type Row = readonly [
  service: string,
  arnPrefix: string,
  reconService: string,
  reconType: string,
  type: string,
  identifier: string,
];

// aws-recon's names where it collects the type; otherwise names in its style.
const rows: readonly Row[] = [
  // CloudFront’s are listed with the regional ones of us-east-1, and have identifiers of another form.
  ['wafv2', 'global/webacl/', 'WAFV2', 'web_acl', 'AWS::WAFv2::WebACL', '{parent}|{last}|CLOUDFRONT'],
  ['wafv2', 'global/rulegroup/', 'WAFV2', 'rule_group', 'AWS::WAFv2::RuleGroup', '{parent}|{last}|CLOUDFRONT'],
  ['wafv2', 'global/ipset/', 'WAFV2', 'ip_set', 'AWS::WAFv2::IPSet', '{parent}|{last}|CLOUDFRONT'],
  [
    'wafv2',
    'global/regexpatternset/',
    'WAFV2',
    'regex_pattern_set',
    'AWS::WAFv2::RegexPatternSet',
    '{parent}|{last}|CLOUDFRONT',
  ],
];

export const taggedTypes: readonly TaggedType[] = rows.map(
  ([service, arnPrefix, reconService, reconType, cloudFormationType, identifier]) => ({
    service,
    arnPrefix,
    reconService,
    reconType,
    cloudFormationType,
    identifier,
  }),
);
