// Config: what records, what is checked, and what is gathered from other accounts.
import {
  ConfigServiceClient,
  DescribeConfigurationRecordersCommand,
  DescribeDeliveryChannelsCommand,
  paginateDescribeConfigRules,
  paginateDescribeConfigurationAggregators,
  paginateDescribeConformancePacks,
} from '@aws-sdk/client-config-service';
import { config as catalogue } from '../../../../contract/catalogue/native/config.ts';
import { defineService } from '../listing.ts';
import { paged, single } from '../rows.ts';

export const config = defineService(catalogue, configuration => new ConfigServiceClient(configuration), [
  paged('config.rule', { paginate: paginateDescribeConfigRules, input: {} }, page => page.ConfigRules),
  single(
    'config.configuration-recorder',
    async (client: ConfigServiceClient, options) =>
      (await client.send(new DescribeConfigurationRecordersCommand({}), options)).ConfigurationRecorders,
  ),
  single(
    'config.delivery-channel',
    async (client: ConfigServiceClient, options) =>
      (await client.send(new DescribeDeliveryChannelsCommand({}), options)).DeliveryChannels,
  ),
  paged(
    'config.conformance-pack',
    { paginate: paginateDescribeConformancePacks, input: {} },
    page => page.ConformancePackDetails,
  ),
  paged(
    'config.aggregator',
    { paginate: paginateDescribeConfigurationAggregators, input: {} },
    page => page.ConfigurationAggregators,
  ),
]);
