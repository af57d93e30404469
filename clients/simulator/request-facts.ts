// First step of the refusing proxy: what an HTTP request means to AWS — service, action, who asks, which bucket and key.
import { lambdaAction, s3Action } from './rest-actions.ts';

/** How the service answers, and so what an error must look like for its clients. */
export type Protocol = 'query' | 'ec2' | 'json' | 'rest-json' | 'rest-xml';

export interface RawRequest {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** The body of a form, as the query protocols send it; empty otherwise. */
  readonly form: string;
}

export interface RequestFacts {
  readonly method: string;
  /** The signing name: `s3`, `sts`, `ec2`, `tagging`, `logs`. */
  readonly service: string;
  /** The API's operation: `AssumeRole`, `PutObject`. */
  readonly action: string;
  readonly region: string;
  readonly protocol: Protocol;
  /** null for an unsigned request. */
  readonly accessKeyId: string | null;
  readonly bucket: string | null;
  readonly key: string | null;
  /** The parameters of a role's session; ExternalId only as `present`. */
  readonly parameters: Readonly<Record<string, string>>;
  /** Lower-case names; those that change what S3 does, never a signature or a token. */
  readonly headers: Readonly<Record<string, string>>;
}

/** The same with who asks: the account of the session, and the principal that AWS names in a denial. */
export interface IdentifiedRequest extends RequestFacts {
  readonly accountId: string;
  readonly principal: string;
}

const keptHeader =
  /^(content-(type|length|encoding|md5)|if-(none-)?match|x-amz-(target|expected-bucket-owner|copy-source|tagging|acl)|x-amz-(sdk-)?checksum-.+|x-amz-trailer|x-amz-server-side-encryption.*|x-amz-(meta|object-lock)-.+)$/;

const single = (value: string | readonly string[] | undefined): string | undefined =>
  typeof value === 'string' ? value : value?.[0];

const keptHeaders = (headers: RawRequest['headers']): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => {
      const text = single(value);
      return text !== undefined && keptHeader.test(name) && !name.endsWith('-customer-key') ? [[name, text]] : [];
    }),
  );

const readSignature = (request: RawRequest, query: URLSearchParams) => {
  const signed = /Credential=([^,\s]+)/.exec(single(request.headers['authorization']) ?? '')?.[1];
  const [accessKeyId, , region, service] = (signed ?? query.get('X-Amz-Credential') ?? '').split('/');
  return { accessKeyId: accessKeyId || null, region: region || 'us-east-1', service: service?.toLowerCase() };
};

const keptParameters = ['RoleArn', 'RoleSessionName', 'DurationSeconds', 'SourceIdentity'] as const;

const readParameters = (form: URLSearchParams): Record<string, string> => ({
  ...Object.fromEntries(
    keptParameters.flatMap(name => {
      const value = form.get(name);
      return value === null ? [] : [[name, value]];
    }),
  ),
  ...(form.has('ExternalId') ? { ExternalId: 'present' } : {}),
});

const splitPath = (path: string): { bucket: string | null; key: string | null } => {
  const [, bucket = '', ...rest] = path.split('/');
  const decoded = (text: string): string => {
    try {
      return decodeURIComponent(text);
    } catch {
      return text;
    }
  };
  return { bucket: decoded(bucket) || null, key: decoded(rest.join('/')) || null };
};

/** Buckets are read from the path alone: path-style addressing is what the project uses with simulators. */
export const readRequestFacts = (request: RawRequest): RequestFacts => {
  const [path = '/', search = ''] = request.url.split(/\?(.*)/s);
  const query = new URLSearchParams(search);
  const { accessKeyId, region, service } = readSignature(request, query);
  const common = { method: request.method, accessKeyId, region, headers: keptHeaders(request.headers) };
  const form = new URLSearchParams(request.form);
  const formAction = form.get('Action');
  const nowhere = { bucket: null, key: null, parameters: {} };
  if (formAction !== null) {
    // AssumeRoleWithWebIdentity is not signed; nothing else that this project calls comes without a signature.
    const known = service ?? 'sts';
    const protocol = known === 'ec2' ? 'ec2' : 'query';
    return { ...common, ...nowhere, service: known, action: formAction, protocol, parameters: readParameters(form) };
  }
  const target = single(request.headers['x-amz-target']);
  if (target !== undefined) {
    const action = target.slice(target.lastIndexOf('.') + 1);
    return { ...common, ...nowhere, service: service ?? 'unknown', action, protocol: 'json' };
  }
  if (service === undefined || service === 's3') {
    const place = splitPath(path);
    const copies = request.headers['x-amz-copy-source'] !== undefined;
    const action = s3Action({ method: request.method, ...place, query, copies });
    return { ...common, ...place, service: 's3', action, protocol: 'rest-xml', parameters: {} };
  }
  const action = service === 'lambda' ? lambdaAction(request.method, path) : `${request.method} ${path}`;
  return { ...common, ...nowhere, service, action, protocol: 'rest-json' };
};
