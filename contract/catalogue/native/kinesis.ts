// Kinesis Data Streams: its types, as data.
import { nativeService } from '../native-service.ts';

export const kinesis = nativeService({
  key: 'kinesis',
  reconName: 'Kinesis',
  namespaces: ['Kinesis'],
  scope: 'regional',
  types: [
    {
      key: 'kinesis.stream',
      reconType: 'stream',
      cloudFormationType: 'AWS::Kinesis::Stream',
      identifier: '{name}',
      arn: 'arn:{partition}:kinesis:{region}:{account}:stream/{stream_name}',
      actions: ['kinesis:ListStreams'],
    },
    {
      key: 'kinesis.consumer',
      reconType: 'stream_consumer',
      cloudFormationType: 'AWS::Kinesis::StreamConsumer',
      identifier: '{arn}',
      arn: '{consumer_arn}',
      arnPrefix: 'stream/*/consumer/',
      actions: ['kinesis:ListStreams', 'kinesis:ListStreamConsumers'],
    },
  ],
});
