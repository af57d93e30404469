// Directory Service: its types, as data.
import { nativeService } from '../native-service.ts';

export const ds = nativeService({
  key: 'ds',
  reconName: 'DirectoryService',
  namespaces: ['DirectoryService'],
  scope: 'regional',
  // An ARN does not tell which kind of directory it names; the identifiers of all of them are alike.
  types: [
    {
      key: 'ds.microsoft-ad',
      reconType: 'directory',
      cloudFormationType: 'AWS::DirectoryService::MicrosoftAD',
      identifier: '{name}',
      arn: 'arn:{partition}:ds:{region}:{account}:directory/{directory_id}',
      taggable: true,
      actions: ['ds:DescribeDirectories'],
    },
    {
      key: 'ds.simple-ad',
      reconType: 'directory',
      cloudFormationType: 'AWS::DirectoryService::SimpleAD',
      identifier: '{name}',
      arn: 'arn:{partition}:ds:{region}:{account}:directory/{directory_id}',
      actions: ['ds:DescribeDirectories'],
    },
    {
      key: 'ds.ad-connector',
      reconType: 'directory',
      cloudFormationType: 'AWS::DirectoryService::ADConnector',
      identifier: '{name}',
      arn: 'arn:{partition}:ds:{region}:{account}:directory/{directory_id}',
      taggable: true,
      actions: ['ds:DescribeDirectories'],
    },
  ],
});
