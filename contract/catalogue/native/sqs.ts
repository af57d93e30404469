// SQS: its types, as data.
import { nativeService } from '../native-service.ts';

export const sqs = nativeService({
  key: 'sqs',
  reconName: 'SQS',
  namespaces: ['SQS'],
  scope: 'regional',
  types: [
    {
      key: 'sqs.queue',
      reconType: 'queue',
      cloudFormationType: 'AWS::SQS::Queue',
      identifier: '{arn}',
      arn: 'arn:{partition}:sqs:{region}:{account}:{queue_name}',
      actions: ['sqs:ListQueues', 'sqs:GetQueueAttributes'],
    },
  ],
});
