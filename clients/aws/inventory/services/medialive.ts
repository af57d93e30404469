// MediaLive: channels, their inputs, who may push into them, and multiplexes.
import {
  MediaLiveClient,
  paginateListChannels,
  paginateListInputSecurityGroups,
  paginateListInputs,
  paginateListMultiplexes,
} from '@aws-sdk/client-medialive';
import { medialive as catalogue } from '../../../../contract/catalogue/native/medialive.ts';
import { defineService } from '../listing.ts';
import { paged } from '../rows.ts';

const pageSize = 100;

export const medialive = defineService(catalogue, configuration => new MediaLiveClient(configuration), [
  paged('medialive.channel', { paginate: paginateListChannels, input: {}, pageSize }, page => page.Channels),
  paged('medialive.input', { paginate: paginateListInputs, input: {}, pageSize }, page => page.Inputs),
  paged(
    'medialive.input-security-group',
    { paginate: paginateListInputSecurityGroups, input: {}, pageSize },
    page => page.InputSecurityGroups,
  ),
  paged('medialive.multiplex', { paginate: paginateListMultiplexes, input: {}, pageSize }, page => page.Multiplexes),
]);
