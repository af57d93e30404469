// MediaConvert: queues, and the account's own presets and templates of jobs.
import {
  MediaConvertClient,
  paginateListJobTemplates,
  paginateListPresets,
  paginateListQueues,
} from '@aws-sdk/client-mediaconvert';
import { mediaconvert as catalogue } from '../../../../contract/catalogue/native/mediaconvert.ts';
import { defineService } from '../listing.ts';
import { paged } from '../rows.ts';

/** More in one page are refused. */
const pageSize = 20;

/** AWS's own are the same everywhere. */
const isOwn = (item: { readonly Type?: string | undefined }): boolean => item.Type !== 'SYSTEM';

export const mediaconvert = defineService(catalogue, configuration => new MediaConvertClient(configuration), [
  // The default queue, which is of type SYSTEM, is the account's own too.
  paged('mediaconvert.queue', { paginate: paginateListQueues, input: {}, pageSize }, page => page.Queues),
  paged('mediaconvert.job-template', { paginate: paginateListJobTemplates, input: {}, pageSize }, page =>
    page.JobTemplates?.filter(isOwn),
  ),
  paged('mediaconvert.preset', { paginate: paginateListPresets, input: {}, pageSize }, page =>
    page.Presets?.filter(isOwn),
  ),
]);
