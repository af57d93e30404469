// Firehose: its types, as data.
import { nativeService } from '../native-service.ts';

export const firehose = nativeService({
  key: 'firehose',
  reconName: 'Firehose',
  namespaces: ['KinesisFirehose'],
  scope: 'regional',
  types: [
    {
      key: 'firehose.delivery-stream',
      reconType: 'stream',
      cloudFormationType: 'AWS::KinesisFirehose::DeliveryStream',
      identifier: '{name}',
      arn: 'arn:{partition}:firehose:{region}:{account}:deliverystream/{delivery_stream_name}',
      actions: ['firehose:ListDeliveryStreams', 'firehose:DescribeDeliveryStream'],
    },
  ],
});
