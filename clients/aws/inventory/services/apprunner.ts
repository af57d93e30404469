// App Runner: services and what they share, as summaries.
import {
  AppRunnerClient,
  paginateListAutoScalingConfigurations,
  paginateListConnections,
  paginateListObservabilityConfigurations,
  paginateListServices,
  paginateListVpcConnectors,
  paginateListVpcIngressConnections,
} from '@aws-sdk/client-apprunner';
import { apprunner as catalogue } from '../../../../contract/catalogue/native/apprunner.ts';
import { defineService } from '../listing.ts';
import { paged } from '../rows.ts';

/** App Runner shows this one, of its own making, in every account. */
const byDefault = 'DefaultConfiguration';

export const apprunner = defineService(catalogue, configuration => new AppRunnerClient(configuration), [
  paged('apprunner.service', { paginate: paginateListServices, input: {} }, page => page.ServiceSummaryList),
  paged('apprunner.connection', { paginate: paginateListConnections, input: {} }, page => page.ConnectionSummaryList),
  paged(
    'apprunner.auto-scaling-configuration',
    // Older revisions are in use by services too.
    { paginate: paginateListAutoScalingConfigurations, input: { LatestOnly: false } },
    page => page.AutoScalingConfigurationSummaryList?.filter(each => each.AutoScalingConfigurationName !== byDefault),
  ),
  paged(
    'apprunner.observability-configuration',
    { paginate: paginateListObservabilityConfigurations, input: { LatestOnly: false } },
    page =>
      page.ObservabilityConfigurationSummaryList?.filter(each => each.ObservabilityConfigurationName !== byDefault),
  ),
  paged('apprunner.vpc-connector', { paginate: paginateListVpcConnectors, input: {} }, page => page.VpcConnectors),
  paged(
    'apprunner.vpc-ingress-connection',
    { paginate: paginateListVpcIngressConnections, input: {} },
    page => page.VpcIngressConnectionSummaryList,
  ),
]);
