// Kinesis: data streams, and the registered consumers of each.
import {
  KinesisClient,
  type ListStreamsOutput,
  paginateListStreamConsumers,
  paginateListStreams,
  type StreamSummary,
} from '@aws-sdk/client-kinesis';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { kinesis as catalogue } from '../../../../contract/catalogue/native/kinesis.ts';
import { type ClientConfiguration, defineService } from '../listing.ts';
import { nested } from '../nested-rows.ts';
import { paged, walkPages } from '../rows.ts';

const streamPages = { paginate: paginateListStreams, input: {} };

/** Summaries are younger than names, and not every server of this API knows them. */
const streamsOf = ({ StreamSummaries, StreamNames }: ListStreamsOutput): readonly Partial<StreamSummary>[] =>
  StreamSummaries ?? (StreamNames ?? []).map(StreamName => ({ StreamName }));

const consumers = nested({
  type: 'kinesis.consumer',
  parents: async function* parents(client: KinesisClient, abortSignal) {
    for await (const page of walkPages(client, streamPages, abortSignal)) yield page.StreamSummaries;
  },
  children: async function* children(client, { StreamARN }: StreamSummary, abortSignal) {
    const row = { paginate: paginateListStreamConsumers, input: { StreamARN } };
    for await (const page of walkPages(client, row, abortSignal)) yield page.Consumers;
  },
  gone: ['ResourceNotFoundException'],
});

/** The client's own handler speaks HTTP/2, which knows neither our proxy nor our list of authorities. */
export const kinesisClient = (configuration: ClientConfiguration): KinesisClient =>
  new KinesisClient({ ...configuration, requestHandler: new NodeHttpHandler(configuration.requestHandler) });

export const kinesis = defineService(catalogue, kinesisClient, [
  paged('kinesis.stream', streamPages, streamsOf),
  consumers,
]);
