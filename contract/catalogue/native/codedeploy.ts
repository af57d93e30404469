// CodeDeploy: its types, as data.
import { nativeService } from '../native-service.ts';

export const codedeploy = nativeService({
  key: 'codedeploy',
  reconName: 'CodeDeploy',
  namespaces: ['CodeDeploy'],
  scope: 'regional',
  types: [
    {
      key: 'codedeploy.application',
      reconType: 'application',
      cloudFormationType: 'AWS::CodeDeploy::Application',
      identifier: '{name}',
      arn: 'arn:{partition}:codedeploy:{region}:{account}:application:{application_name}',
      actions: ['codedeploy:ListApplications', 'codedeploy:BatchGetApplications'],
    },
    {
      key: 'codedeploy.deployment-group',
      reconType: 'deployment_group',
      cloudFormationType: 'AWS::CodeDeploy::DeploymentGroup',
      identifier: '{parent}|{name}',
      arn: 'arn:{partition}:codedeploy:{region}:{account}:deploymentgroup:{application_name}/{deployment_group_name}',
      actions: [
        'codedeploy:ListApplications',
        'codedeploy:ListDeploymentGroups',
        'codedeploy:BatchGetDeploymentGroups',
      ],
    },
    {
      key: 'codedeploy.deployment-config',
      reconType: 'deployment_config',
      cloudFormationType: 'AWS::CodeDeploy::DeploymentConfig',
      identifier: '{name}',
      arn: 'arn:{partition}:codedeploy:{region}:{account}:deploymentconfig:{deployment_config_name}',
      actions: ['codedeploy:ListDeploymentConfigs', 'codedeploy:GetDeploymentConfig'],
    },
  ],
});
