// EventBridge Pipes: its types, as data.
import { nativeService } from '../native-service.ts';

export const pipes = nativeService({
  key: 'pipes',
  reconName: 'Pipes',
  namespaces: ['Pipes'],
  scope: 'regional',
  types: [
    {
      key: 'pipes.pipe',
      reconType: 'pipe',
      cloudFormationType: 'AWS::Pipes::Pipe',
      identifier: '{name}',
      arn: 'arn:{partition}:pipes:{region}:{account}:pipe/{name}',
      actions: ['pipes:ListPipes'],
    },
  ],
});
