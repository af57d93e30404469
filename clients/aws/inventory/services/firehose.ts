// Firehose: the listing gives names, each delivery stream is described, without what its destinations are entered with.
import {
  DescribeDeliveryStreamCommand,
  type DestinationDescription,
  FirehoseClient,
  ListDeliveryStreamsCommand,
} from '@aws-sdk/client-firehose';
import { firehose as catalogue } from '../../../../contract/catalogue/native/firehose.ts';
import { type DescribedRow, described, describeOne } from '../described-rows.ts';
import { defineService, type ListedItem } from '../listing.ts';

/** Firehose names ten at once unless it is asked for more. */
const pageSize = 100;

/** Splunk's token, and the attributes that an HTTP endpoint is sent, among which are keys. */
const withoutSecrets = ({
  SplunkDestinationDescription: splunk,
  HttpEndpointDestinationDescription: http,
  ...destination
}: DestinationDescription): object => {
  const { HECToken: _token, ...splunkRest } = splunk ?? {};
  const { RequestConfiguration: _request, ...httpRest } = http ?? {};
  return {
    ...destination,
    ...(splunk === undefined ? {} : { SplunkDestinationDescription: splunkRest }),
    ...(http === undefined ? {} : { HttpEndpointDestinationDescription: httpRest }),
  };
};

const describeStream = async (client: FirehoseClient, item: ListedItem, abortSignal: AbortSignal) => {
  const { DeliveryStreamName } = item.fields as { DeliveryStreamName?: string };
  const command = new DescribeDeliveryStreamCommand({ DeliveryStreamName });
  const { DeliveryStreamDescription: stream } = await client.send(command, { abortSignal });
  return { fields: stream ? { ...stream, Destinations: stream.Destinations?.map(withoutSecrets) } : item.fields };
};

const streams: DescribedRow<FirehoseClient, 'firehose.delivery-stream'> = {
  type: 'firehose.delivery-stream',
  names: async function* names(client, abortSignal) {
    let last: string | undefined;
    let more = true;
    while (more) {
      const command = new ListDeliveryStreamsCommand({ Limit: pageSize, ExclusiveStartDeliveryStreamName: last });
      const { DeliveryStreamNames = [], HasMoreDeliveryStreams } = await client.send(command, { abortSignal });
      yield DeliveryStreamNames.map(DeliveryStreamName => ({ fields: { DeliveryStreamName } }));
      last = DeliveryStreamNames.at(-1);
      more = HasMoreDeliveryStreams === true && last !== undefined;
    }
  },
  batch: 1,
  describe: describeOne(describeStream),
  gone: ['ResourceNotFoundException'],
};

export const firehose = defineService(catalogue, configuration => new FirehoseClient(configuration), [
  described(streams),
]);
