// Lambda: functions and what else comes whole from listings, layers with their latest version, and aliases.
import {
  LambdaClient,
  paginateListAliases,
  paginateListCodeSigningConfigs,
  paginateListEventSourceMappings,
  paginateListFunctions,
  paginateListLayers,
} from '@aws-sdk/client-lambda';
import { lambda as catalogue } from '../../../../contract/catalogue/native/lambda.ts';
import { defineService } from '../listing.ts';
import { nested } from '../nested-rows.ts';
import { paged, walkPages } from '../rows.ts';

const functions = { paginate: paginateListFunctions, input: {} };

export const lambda = defineService(catalogue, configuration => new LambdaClient(configuration), [
  paged('lambda.function', functions, page => page.Functions),
  paged('lambda.layer', { paginate: paginateListLayers, input: {} }, page => page.Layers),
  paged(
    'lambda.event-source-mapping',
    { paginate: paginateListEventSourceMappings, input: {} },
    page => page.EventSourceMappings,
  ),
  paged(
    'lambda.code-signing-config',
    { paginate: paginateListCodeSigningConfigs, input: {} },
    page => page.CodeSigningConfigs,
  ),
  nested({
    type: 'lambda.alias',
    parents: async function* parents(client: LambdaClient, abortSignal) {
      for await (const page of walkPages(client, functions, abortSignal)) {
        yield page.Functions?.map(item => item.FunctionName);
      }
    },
    children: async function* children(client, FunctionName, abortSignal) {
      const row = { paginate: paginateListAliases, input: { FunctionName } };
      for await (const page of walkPages(client, row, abortSignal)) {
        yield page.Aliases?.map(alias => ({ ...alias, FunctionName }));
      }
    },
    gone: ['ResourceNotFoundException'],
  }),
]);
