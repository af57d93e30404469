// Amazon MQ: brokers and their configurations.
import {
  ListConfigurationsCommand,
  type ListConfigurationsCommandInput,
  MqClient,
  paginateListBrokers,
} from '@aws-sdk/client-mq';
import { mq as catalogue } from '../../../../contract/catalogue/native/mq.ts';
import { defineService } from '../listing.ts';
import { paginateBy } from '../paginate-by.ts';
import { paged } from '../rows.ts';

const pageSize = 100;

const configurations = paginateBy('NextToken', (client: MqClient, input: ListConfigurationsCommandInput, options) =>
  client.send(new ListConfigurationsCommand(input), options),
);

export const mq = defineService(catalogue, configuration => new MqClient(configuration), [
  paged('mq.broker', { paginate: paginateListBrokers, input: {}, pageSize }, page => page.BrokerSummaries),
  paged('mq.configuration', { paginate: configurations, input: { MaxResults: pageSize } }, page => page.Configurations),
]);
