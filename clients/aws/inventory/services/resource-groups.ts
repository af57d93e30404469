// Resource Groups: groups, of tags and of stacks.
import { paginateListGroups, ResourceGroupsClient } from '@aws-sdk/client-resource-groups';
import { resourceGroups as catalogue } from '../../../../contract/catalogue/native/resource-groups.ts';
import { defineService } from '../listing.ts';
import { paged } from '../rows.ts';

export const resourceGroups = defineService(catalogue, configuration => new ResourceGroupsClient(configuration), [
  paged(
    'resource-groups.group',
    { paginate: paginateListGroups, input: {}, pageSize: 50 },
    page => page.GroupIdentifiers,
  ),
]);
