// Route 53: its types, as data.
import { nativeService } from '../native-service.ts';

export const route53 = nativeService({
  key: 'route53',
  reconName: 'Route53',
  namespaces: ['Route53'],
  scope: 'global',
  types: [
    {
      key: 'route53.zone',
      reconType: 'zone',
      cloudFormationType: 'AWS::Route53::HostedZone',
      identifier: '{name}',
      arn: 'arn:{partition}:route53:::hostedzone/{hosted_zone_id}',
      actions: ['route53:ListHostedZones'],
    },
    // AWS gives records no ARN: this form is our own. The last name is `NAME/TYPE`, and `NAME/TYPE/SET` of one of a set.
    {
      key: 'route53.record-set',
      reconType: 'record_set',
      cloudFormationType: 'AWS::Route53::RecordSet',
      identifier: '{arn}',
      arn: 'arn:{partition}:route53:::hostedzone/{hosted_zone_id}/recordset/{record_set_id}',
      actions: ['route53:ListHostedZones', 'route53:ListResourceRecordSets'],
    },
    {
      key: 'route53.health-check',
      reconType: 'health_check',
      cloudFormationType: 'AWS::Route53::HealthCheck',
      identifier: '{name}',
      arn: 'arn:{partition}:route53:::healthcheck/{id}',
      actions: ['route53:ListHealthChecks'],
    },
    {
      key: 'route53.query-logging-config',
      reconType: 'query_logging_config',
      cloudFormationType: 'AWS::Route53::QueryLoggingConfig',
      identifier: '{arn}',
      arn: 'arn:{partition}:route53:::queryloggingconfig/{id}',
      actions: ['route53:ListQueryLoggingConfigs'],
    },
    {
      key: 'route53.reusable-delegation-set',
      reconType: 'reusable_delegation_set',
      cloudFormationType: 'AWS::Route53::DelegationSet',
      identifier: '{arn}',
      arn: 'arn:{partition}:route53:::delegationset/{delegation_set_id}',
      actions: ['route53:ListReusableDelegationSets'],
    },
    {
      key: 'route53.traffic-policy',
      reconType: 'traffic_policy',
      cloudFormationType: 'AWS::Route53::TrafficPolicy',
      identifier: '{arn}',
      arn: 'arn:{partition}:route53:::trafficpolicy/{id}',
      actions: ['route53:ListTrafficPolicies'],
    },
    {
      key: 'route53.traffic-policy-instance',
      reconType: 'traffic_policy_instance',
      cloudFormationType: 'AWS::Route53::TrafficPolicyInstance',
      identifier: '{arn}',
      arn: 'arn:{partition}:route53:::trafficpolicyinstance/{id}',
      actions: ['route53:ListTrafficPolicyInstances'],
    },
    {
      key: 'route53.cidr-collection',
      reconType: 'cidr_collection',
      cloudFormationType: 'AWS::Route53::CidrCollection',
      identifier: '{name}',
      arn: 'arn:{partition}:route53:::cidrcollection/{id}',
      actions: ['route53:ListCidrCollections'],
    },
  ],
});
