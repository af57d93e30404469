// X-Ray: its types, as data.
import { nativeService } from '../native-service.ts';

export const xray = nativeService({
  key: 'xray',
  reconName: 'XRay',
  namespaces: ['XRay'],
  scope: 'regional',
  types: [
    {
      key: 'xray.group',
      reconType: 'group',
      cloudFormationType: 'AWS::XRay::Group',
      identifier: '{arn}',
      arn: '{group_arn}',
      arnPrefix: 'group/',
      actions: ['xray:GetGroups'],
    },
    {
      key: 'xray.sampling-rule',
      reconType: 'sampling_rule',
      cloudFormationType: 'AWS::XRay::SamplingRule',
      identifier: '{arn}',
      arn: '{rule_arn}',
      arnPrefix: 'sampling-rule/',
      actions: ['xray:GetSamplingRules'],
    },
  ],
});
