// AppConfig: its types, as data.
import { nativeService } from '../native-service.ts';

export const appconfig = nativeService({
  key: 'appconfig',
  reconName: 'AppConfig',
  namespaces: ['AppConfig'],
  scope: 'regional',
  types: [
    {
      key: 'appconfig.application',
      reconType: 'application',
      cloudFormationType: 'AWS::AppConfig::Application',
      identifier: '{name}',
      arn: 'arn:{partition}:appconfig:{region}:{account}:application/{id}',
      actions: ['appconfig:ListApplications'],
    },
    {
      key: 'appconfig.environment',
      reconType: 'environment',
      cloudFormationType: 'AWS::AppConfig::Environment',
      identifier: '{parent}|{name}',
      arn: 'arn:{partition}:appconfig:{region}:{account}:application/{application_id}/environment/{id}',
      actions: ['appconfig:ListApplications', 'appconfig:ListEnvironments'],
    },
    {
      key: 'appconfig.configuration-profile',
      reconType: 'configuration_profile',
      cloudFormationType: 'AWS::AppConfig::ConfigurationProfile',
      identifier: '{parent}|{name}',
      arn: 'arn:{partition}:appconfig:{region}:{account}:application/{application_id}/configurationprofile/{id}',
      actions: ['appconfig:ListApplications', 'appconfig:ListConfigurationProfiles'],
    },
    {
      key: 'appconfig.deployment-strategy',
      reconType: 'deployment_strategy',
      cloudFormationType: 'AWS::AppConfig::DeploymentStrategy',
      identifier: '{name}',
      arn: 'arn:{partition}:appconfig:{region}:{account}:deploymentstrategy/{id}',
      actions: ['appconfig:ListDeploymentStrategies'],
    },
  ],
});
