// AppSync: its types, as data.
import { nativeService } from '../native-service.ts';

export const appsync = nativeService({
  key: 'appsync',
  reconName: 'AppSync',
  namespaces: ['AppSync'],
  scope: 'regional',
  types: [
    {
      key: 'appsync.graphql-api',
      reconType: 'graphql_api',
      cloudFormationType: 'AWS::AppSync::GraphQLApi',
      identifier: '{arn}',
      arn: 'arn:{partition}:appsync:{region}:{account}:apis/{api_id}',
      actions: ['appsync:ListGraphqlApis'],
    },
    {
      // AWS writes the same ARN for a GraphQL API.
      key: 'appsync.api',
      reconType: 'api',
      cloudFormationType: 'AWS::AppSync::Api',
      identifier: '{arn}',
      arn: 'arn:{partition}:appsync:{region}:{account}:apis/{api_id}',
      actions: ['appsync:ListApis'],
    },
    {
      key: 'appsync.data-source',
      reconType: 'data_source',
      cloudFormationType: 'AWS::AppSync::DataSource',
      identifier: '{arn}',
      arn: '{data_source_arn}',
      arnPrefix: 'apis/*/datasources/',
      actions: ['appsync:ListGraphqlApis', 'appsync:ListDataSources'],
    },
    {
      key: 'appsync.function',
      reconType: 'function',
      cloudFormationType: 'AWS::AppSync::FunctionConfiguration',
      identifier: '{arn}',
      arn: '{function_arn}',
      arnPrefix: 'apis/*/functions/',
      actions: ['appsync:ListGraphqlApis', 'appsync:ListFunctions'],
    },
    {
      key: 'appsync.channel-namespace',
      reconType: 'channel_namespace',
      cloudFormationType: 'AWS::AppSync::ChannelNamespace',
      identifier: '{arn}',
      arn: '{channel_namespace_arn}',
      arnPrefix: 'apis/*/channelNamespace/',
      actions: ['appsync:ListApis', 'appsync:ListChannelNamespaces'],
    },
    {
      key: 'appsync.domain-name',
      reconType: 'domain_name',
      cloudFormationType: 'AWS::AppSync::DomainName',
      identifier: '{name}',
      arn: 'arn:{partition}:appsync:{region}:{account}:domainnames/{domain_name}',
      actions: ['appsync:ListDomainNames'],
    },
  ],
});
