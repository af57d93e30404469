// EMR: its types, as data.
import { nativeService } from '../native-service.ts';

export const emr = nativeService({
  key: 'emr',
  reconName: 'EMR',
  namespaces: ['EMR'],
  scope: 'regional',
  arnService: 'elasticmapreduce',
  types: [
    {
      key: 'emr.cluster',
      reconType: 'cluster',
      cloudFormationType: 'AWS::EMR::Cluster',
      identifier: '{name}',
      arn: 'arn:{partition}:elasticmapreduce:{region}:{account}:cluster/{id}',
      actions: ['elasticmapreduce:ListClusters'],
    },
    {
      key: 'emr.studio',
      reconType: 'studio',
      cloudFormationType: 'AWS::EMR::Studio',
      identifier: '{name}',
      arn: 'arn:{partition}:elasticmapreduce:{region}:{account}:studio/{studio_id}',
      actions: ['elasticmapreduce:ListStudios'],
    },
    {
      key: 'emr.security-configuration',
      reconType: 'security_configuration',
      cloudFormationType: 'AWS::EMR::SecurityConfiguration',
      identifier: '{name}',
      arn: 'arn:{partition}:elasticmapreduce:{region}:{account}:security-configuration/{name}',
      actions: ['elasticmapreduce:ListSecurityConfigurations', 'elasticmapreduce:DescribeSecurityConfiguration'],
    },
  ],
});
