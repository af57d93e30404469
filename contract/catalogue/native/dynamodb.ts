// DynamoDB: its types, as data.
import { nativeService } from '../native-service.ts';

export const dynamodb = nativeService({
  key: 'dynamodb',
  reconName: 'DynamoDB',
  namespaces: ['DynamoDB'],
  scope: 'regional',
  types: [
    {
      key: 'dynamodb.table',
      reconType: 'table',
      cloudFormationType: 'AWS::DynamoDB::Table',
      identifier: '{name}',
      arn: 'arn:{partition}:dynamodb:{region}:{account}:table/{table_name}',
      actions: ['dynamodb:ListTables', 'dynamodb:DescribeTable'],
    },
    {
      key: 'dynamodb.backup',
      reconType: 'backup',
      cloudFormationType: 'AWS::DynamoDB::Backup',
      identifier: '{arn}',
      arn: '{backup_arn}',
      arnPrefix: 'table/*/backup/',
      actions: ['dynamodb:ListBackups'],
    },
  ],
});
