// EventBridge Scheduler: its types, as data.
import { nativeService } from '../native-service.ts';

export const scheduler = nativeService({
  key: 'scheduler',
  reconName: 'Scheduler',
  namespaces: ['Scheduler'],
  scope: 'regional',
  types: [
    {
      key: 'scheduler.schedule',
      reconType: 'schedule',
      cloudFormationType: 'AWS::Scheduler::Schedule',
      identifier: '{name}',
      arn: 'arn:{partition}:scheduler:{region}:{account}:schedule/{group_name}/{name}',
      actions: ['scheduler:ListSchedules'],
    },
    {
      key: 'scheduler.schedule-group',
      reconType: 'schedule_group',
      cloudFormationType: 'AWS::Scheduler::ScheduleGroup',
      identifier: '{name}',
      arn: 'arn:{partition}:scheduler:{region}:{account}:schedule-group/{name}',
      actions: ['scheduler:ListScheduleGroups'],
    },
  ],
});
