// EC2 Auto Scaling: its types, as data.
import { nativeService } from '../native-service.ts';

export const autoscaling = nativeService({
  key: 'autoscaling',
  reconName: 'AutoScaling',
  namespaces: ['AutoScaling'],
  scope: 'regional',
  types: [
    {
      key: 'autoscaling.group',
      reconType: 'auto_scaling_group',
      cloudFormationType: 'AWS::AutoScaling::AutoScalingGroup',
      identifier: '{path}',
      arn: '{auto_scaling_group_arn}',
      arnPrefix: 'autoScalingGroup:*:autoScalingGroupName/',
      actions: ['autoscaling:DescribeAutoScalingGroups'],
    },
    {
      key: 'autoscaling.launch-configuration',
      reconType: 'launch_configuration',
      cloudFormationType: 'AWS::AutoScaling::LaunchConfiguration',
      identifier: '{path}',
      arn: '{launch_configuration_arn}',
      arnPrefix: 'launchConfiguration:*:launchConfigurationName/',
      actions: ['autoscaling:DescribeLaunchConfigurations'],
    },
    {
      key: 'autoscaling.scaling-policy',
      reconType: 'scaling_policy',
      cloudFormationType: 'AWS::AutoScaling::ScalingPolicy',
      identifier: '{arn}',
      arn: '{policy_arn}',
      arnPrefix: 'scalingPolicy:*:autoScalingGroupName/',
      actions: ['autoscaling:DescribePolicies'],
    },
    {
      key: 'autoscaling.scheduled-action',
      reconType: 'scheduled_action',
      cloudFormationType: 'AWS::AutoScaling::ScheduledAction',
      identifier: '{arn}',
      arn: '{scheduled_action_arn}',
      arnPrefix: 'scheduledUpdateGroupAction:*:autoScalingGroupName/',
      actions: ['autoscaling:DescribeScheduledActions'],
    },
    // AWS gives hooks no ARN: this form is our own, after that of scheduled actions.
    {
      key: 'autoscaling.lifecycle-hook',
      reconType: 'lifecycle_hook',
      cloudFormationType: 'AWS::AutoScaling::LifecycleHook',
      identifier: '{parent}|{path}',
      arn: 'arn:{partition}:autoscaling:{region}:{account}:lifecycleHook:autoScalingGroupName/{auto_scaling_group_name}:lifecycleHookName/{lifecycle_hook_name}',
      actions: ['autoscaling:DescribeAutoScalingGroups', 'autoscaling:DescribeLifecycleHooks'],
    },
  ],
});
