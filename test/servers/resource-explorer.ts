// Resource Explorer 2 of the account server (REST JSON): it knows the model's resources that have an ARN. It stands in for
// what moto lacks.
import type { Refusal } from '../../clients/simulator/refusals.ts';
import { type AccountModel, cutPage, type ExplorerModel, typesOf } from './account-model.ts';
import { jsonAnswer, jsonError, type OwnRequest, textOf, type WireAnswer } from './wire.ts';

const form = 'application/json';

/** From memory: the page size without MaxResults is not documented. */
const usualPageSize = 100;
/** ListResources gives no NextToken at this MaxResults, and Search gives no more results than this. */
const most = 1000;

interface Indexed {
  readonly arn: string;
  readonly resourceType: string;
  readonly typeName?: string | undefined;
}

/** `AWS::Logs::LogGroup` is `logs:log-group`; AWS has exceptions, which a model names itself. */
const typeInExplorer = (typeName: string): string => {
  const [, service = '', resource = ''] = typeName.split('::');
  const words = resource.replace(/([a-z\d])([A-Z])/g, '$1-$2').replace(/([A-Z]+)([A-Z][a-z])/g, '$1-$2');
  return `${service.toLowerCase()}:${words.toLowerCase()}`;
};

const regionOf = ({ arn }: Indexed): string => arn.split(':')[3] || 'global';

const indexedIn = (model: AccountModel, region: string, omits: readonly string[]): Indexed[] =>
  Object.entries(typesOf(model, region)).flatMap(([typeName, type]) =>
    omits.includes(typeName)
      ? []
      : (type.resources ?? []).flatMap(({ arn, explorerType }) =>
          arn === undefined ? [] : [{ arn, typeName, resourceType: explorerType ?? typeInExplorer(typeName) }],
        ),
  );

/** Resources without a region are indexed in us-east-1, as `global`; a resource that several regions list is there once. */
const indexed = (model: AccountModel, region: string, explorer: ExplorerModel): readonly Indexed[] => {
  const regions = explorer.index === 'aggregator' ? [region, ...Object.keys(model.regions ?? {})] : [region];
  const own = regions.flatMap(each => indexedIn(model, each, explorer.omits ?? []));
  const shown = own.filter(resource => {
    const where = regionOf(resource);
    return explorer.index === 'aggregator' || where === region || (where === 'global' && region === 'us-east-1');
  });
  return [...new Map([...shown, ...(explorer.extra ?? [])].map(resource => [resource.arn, resource])).values()];
};

type Test = (resource: Indexed) => boolean;

const fieldOf: Readonly<Record<string, (resource: Indexed, accountId: string) => string>> = {
  region: resource => regionOf(resource),
  service: ({ resourceType }) => resourceType.split(':')[0] ?? '',
  resourcetype: ({ resourceType }) => resourceType,
  accountid: (_, accountId) => accountId,
  id: ({ arn }) => arn,
};

const readTerm = (term: string, accountId: string): Test | null => {
  const { not, name = '', values = '' } = /^(?<not>-?)(?<name>[a-z.]+):(?<values>.+)$/i.exec(term)?.groups ?? {};
  const field = fieldOf[name.toLowerCase()];
  if (field === undefined) return null;
  const fits = (text: string, value: string) =>
    value.endsWith('*') ? text.startsWith(value.slice(0, -1)) : text === value;
  return resource => values.split(',').some(value => fits(field(resource, accountId), value)) !== (not === '-');
};

/** All terms must hold, the values of one are alternatives; null for a term that is not played here. */
const readQuery = (query: string, accountId: string): Test | null => {
  const tests = query.split(/\s+/).flatMap(term => (term === '' ? [] : [readTerm(term, accountId)]));
  const known = tests.filter(each => each !== null);
  return known.length < tests.length ? null : resource => known.every(each => each(resource));
};

const refuse = (status: number, code: string, message: string): WireAnswer => {
  const refusal: Refusal = { status, code, message };
  return jsonError(form, refusal);
};

const arnOf = (request: OwnRequest, what: string): string =>
  `arn:aws:resource-explorer-2:${request.region}:${request.accountId}:${what}`;
const viewOf = (request: OwnRequest): string => arnOf(request, 'view/all/11111111-2222-3333-4444-555555555555');
const indexOf = (request: OwnRequest): string => arnOf(request, 'index/66666666-7777-8888-9999-000000000000');

const render = (resource: Indexed, accountId: string, asOf: string) => ({
  Arn: resource.arn,
  OwningAccountId: accountId,
  Region: regionOf(resource),
  ResourceType: resource.resourceType,
  Service: resource.resourceType.split(':')[0],
  CfnResourceType: resource.typeName,
  LastReportedAt: asOf,
  Properties: [],
});

const list = (request: OwnRequest, explorer: ExplorerModel, query: string): WireAnswer => {
  const { model, region, accountId, input, action } = request;
  const fits = readQuery(query, accountId);
  if (fits === null) return refuse(400, 'ValidationException', `The query is not played here: ${query}`);
  const size = typeof input['MaxResults'] === 'number' ? input['MaxResults'] : (explorer.pageSize ?? usualPageSize);
  if (size < 1 || size > most) return refuse(400, 'ValidationException', `MaxResults is not within 1 and ${most}`);
  const found = indexed(model, region, explorer).filter(fits);
  const page = cutPage(action === 'Search' ? found.slice(0, most) : found, {
    size: Math.min(size, explorer.pageSize ?? most),
    question: `${accountId} ${region} ${action} ${query}`,
    token: textOf(input['NextToken']),
  });
  if (page === null) return refuse(400, 'ValidationException', 'The NextToken is not valid');
  const asOf = '2026-11-20T12:00:00.000Z';
  const count = { Complete: found.length <= most, TotalResources: Math.min(found.length, most) };
  return jsonAnswer(form, {
    Resources: page.items.map(resource => render(resource, accountId, asOf)),
    NextToken: action === 'ListResources' && input['MaxResults'] === most ? undefined : page.nextToken,
    ViewArn: viewOf(request),
    Count: action === 'Search' ? count : undefined,
  });
};

const ask = (request: OwnRequest, explorer: ExplorerModel | undefined): WireAnswer => {
  const { input } = request;
  const view = textOf(input['ViewArn']);
  // Whether the view, the index or the permission lacks: AWS gives the same answer.
  const seen =
    explorer !== undefined && (view === undefined ? explorer.defaultView !== false : view === viewOf(request));
  if (!seen) return refuse(401, 'UnauthorizedException', 'Unauthorized');
  const filters = typeof input['Filters'] === 'object' ? { ...input['Filters'] } : {};
  const filter = 'FilterString' in filters ? textOf(filters.FilterString) : '';
  return list(request, explorer, (request.action === 'Search' ? textOf(input['QueryString']) : filter) ?? '');
};

const describeIndex = (request: OwnRequest, explorer: ExplorerModel | undefined): WireAnswer => {
  if (explorer === undefined)
    return refuse(404, 'ResourceNotFoundException', 'There is no index in this Region for this account.');
  const type = explorer.index.toUpperCase();
  return jsonAnswer(form, {
    Arn: indexOf(request),
    Type: type,
    State: 'ACTIVE',
    ReplicatingFrom: [],
    ReplicatingTo: [],
  });
};

const listIndexes = (request: OwnRequest): WireAnswer => {
  const indexes = Object.entries(request.model.regions ?? {}).flatMap(([region, { explorer }]) =>
    explorer === undefined
      ? []
      : [{ Region: region, Arn: indexOf({ ...request, region }), Type: explorer.index.toUpperCase() }],
  );
  return jsonAnswer(form, { Indexes: indexes });
};

export const answerResourceExplorer = (request: OwnRequest): WireAnswer => {
  const { action, principal, region } = request;
  const explorer = request.model.regions?.[region]?.explorer;
  if (explorer?.denied) {
    const permission = `resource-explorer-2:${action}`;
    const message = `User: ${principal} is not authorized to perform: ${permission} on resource: ${viewOf(request)} because no identity-based policy allows the ${permission} action`;
    return refuse(403, 'AccessDeniedException', message);
  }
  const view = explorer !== undefined && explorer.defaultView !== false ? viewOf(request) : undefined;
  switch (action) {
    case 'ListResources':
    case 'Search':
      return ask(request, explorer);
    case 'GetIndex':
      return describeIndex(request, explorer);
    case 'GetDefaultView':
      return jsonAnswer(form, { ViewArn: view });
    case 'ListIndexes':
      return listIndexes(request);
    case 'ListViews':
      return jsonAnswer(form, { Views: explorer === undefined ? [] : [viewOf(request)] });
    default:
      return refuse(400, 'UnknownOperationException', `${action} is not played here`);
  }
};
