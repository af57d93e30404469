// Macie: its session in a region, what it looks for, and its jobs.
import {
  GetMacieSessionCommand,
  Macie2Client,
  paginateListAllowLists,
  paginateListClassificationJobs,
  paginateListCustomDataIdentifiers,
  paginateListFindingsFilters,
} from '@aws-sdk/client-macie2';
import { macie2 as catalogue } from '../../../../contract/catalogue/native/macie2.ts';
import { answerMembers } from '../answer-members.ts';
import { defineService } from '../listing.ts';
import { paged, single } from '../rows.ts';

export const macie2 = defineService(catalogue, configuration => new Macie2Client(configuration), [
  single('macie2.session', async (client: Macie2Client, options) => [
    answerMembers(await client.send(new GetMacieSessionCommand({}), options)),
  ]),
  paged('macie2.allow-list', { paginate: paginateListAllowLists, input: {}, pageSize: 25 }, page => page.allowLists),
  paged(
    'macie2.custom-data-identifier',
    { paginate: paginateListCustomDataIdentifiers, input: {}, pageSize: 25 },
    page => page.items,
  ),
  paged(
    'macie2.findings-filter',
    { paginate: paginateListFindingsFilters, input: {}, pageSize: 25 },
    page => page.findingsFilterListItems,
  ),
  paged(
    'macie2.classification-job',
    { paginate: paginateListClassificationJobs, input: {}, pageSize: 25 },
    page => page.items,
  ),
]);
