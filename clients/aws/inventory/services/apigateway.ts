// API Gateway's REST APIs: each with its stages, routes and what else lies below it, and what is shared by all of them.
import {
  APIGatewayClient,
  type DomainName,
  GetAuthorizersCommand,
  type GetAuthorizersCommandInput,
  GetStagesCommand,
  paginateGetApiKeys,
  paginateGetClientCertificates,
  paginateGetDeployments,
  paginateGetDomainNames,
  paginateGetModels,
  paginateGetResources,
  paginateGetRestApis,
  paginateGetUsagePlans,
  paginateGetVpcLinks,
} from '@aws-sdk/client-api-gateway';
import { apigateway as catalogue } from '../../../../contract/catalogue/native/apigateway.ts';
import type { TypeKeyOf } from '../../../../contract/catalogue/native-service.ts';
import { defineService } from '../listing.ts';
import { nested } from '../nested-rows.ts';
import { paginateBy } from '../paginate-by.ts';
import { type Items, type Paginate, paged, walkPages } from '../rows.ts';
import { split } from '../split-rows.ts';

const pageSize = 500;

const row = <const Key extends string, Input extends object, Page>(
  type: Key,
  paginate: Paginate<APIGatewayClient, Input, Page>,
  items: (page: Page) => Items,
) => paged(type, { paginate, input: {} as Input, pageSize }, items);

const parents = async function* parents(client: APIGatewayClient, abortSignal: AbortSignal) {
  const pages = walkPages(client, { paginate: paginateGetRestApis, input: {}, pageSize }, abortSignal);
  for await (const page of pages) yield (page.items ?? []).map(api => api.id);
};

type Below = (
  client: APIGatewayClient,
  restApiId: string | undefined,
  abortSignal: AbortSignal,
) => AsyncIterable<Items>;

const below = <const Key extends TypeKeyOf<typeof catalogue>>(type: Key, children: Below) =>
  nested<Key, APIGatewayClient, string | undefined>({
    type,
    parents,
    children: async function* pages(client, restApiId, abortSignal) {
      for await (const items of children(client, restApiId, abortSignal)) {
        yield (items ?? []).map(item => ({ ...item, restApiId }));
      }
    },
    gone: ['NotFoundException'],
  });

const pagesBelow = <Input extends object, Page extends { readonly items?: Items }>(
  paginate: Paginate<APIGatewayClient, Input, Page>,
): Below =>
  async function* pages(client, restApiId, abortSignal) {
    const input = { restApiId } as unknown as Input;
    for await (const page of walkPages(client, { paginate, input, pageSize }, abortSignal)) yield page.items;
  };

const authorizers = paginateBy('position', (client: APIGatewayClient, input: GetAuthorizersCommandInput, options) =>
  client.send(new GetAuthorizersCommand({ limit: pageSize, ...input }), options),
);

/** Only private ones say their ARN, with an id of their own in it; CloudFormation has a type of its own for them. */
const isPrivate = (domain: DomainName): boolean =>
  domain.domainNameArn !== undefined && domain.domainNameId !== undefined;

const domainNames = split(
  ['apigateway.domain-name', 'apigateway.private-domain-name'],
  { paginate: paginateGetDomainNames, input: {}, pageSize },
  page => page.items,
  domain => (isPrivate(domain) ? 'apigateway.private-domain-name' : 'apigateway.domain-name'),
);

export const apigateway = defineService(catalogue, configuration => new APIGatewayClient(configuration), [
  row('apigateway.rest-api', paginateGetRestApis, page => page.items),
  below('apigateway.stage', async function* stages(client, restApiId, abortSignal) {
    yield (await client.send(new GetStagesCommand({ restApiId }), { abortSignal })).item;
  }),
  // The value of a key is a secret.
  paged(
    'apigateway.api-key',
    { paginate: paginateGetApiKeys, input: { includeValues: false }, pageSize },
    page => page.items,
  ),
  row('apigateway.usage-plan', paginateGetUsagePlans, page => page.items),
  domainNames,
  row('apigateway.vpc-link', paginateGetVpcLinks, page => page.items),
  row('apigateway.client-certificate', paginateGetClientCertificates, page => page.items),
  below('apigateway.authorizer', pagesBelow(authorizers)),
  below('apigateway.resource', pagesBelow(paginateGetResources)),
  below('apigateway.model', pagesBelow(paginateGetModels)),
  below('apigateway.deployment', pagesBelow(paginateGetDeployments)),
]);
