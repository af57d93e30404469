// CloudTrail: trails where they are at home, event data stores, and channels.
import {
  CloudTrailClient,
  DescribeTrailsCommand,
  GetEventDataStoreCommand,
  paginateListChannels,
  paginateListEventDataStores,
} from '@aws-sdk/client-cloudtrail';
import { cloudtrail as catalogue } from '../../../../contract/catalogue/native/cloudtrail.ts';
import { answerMembers } from '../answer-members.ts';
import { type DescribedRow, described, describeOne } from '../described-rows.ts';
import { defineService, type ListedItem } from '../listing.ts';
import { asItems, paged, single, walkPages } from '../rows.ts';

/** A trail of all regions is shown in each of them, and one of the organization in each account. */
const atHome = new DescribeTrailsCommand({ includeShadowTrails: false });

const storePages = { paginate: paginateListEventDataStores, input: {} };

const describeStore = async (client: CloudTrailClient, { fields }: ListedItem, abortSignal: AbortSignal) => {
  const { EventDataStoreArn } = fields as { EventDataStoreArn?: string };
  const command = new GetEventDataStoreCommand({ EventDataStore: EventDataStoreArn });
  return { fields: answerMembers(await client.send(command, { abortSignal })) };
};

const eventDataStores: DescribedRow<CloudTrailClient, 'cloudtrail.event-data-store'> = {
  type: 'cloudtrail.event-data-store',
  names: async function* names(client, abortSignal) {
    for await (const page of walkPages(client, storePages, abortSignal)) yield asItems(page.EventDataStores);
  },
  batch: 1,
  describe: describeOne(describeStore),
  gone: ['EventDataStoreNotFoundException'],
};

export const cloudtrail = defineService(catalogue, configuration => new CloudTrailClient(configuration), [
  single(
    'cloudtrail.trail',
    async (client: CloudTrailClient, options) => (await client.send(atHome, options)).trailList,
  ),
  described(eventDataStores),
  paged('cloudtrail.channel', { paginate: paginateListChannels, input: {} }, page => page.Channels),
]);
