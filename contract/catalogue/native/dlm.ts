// Data Lifecycle Manager: its types, as data.
import { nativeService } from '../native-service.ts';

export const dlm = nativeService({
  key: 'dlm',
  reconName: 'DLM',
  namespaces: ['DLM'],
  scope: 'regional',
  types: [
    {
      key: 'dlm.lifecycle-policy',
      reconType: 'lifecycle_policy',
      cloudFormationType: 'AWS::DLM::LifecyclePolicy',
      identifier: '{name}',
      arn: 'arn:{partition}:dlm:{region}:{account}:policy/{policy_id}',
      actions: ['dlm:GetLifecyclePolicies'],
    },
  ],
});
