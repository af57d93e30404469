// Network Firewall: its types, as data.
import { nativeService } from '../native-service.ts';

export const networkFirewall = nativeService({
  key: 'network-firewall',
  reconName: 'NetworkFirewall',
  namespaces: ['NetworkFirewall'],
  scope: 'regional',
  types: [
    {
      key: 'network-firewall.firewall',
      reconType: 'firewall',
      cloudFormationType: 'AWS::NetworkFirewall::Firewall',
      identifier: '{arn}',
      arn: '{firewall_arn}',
      arnPrefix: 'firewall/',
      actions: ['network-firewall:ListFirewalls', 'network-firewall:DescribeFirewall'],
    },
    {
      key: 'network-firewall.firewall-policy',
      reconType: 'firewall_policy',
      cloudFormationType: 'AWS::NetworkFirewall::FirewallPolicy',
      identifier: '{arn}',
      arn: '{arn}',
      arnPrefix: 'firewall-policy/',
      actions: ['network-firewall:ListFirewallPolicies'],
    },
    // For the star stands `stateful` or `stateless`.
    {
      key: 'network-firewall.rule-group',
      reconType: 'rule_group',
      cloudFormationType: 'AWS::NetworkFirewall::RuleGroup',
      identifier: '{arn}',
      arn: '{arn}',
      arnPrefix: '*-rulegroup/',
      actions: ['network-firewall:ListRuleGroups'],
    },
    {
      key: 'network-firewall.tls-inspection-configuration',
      reconType: 'tls_inspection_configuration',
      cloudFormationType: 'AWS::NetworkFirewall::TLSInspectionConfiguration',
      identifier: '{arn}',
      arn: '{arn}',
      arnPrefix: 'tls-configuration/',
      actions: ['network-firewall:ListTLSInspectionConfigurations'],
    },
    {
      key: 'network-firewall.vpc-endpoint-association',
      reconType: 'vpc_endpoint_association',
      cloudFormationType: 'AWS::NetworkFirewall::VpcEndpointAssociation',
      identifier: '{arn}',
      arn: '{vpc_endpoint_association_arn}',
      arnPrefix: 'vpc-endpoint-association/',
      actions: ['network-firewall:ListVpcEndpointAssociations'],
    },
  ],
});
