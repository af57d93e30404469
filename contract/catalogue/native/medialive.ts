// MediaLive: its types, as data.
import { nativeService } from '../native-service.ts';

export const medialive = nativeService({
  key: 'medialive',
  reconName: 'MediaLive',
  namespaces: ['MediaLive'],
  scope: 'regional',
  types: [
    {
      key: 'medialive.channel',
      reconType: 'channel',
      cloudFormationType: 'AWS::MediaLive::Channel',
      identifier: '{name}',
      arn: 'arn:{partition}:medialive:{region}:{account}:channel:{id}',
      actions: ['medialive:ListChannels'],
    },
    {
      key: 'medialive.input',
      reconType: 'input',
      cloudFormationType: 'AWS::MediaLive::Input',
      identifier: '{name}',
      arn: 'arn:{partition}:medialive:{region}:{account}:input:{id}',
      actions: ['medialive:ListInputs'],
    },
    {
      key: 'medialive.input-security-group',
      reconType: 'input_security_group',
      cloudFormationType: 'AWS::MediaLive::InputSecurityGroup',
      identifier: '{name}',
      arn: 'arn:{partition}:medialive:{region}:{account}:inputSecurityGroup:{id}',
      actions: ['medialive:ListInputSecurityGroups'],
    },
    {
      key: 'medialive.multiplex',
      reconType: 'multiplex',
      cloudFormationType: 'AWS::MediaLive::Multiplex',
      identifier: '{name}',
      arn: 'arn:{partition}:medialive:{region}:{account}:multiplex:{id}',
      actions: ['medialive:ListMultiplexes'],
    },
  ],
});
