// CodePipeline: its types, as data.
import { nativeService } from '../native-service.ts';

export const codepipeline = nativeService({
  key: 'codepipeline',
  reconName: 'CodePipeline',
  namespaces: ['CodePipeline'],
  scope: 'regional',
  types: [
    {
      key: 'codepipeline.pipeline',
      reconType: 'pipeline',
      cloudFormationType: 'AWS::CodePipeline::Pipeline',
      identifier: '{name}',
      arn: 'arn:{partition}:codepipeline:{region}:{account}:{name}',
      actions: ['codepipeline:ListPipelines'],
    },
    {
      key: 'codepipeline.webhook',
      reconType: 'webhook',
      cloudFormationType: 'AWS::CodePipeline::Webhook',
      identifier: '{arn}',
      arn: '{arn}',
      arnPrefix: 'webhook:',
      actions: ['codepipeline:ListWebhooks'],
    },
    {
      key: 'codepipeline.custom-action-type',
      reconType: 'custom_action_type',
      cloudFormationType: 'AWS::CodePipeline::CustomActionType',
      identifier: '{arn}',
      arn: 'arn:{partition}:codepipeline:{region}:{account}:actiontype:Custom/{category}/{provider}/{version}',
      arnPrefix: 'actiontype:Custom/',
      actions: ['codepipeline:ListActionTypes'],
    },
  ],
});
