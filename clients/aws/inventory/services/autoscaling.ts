// EC2 Auto Scaling: groups, what they launch, and what scales them; hooks are asked for group by group.
import {
  AutoScalingClient,
  DescribeLifecycleHooksCommand,
  paginateDescribeAutoScalingGroups,
  paginateDescribeLaunchConfigurations,
  paginateDescribePolicies,
  paginateDescribeScheduledActions,
} from '@aws-sdk/client-auto-scaling';
import { autoscaling as catalogue } from '../../../../contract/catalogue/native/autoscaling.ts';
import { defineService } from '../listing.ts';
import { nested } from '../nested-rows.ts';
import { pick } from '../page-walks.ts';
import { paged, walkPages } from '../rows.ts';
import { without } from '../withhold.ts';

const groups = { paginate: paginateDescribeAutoScalingGroups, input: {}, pageSize: 100 };

export const autoscaling = defineService(catalogue, configuration => new AutoScalingClient(configuration), [
  paged('autoscaling.group', groups, page => page.AutoScalingGroups),
  paged(
    'autoscaling.launch-configuration',
    { paginate: paginateDescribeLaunchConfigurations, input: {}, pageSize: 100 },
    // Scripts for the first start, in which people write passwords.
    page => without('UserData')(page.LaunchConfigurations),
  ),
  paged(
    'autoscaling.scaling-policy',
    { paginate: paginateDescribePolicies, input: {}, pageSize: 100 },
    page => page.ScalingPolicies,
  ),
  paged(
    'autoscaling.scheduled-action',
    { paginate: paginateDescribeScheduledActions, input: {}, pageSize: 100 },
    page => page.ScheduledUpdateGroupActions,
  ),
  nested({
    type: 'autoscaling.lifecycle-hook',
    parents: (client: AutoScalingClient, abortSignal) =>
      pick(walkPages(client, groups, abortSignal), page => page.AutoScalingGroups),
    children: async function* children(client, { AutoScalingGroupName }, abortSignal) {
      const command = new DescribeLifecycleHooksCommand({ AutoScalingGroupName });
      yield (await client.send(command, { abortSignal })).LifecycleHooks;
    },
    // A group that was deleted since is a ValidationError, as is much else.
    gone: [],
  }),
]);
