// Redshift Serverless: its types, as data.
import { nativeService } from '../native-service.ts';

export const redshiftServerless = nativeService({
  key: 'redshift-serverless',
  reconName: 'RedshiftServerless',
  namespaces: ['RedshiftServerless'],
  scope: 'regional',
  types: [
    {
      key: 'redshift-serverless.namespace',
      reconType: 'namespace',
      cloudFormationType: 'AWS::RedshiftServerless::Namespace',
      identifier: '{arn}',
      arn: 'arn:{partition}:redshift-serverless:{region}:{account}:namespace/{namespace_id}',
      actions: ['redshift-serverless:ListNamespaces'],
    },
    {
      key: 'redshift-serverless.workgroup',
      reconType: 'workgroup',
      cloudFormationType: 'AWS::RedshiftServerless::Workgroup',
      identifier: '{arn}',
      arn: 'arn:{partition}:redshift-serverless:{region}:{account}:workgroup/{workgroup_id}',
      actions: ['redshift-serverless:ListWorkgroups'],
    },
    {
      key: 'redshift-serverless.snapshot',
      reconType: 'snapshot',
      cloudFormationType: 'AWS::RedshiftServerless::Snapshot',
      identifier: '{arn}',
      arn: '{snapshot_arn}',
      arnPrefix: 'snapshot/',
      actions: ['redshift-serverless:ListSnapshots'],
    },
  ],
});
