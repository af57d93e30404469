// Athena: its types, as data.
import { nativeService } from '../native-service.ts';

export const athena = nativeService({
  key: 'athena',
  reconName: 'Athena',
  namespaces: ['Athena'],
  scope: 'regional',
  types: [
    {
      key: 'athena.workgroup',
      reconType: 'workgroup',
      cloudFormationType: 'AWS::Athena::WorkGroup',
      identifier: '{name}',
      arn: 'arn:{partition}:athena:{region}:{account}:workgroup/{name}',
      actions: ['athena:ListWorkGroups'],
    },
    {
      key: 'athena.data-catalog',
      reconType: 'data_catalog',
      cloudFormationType: 'AWS::Athena::DataCatalog',
      identifier: '{name}',
      arn: 'arn:{partition}:athena:{region}:{account}:datacatalog/{catalog_name}',
      actions: ['athena:ListDataCatalogs'],
    },
    {
      key: 'athena.named-query',
      reconType: 'named_query',
      cloudFormationType: 'AWS::Athena::NamedQuery',
      identifier: '{name}',
      arn: 'arn:{partition}:athena:{region}:{account}:namedquery/{named_query_id}',
      actions: ['athena:ListWorkGroups', 'athena:ListNamedQueries', 'athena:BatchGetNamedQuery'],
    },
  ],
});
