// Elastic Load Balancing, application, network and gateway load balancers: its types, as data.
import { nativeService } from '../native-service.ts';

export const elbv2 = nativeService({
  key: 'elbv2',
  reconName: 'ElasticLoadBalancingV2',
  namespaces: ['ElasticLoadBalancingV2'],
  scope: 'regional',
  arnService: 'elasticloadbalancing',
  types: [
    // Behind the star stands its kind: `app`, `net` or `gwy`. Classic ones have their name there, and nothing after it.
    {
      key: 'elbv2.load-balancer',
      reconType: 'load_balancer',
      cloudFormationType: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
      identifier: '{arn}',
      arn: '{load_balancer_arn}',
      arnPrefix: 'loadbalancer/*/',
      actions: ['elasticloadbalancing:DescribeLoadBalancers'],
    },
    {
      key: 'elbv2.listener',
      reconType: 'listener',
      cloudFormationType: 'AWS::ElasticLoadBalancingV2::Listener',
      identifier: '{arn}',
      arn: '{listener_arn}',
      arnPrefix: 'listener/',
      actions: ['elasticloadbalancing:DescribeLoadBalancers', 'elasticloadbalancing:DescribeListeners'],
    },
    {
      key: 'elbv2.listener-rule',
      reconType: 'listener_rule',
      cloudFormationType: 'AWS::ElasticLoadBalancingV2::ListenerRule',
      identifier: '{arn}',
      arn: '{rule_arn}',
      arnPrefix: 'listener-rule/',
      actions: [
        'elasticloadbalancing:DescribeLoadBalancers',
        'elasticloadbalancing:DescribeListeners',
        'elasticloadbalancing:DescribeRules',
      ],
    },
    {
      key: 'elbv2.target-group',
      reconType: 'target_group',
      cloudFormationType: 'AWS::ElasticLoadBalancingV2::TargetGroup',
      identifier: '{arn}',
      arn: '{target_group_arn}',
      arnPrefix: 'targetgroup/',
      actions: ['elasticloadbalancing:DescribeTargetGroups'],
    },
    {
      key: 'elbv2.trust-store',
      reconType: 'trust_store',
      cloudFormationType: 'AWS::ElasticLoadBalancingV2::TrustStore',
      identifier: '{arn}',
      arn: '{trust_store_arn}',
      arnPrefix: 'truststore/',
      actions: ['elasticloadbalancing:DescribeTrustStores'],
    },
  ],
});
