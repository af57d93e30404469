// First step of the proxy before the API server: what a request asks for and who asks, in Kubernetes' own words. Pure.

export interface ApiRequest {
  /** The name of the token's user, `system:serviceaccount:NAMESPACE:NAME` for a service account's; null when unknown. */
  readonly user: string | null;
  readonly userAgent: string;
  /** get, list, watch, create, update, patch, delete, deletecollection; for what is no resource the method in small letters. */
  readonly verb: string;
  /** `jobs`, `pods/log`; null for what is no resource, such as /readyz. */
  readonly resource: string | null;
  readonly namespace: string | null;
  /** Also of what is created, when the body says it in JSON. */
  readonly name: string | null;
  readonly url: string;
}

export interface RequestParts {
  readonly method: string;
  readonly url: string;
  readonly userAgent: string;
  readonly token: string | null;
  readonly body: Buffer;
}

/** The names of the users whose tokens say nothing about them. */
export type TokenNames = Readonly<Record<string, string>>;

const readJson = (text: string): Record<string, unknown> => {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return {};
  }
};

const userOf = (token: string | null, names: TokenNames): string | null => {
  if (token === null) return null;
  const known = names[token];
  if (known !== undefined) return known;
  const claims = readJson(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
  return typeof claims['sub'] === 'string' ? claims['sub'] : null;
};

interface ObjectPath {
  readonly resource: string | null;
  readonly namespace: string | null;
  readonly name: string | null;
}

/** /api/v1/… and /apis/GROUP/VERSION/…, each with or without namespaces/NAMESPACE. */
const readPath = (path: string): ObjectPath => {
  const [root, ...steps] = path.split('/').filter(step => step !== '');
  const inside = root === 'api' ? steps.slice(1) : root === 'apis' ? steps.slice(2) : [];
  const namespaced = inside[0] === 'namespaces' && inside.length > 2;
  const [resource, name = null, subresource] = namespaced ? inside.slice(2) : inside;
  return {
    resource: resource === undefined ? null : [resource, subresource].filter(part => part !== undefined).join('/'),
    namespace: namespaced ? (inside[1] ?? null) : null,
    name,
  };
};

const verbs: Readonly<Record<string, string>> = { POST: 'create', PUT: 'update', PATCH: 'patch' };

const verbOf = (method: string, { resource, name }: ObjectPath, query: URLSearchParams): string => {
  if (resource === null) return method.toLowerCase();
  if (method === 'DELETE') return name === null ? 'deletecollection' : 'delete';
  if (method !== 'GET') return verbs[method] ?? method.toLowerCase();
  if (['1', 'true'].includes(query.get('watch') ?? '')) return 'watch';
  return name === null ? 'list' : 'get';
};

const nameInBody = (body: Buffer): string | null => {
  const metadata = readJson(body.toString())['metadata'] as { name?: unknown } | undefined;
  return typeof metadata?.name === 'string' ? metadata.name : null;
};

export const readApiRequest = (parts: RequestParts, names: TokenNames): ApiRequest => {
  const { pathname, searchParams } = new URL(parts.url, 'https://api');
  const path = readPath(pathname);
  const verb = verbOf(parts.method, path, searchParams);
  return {
    user: userOf(parts.token, names),
    userAgent: parts.userAgent,
    verb,
    resource: path.resource,
    namespace: path.namespace,
    name: verb === 'create' ? (path.name ?? nameInBody(parts.body)) : path.name,
    url: parts.url,
  };
};
