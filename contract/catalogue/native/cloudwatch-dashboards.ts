// CloudWatch’s dashboards, which every region shows alike: their type, as data.
import { nativeService } from '../native-service.ts';

export const cloudwatchDashboards = nativeService({
  key: 'cloudwatch-dashboards',
  reconName: 'CloudWatchDashboards',
  namespaces: ['CloudWatch'],
  scope: 'global',
  arnService: 'cloudwatch',
  types: [
    {
      key: 'cloudwatch-dashboards.dashboard',
      reconType: 'dashboard',
      cloudFormationType: 'AWS::CloudWatch::Dashboard',
      identifier: '{name}',
      arn: 'arn:{partition}:cloudwatch::{account}:dashboard/{dashboard_name}',
      actions: ['cloudwatch:ListDashboards'],
    },
  ],
});
