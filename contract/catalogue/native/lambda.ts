// Lambda: its types, as data.
import { nativeService } from '../native-service.ts';

export const lambda = nativeService({
  key: 'lambda',
  reconName: 'Lambda',
  namespaces: ['Lambda'],
  scope: 'regional',
  types: [
    {
      key: 'lambda.function',
      reconType: 'function',
      cloudFormationType: 'AWS::Lambda::Function',
      identifier: '{name}',
      arn: 'arn:{partition}:lambda:{region}:{account}:function:{function_name}',
      actions: ['lambda:ListFunctions'],
    },
    {
      key: 'lambda.layer',
      reconType: 'layer',
      cloudFormationType: 'AWS::Lambda::Layer',
      identifier: '{arn}',
      arn: 'arn:{partition}:lambda:{region}:{account}:layer:{layer_name}',
      actions: ['lambda:ListLayers'],
    },
    {
      key: 'lambda.event-source-mapping',
      reconType: 'event_source_mapping',
      cloudFormationType: 'AWS::Lambda::EventSourceMapping',
      identifier: '{name}',
      arn: 'arn:{partition}:lambda:{region}:{account}:event-source-mapping:{uuid}',
      actions: ['lambda:ListEventSourceMappings'],
    },
    {
      key: 'lambda.code-signing-config',
      reconType: 'code_signing_config',
      cloudFormationType: 'AWS::Lambda::CodeSigningConfig',
      identifier: '{arn}',
      arn: 'arn:{partition}:lambda:{region}:{account}:code-signing-config:{code_signing_config_id}',
      actions: ['lambda:ListCodeSigningConfigs'],
    },
    {
      key: 'lambda.alias',
      reconType: 'alias',
      cloudFormationType: 'AWS::Lambda::Alias',
      identifier: '{arn}',
      arn: '{alias_arn}',
      arnPrefix: 'function:*:',
      actions: ['lambda:ListFunctions', 'lambda:ListAliases'],
    },
  ],
});
