// Security Hub: its types, as data.
import { nativeService } from '../native-service.ts';

export const securityhub = nativeService({
  key: 'securityhub',
  reconName: 'SecurityHub',
  namespaces: ['SecurityHub'],
  scope: 'regional',
  types: [
    {
      key: 'securityhub.hub',
      reconType: 'hub',
      cloudFormationType: 'AWS::SecurityHub::Hub',
      identifier: '{arn}',
      arn: '{hub_arn}',
      arnPrefix: 'hub/',
      actions: ['securityhub:DescribeHub'],
    },
    {
      key: 'securityhub.standard',
      reconType: 'standards_subscription',
      cloudFormationType: 'AWS::SecurityHub::Standard',
      identifier: '{arn}',
      arn: '{standards_subscription_arn}',
      arnPrefix: 'subscription/',
      actions: ['securityhub:GetEnabledStandards'],
    },
    {
      key: 'securityhub.insight',
      reconType: 'insight',
      cloudFormationType: 'AWS::SecurityHub::Insight',
      identifier: '{arn}',
      arn: '{insight_arn}',
      arnPrefix: 'insight/',
      actions: ['securityhub:GetInsights'],
    },
    {
      key: 'securityhub.automation-rule',
      reconType: 'automation_rule',
      cloudFormationType: 'AWS::SecurityHub::AutomationRule',
      identifier: '{arn}',
      arn: '{rule_arn}',
      arnPrefix: 'automation-rule/',
      actions: ['securityhub:ListAutomationRules'],
    },
    {
      key: 'securityhub.action-target',
      reconType: 'action_target',
      cloudFormationType: 'AWS::SecurityHub::ActionTarget',
      identifier: '{arn}',
      arn: '{action_target_arn}',
      arnPrefix: 'action/',
      actions: ['securityhub:DescribeActionTargets'],
    },
  ],
});
