// Cloud Map: its types, as data.
import { nativeService } from '../native-service.ts';

export const servicediscovery = nativeService({
  key: 'servicediscovery',
  reconName: 'ServiceDiscovery',
  namespaces: ['ServiceDiscovery'],
  scope: 'regional',
  types: [
    // An ARN does not tell the three kinds of namespaces apart.
    {
      key: 'servicediscovery.http-namespace',
      reconType: 'http_namespace',
      cloudFormationType: 'AWS::ServiceDiscovery::HttpNamespace',
      identifier: '{name}',
      arn: 'arn:{partition}:servicediscovery:{region}:{account}:namespace/{id}',
      actions: ['servicediscovery:ListNamespaces'],
    },
    {
      key: 'servicediscovery.private-dns-namespace',
      reconType: 'private_dns_namespace',
      cloudFormationType: 'AWS::ServiceDiscovery::PrivateDnsNamespace',
      identifier: '{name}',
      arn: 'arn:{partition}:servicediscovery:{region}:{account}:namespace/{id}',
      actions: ['servicediscovery:ListNamespaces'],
    },
    {
      key: 'servicediscovery.public-dns-namespace',
      reconType: 'public_dns_namespace',
      cloudFormationType: 'AWS::ServiceDiscovery::PublicDnsNamespace',
      identifier: '{name}',
      arn: 'arn:{partition}:servicediscovery:{region}:{account}:namespace/{id}',
      actions: ['servicediscovery:ListNamespaces'],
    },
    {
      key: 'servicediscovery.service',
      reconType: 'service',
      cloudFormationType: 'AWS::ServiceDiscovery::Service',
      identifier: '{name}',
      arn: 'arn:{partition}:servicediscovery:{region}:{account}:service/{id}',
      actions: ['servicediscovery:ListServices'],
    },
  ],
});
