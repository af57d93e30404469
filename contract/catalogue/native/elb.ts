// Elastic Load Balancing, the classic load balancers: its types, as data.
import { nativeService } from '../native-service.ts';

export const elb = nativeService({
  key: 'elb',
  reconName: 'ElasticLoadBalancing',
  namespaces: ['ElasticLoadBalancing'],
  scope: 'regional',
  arnService: 'elasticloadbalancing',
  types: [
    {
      key: 'elb.load-balancer',
      reconType: 'load_balancer',
      cloudFormationType: 'AWS::ElasticLoadBalancing::LoadBalancer',
      identifier: '{name}',
      arn: 'arn:{partition}:elasticloadbalancing:{region}:{account}:loadbalancer/{load_balancer_name}',
      actions: ['elasticloadbalancing:DescribeLoadBalancers'],
    },
  ],
});
