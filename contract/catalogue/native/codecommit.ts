// CodeCommit: its types, as data.
import { nativeService } from '../native-service.ts';

export const codecommit = nativeService({
  key: 'codecommit',
  reconName: 'CodeCommit',
  namespaces: ['CodeCommit'],
  scope: 'regional',
  types: [
    {
      key: 'codecommit.repository',
      reconType: 'repository',
      cloudFormationType: 'AWS::CodeCommit::Repository',
      identifier: '{arn}',
      arn: 'arn:{partition}:codecommit:{region}:{account}:{repository_name}',
      actions: ['codecommit:ListRepositories', 'codecommit:BatchGetRepositories'],
    },
  ],
});
