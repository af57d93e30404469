// EventBridge Scheduler: schedules of all groups, and the groups.
import { paginateListScheduleGroups, paginateListSchedules, SchedulerClient } from '@aws-sdk/client-scheduler';
import { scheduler as catalogue } from '../../../../contract/catalogue/native/scheduler.ts';
import { defineService } from '../listing.ts';
import { paged } from '../rows.ts';

const pageSize = 100;

export const scheduler = defineService(catalogue, configuration => new SchedulerClient(configuration), [
  paged(
    'scheduler.schedule-group',
    { paginate: paginateListScheduleGroups, input: {}, pageSize },
    page => page.ScheduleGroups,
  ),
  paged('scheduler.schedule', { paginate: paginateListSchedules, input: {}, pageSize }, page => page.Schedules),
]);
