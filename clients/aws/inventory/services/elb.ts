// Elastic Load Balancing: classic load balancers, whole.
import { ElasticLoadBalancingClient, paginateDescribeLoadBalancers } from '@aws-sdk/client-elastic-load-balancing';
import { elb as catalogue } from '../../../../contract/catalogue/native/elb.ts';
import { defineService } from '../listing.ts';
import { paged } from '../rows.ts';

export const elb = defineService(catalogue, configuration => new ElasticLoadBalancingClient(configuration), [
  paged(
    'elb.load-balancer',
    { paginate: paginateDescribeLoadBalancers, input: {}, pageSize: 200 },
    page => page.LoadBalancerDescriptions,
  ),
]);
