// WAF: its types, as data.
import { nativeService } from '../native-service.ts';

export const wafv2 = nativeService({
  key: 'wafv2',
  reconName: 'WAFV2',
  namespaces: ['WAFv2'],
  scope: 'regional',
  types: [
    {
      key: 'wafv2.web-acl',
      reconType: 'web_acl',
      cloudFormationType: 'AWS::WAFv2::WebACL',
      identifier: '{parent}|{last}|REGIONAL',
      arn: '{arn}',
      arnPrefix: 'regional/webacl/',
      actions: ['wafv2:ListWebACLs'],
    },
    {
      key: 'wafv2.rule-group',
      reconType: 'rule_group',
      cloudFormationType: 'AWS::WAFv2::RuleGroup',
      identifier: '{parent}|{last}|REGIONAL',
      arn: '{arn}',
      arnPrefix: 'regional/rulegroup/',
      actions: ['wafv2:ListRuleGroups'],
    },
    {
      key: 'wafv2.ip-set',
      reconType: 'ip_set',
      cloudFormationType: 'AWS::WAFv2::IPSet',
      identifier: '{parent}|{last}|REGIONAL',
      arn: '{arn}',
      arnPrefix: 'regional/ipset/',
      actions: ['wafv2:ListIPSets'],
    },
    {
      key: 'wafv2.regex-pattern-set',
      reconType: 'regex_pattern_set',
      cloudFormationType: 'AWS::WAFv2::RegexPatternSet',
      identifier: '{parent}|{last}|REGIONAL',
      arn: '{arn}',
      arnPrefix: 'regional/regexpatternset/',
      actions: ['wafv2:ListRegexPatternSets'],
    },
  ],
});
