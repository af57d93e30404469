// Systems Manager: its types, as data.
import { nativeService } from '../native-service.ts';

export const ssm = nativeService({
  key: 'ssm',
  reconName: 'SSM',
  namespaces: ['SSM'],
  scope: 'regional',
  types: [
    {
      key: 'ssm.parameter',
      reconType: 'parameter',
      cloudFormationType: 'AWS::SSM::Parameter',
      identifier: '{arn}',
      arn: 'arn:{partition}:ssm:{region}:{account}:parameter/{parameter_path}',
      actions: ['ssm:DescribeParameters'],
    },
    {
      key: 'ssm.document',
      reconType: 'document',
      cloudFormationType: 'AWS::SSM::Document',
      identifier: '{path}',
      arn: 'arn:{partition}:ssm:{region}:{account}:document/{name}',
      actions: ['ssm:ListDocuments'],
    },
    {
      key: 'ssm.maintenance-window',
      reconType: 'maintenance_window',
      cloudFormationType: 'AWS::SSM::MaintenanceWindow',
      identifier: '{name}',
      arn: 'arn:{partition}:ssm:{region}:{account}:maintenancewindow/{window_id}',
      actions: ['ssm:DescribeMaintenanceWindows'],
    },
    {
      key: 'ssm.patch-baseline',
      reconType: 'patch_baseline',
      cloudFormationType: 'AWS::SSM::PatchBaseline',
      identifier: '{name}',
      arn: 'arn:{partition}:ssm:{region}:{account}:patchbaseline/{baseline_id}',
      actions: ['ssm:DescribePatchBaselines'],
    },
    {
      key: 'ssm.association',
      reconType: 'association',
      cloudFormationType: 'AWS::SSM::Association',
      identifier: '{name}',
      arn: 'arn:{partition}:ssm:{region}:{account}:association/{association_id}',
      actions: ['ssm:ListAssociations'],
    },
    {
      key: 'ssm.resource-data-sync',
      reconType: 'resource_data_sync',
      cloudFormationType: 'AWS::SSM::ResourceDataSync',
      identifier: '{name}',
      arn: 'arn:{partition}:ssm:{region}:{account}:resource-data-sync/{sync_name}',
      actions: ['ssm:ListResourceDataSync'],
    },
  ],
});
