// OpenSearch Service: its types, as data.
import { nativeService } from '../native-service.ts';

export const opensearch = nativeService({
  key: 'opensearch',
  reconName: 'ElasticsearchService',
  namespaces: ['OpenSearchService'],
  scope: 'regional',
  arnService: 'es',
  types: [
    {
      key: 'opensearch.domain',
      reconType: 'domain',
      cloudFormationType: 'AWS::OpenSearchService::Domain',
      identifier: '{name}',
      arn: 'arn:{partition}:es:{region}:{account}:domain/{domain_name}',
      actions: ['es:ListDomainNames', 'es:DescribeDomains'],
    },
  ],
});
