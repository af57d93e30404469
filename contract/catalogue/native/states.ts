// Step Functions: its types, as data.
import { nativeService } from '../native-service.ts';

export const states = nativeService({
  key: 'states',
  reconName: 'States',
  namespaces: ['StepFunctions'],
  scope: 'regional',
  types: [
    {
      key: 'states.state-machine',
      reconType: 'state_machine',
      cloudFormationType: 'AWS::StepFunctions::StateMachine',
      identifier: '{arn}',
      arn: '{state_machine_arn}',
      arnPrefix: 'stateMachine:',
      actions: ['states:ListStateMachines'],
    },
    {
      key: 'states.activity',
      reconType: 'activity',
      cloudFormationType: 'AWS::StepFunctions::Activity',
      identifier: '{arn}',
      arn: '{activity_arn}',
      arnPrefix: 'activity:',
      actions: ['states:ListActivities'],
    },
    {
      key: 'states.state-machine-alias',
      reconType: 'state_machine_alias',
      cloudFormationType: 'AWS::StepFunctions::StateMachineAlias',
      identifier: '{arn}',
      arn: '{state_machine_alias_arn}',
      arnPrefix: 'stateMachine:*:',
      actions: ['states:ListStateMachines', 'states:ListStateMachineAliases'],
    },
  ],
});
