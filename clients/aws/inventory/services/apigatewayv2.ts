// API Gateway's HTTP and WebSocket APIs. Domain names are in the other API Gateway's list, which shows all of them.
import {
  ApiGatewayV2Client,
  GetApisCommand,
  type GetApisCommandInput,
  GetAuthorizersCommand,
  type GetAuthorizersCommandInput,
  GetIntegrationsCommand,
  type GetIntegrationsCommandInput,
  GetRoutesCommand,
  type GetRoutesCommandInput,
  GetStagesCommand,
  type GetStagesCommandInput,
  GetVpcLinksCommand,
  type GetVpcLinksCommandInput,
} from '@aws-sdk/client-apigatewayv2';
import { apigatewayv2 as catalogue } from '../../../../contract/catalogue/native/apigatewayv2.ts';
import type { TypeKeyOf } from '../../../../contract/catalogue/native-service.ts';
import { defineService } from '../listing.ts';
import { nested } from '../nested-rows.ts';
import { paginateBy } from '../paginate-by.ts';
import { type Items, type Paginate, paged, walkPages } from '../rows.ts';

const apis = paginateBy('NextToken', (client: ApiGatewayV2Client, input: GetApisCommandInput, options) =>
  client.send(new GetApisCommand(input), options),
);
const vpcLinks = paginateBy('NextToken', (client: ApiGatewayV2Client, input: GetVpcLinksCommandInput, options) =>
  client.send(new GetVpcLinksCommand(input), options),
);
const stages = paginateBy('NextToken', (client: ApiGatewayV2Client, input: GetStagesCommandInput, options) =>
  client.send(new GetStagesCommand(input), options),
);
const routes = paginateBy('NextToken', (client: ApiGatewayV2Client, input: GetRoutesCommandInput, options) =>
  client.send(new GetRoutesCommand(input), options),
);
const integrations = paginateBy(
  'NextToken',
  (client: ApiGatewayV2Client, input: GetIntegrationsCommandInput, options) =>
    client.send(new GetIntegrationsCommand(input), options),
);
const authorizers = paginateBy('NextToken', (client: ApiGatewayV2Client, input: GetAuthorizersCommandInput, options) =>
  client.send(new GetAuthorizersCommand(input), options),
);

const below = <
  const Key extends TypeKeyOf<typeof catalogue>,
  Input extends { ApiId: string | undefined },
  Page extends { readonly Items?: Items },
>(
  type: Key,
  paginate: Paginate<ApiGatewayV2Client, Input, Page>,
) =>
  nested<Key, ApiGatewayV2Client, string | undefined>({
    type,
    parents: async function* parents(client, abortSignal) {
      for await (const page of walkPages(client, { paginate: apis, input: {} }, abortSignal)) {
        yield (page.Items ?? []).map(api => api.ApiId);
      }
    },
    children: async function* children(client, ApiId, abortSignal) {
      const input = { ApiId } as Input;
      for await (const page of walkPages(client, { paginate, input }, abortSignal)) {
        yield (page.Items ?? []).map(item => ({ ...item, ApiId }));
      }
    },
    gone: ['NotFoundException'],
  });

export const apigatewayv2 = defineService(catalogue, configuration => new ApiGatewayV2Client(configuration), [
  paged('apigatewayv2.api', { paginate: apis, input: {} }, page => page.Items),
  paged('apigatewayv2.vpc-link', { paginate: vpcLinks, input: {} }, page => page.Items),
  below('apigatewayv2.stage', stages),
  below('apigatewayv2.route', routes),
  below('apigatewayv2.integration', integrations),
  below('apigatewayv2.authorizer', authorizers),
]);
