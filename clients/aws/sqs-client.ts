// The client of SQS, which goes where its endpoint is.
import { SQSClient, type SQSClientConfig } from '@aws-sdk/client-sqs';

/** Not to the host of a queue's URL, which is AWS's public one whatever endpoint or proxy was set. */
export const openSqs = (configuration: SQSClientConfig): SQSClient =>
  new SQSClient({ ...configuration, useQueueUrlAsEndpoint: false });
