// Route 53 Domains: its types, as data.
import { nativeService } from '../native-service.ts';

export const route53domains = nativeService({
  key: 'route53domains',
  reconName: 'Route53Domains',
  namespaces: ['Route53Domains'],
  scope: 'global',
  home: 'us-east-1',
  types: [
    // AWS gives domains no ARN: this form is our own.
    {
      key: 'route53domains.domain',
      reconType: 'domain',
      cloudFormationType: 'AWS::Route53Domains::Domain',
      identifier: '{name}',
      arn: 'arn:{partition}:route53domains::{account}:domain/{domain_name}',
      taggable: true,
      actions: ['route53domains:ListDomains'],
    },
  ],
});
