// CodeArtifact: its types, as data.
import { nativeService } from '../native-service.ts';

export const codeartifact = nativeService({
  key: 'codeartifact',
  reconName: 'CodeArtifact',
  namespaces: ['CodeArtifact'],
  scope: 'regional',
  types: [
    {
      key: 'codeartifact.domain',
      reconType: 'domain',
      cloudFormationType: 'AWS::CodeArtifact::Domain',
      identifier: '{arn}',
      arn: '{arn}',
      arnPrefix: 'domain/',
      actions: ['codeartifact:ListDomains'],
    },
    {
      key: 'codeartifact.repository',
      reconType: 'repository',
      cloudFormationType: 'AWS::CodeArtifact::Repository',
      identifier: '{arn}',
      arn: '{arn}',
      arnPrefix: 'repository/',
      actions: ['codeartifact:ListRepositories'],
    },
  ],
});
