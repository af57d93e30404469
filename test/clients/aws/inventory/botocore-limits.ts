// What botocore's own models of the services say about page sizes, for requests as they go over the wire.
import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { RecordedRequest } from '../../../setup/recording-server.ts';

interface Member {
  readonly shape: string;
  readonly location?: string;
  readonly locationName?: string;
  readonly queryName?: string;
}

interface Operation {
  readonly http: { readonly method: string; readonly requestUri: string };
  readonly input?: { readonly shape: string };
}

interface Model {
  readonly metadata: Readonly<Record<'endpointPrefix' | 'protocol' | 'serviceId', string>> & {
    readonly signingName?: string;
  };
  readonly operations: Readonly<Record<string, Operation>>;
  readonly shapes: Readonly<Record<string, Shape>>;
}

interface Shape {
  readonly type: string;
  readonly min?: number;
  readonly max?: number;
  readonly members?: Readonly<Record<string, Member>>;
}

/** A page size that a request asked for, and what its shape allows. */
export interface AskedSize {
  readonly operation: string;
  readonly size: number;
  readonly least: number;
  readonly most: number;
}

const sizeForm =
  /^(max(results|items|records|buckets|rows)|limit|pagesize|resourcesperpage|maxresultcount|maxentries)$/i;

const readModels = (python: string): Model[] => {
  const data = join(dirname(dirname(python)), 'lib/python3*/site-packages/botocore/data');
  const byService = Map.groupBy(globSync(join(data, '*/*/service-2.json.gz')), file => dirname(dirname(file)));
  return [...byService.values()].map(files => {
    const newest = files.toSorted().at(-1) ?? '';
    return JSON.parse(gunzipSync(readFileSync(newest)).toString('utf8')) as Model;
  });
};

/** `/v1/apis/{apiId}/stages` as a form; what follows a `?` says which of several operations it is. */
const uriForm = (uri: string): RegExp => {
  const plain = (uri.split('?')[0] ?? '').replace(/\/$/, '');
  const path = plain.split(/\{[^}]+\+?\}/).map(text => text.replace(/[.*+?^$()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${path.join('[^/]+')}/?$`);
};

const isAsked = (model: Model, operation: string, request: RecordedRequest): boolean => {
  const target = String(request.headers['x-amz-target'] ?? '');
  if (target !== '') return target.split('.').at(-1) === operation;
  const cbor = /\/operation\/(\w+)$/.exec(request.url)?.[1];
  if (cbor !== undefined) return cbor === operation;
  const action = new URLSearchParams(String(request.body)).get('Action');
  if (/^(query|ec2)$/.test(model.metadata.protocol)) return action === operation;
  const { method, requestUri } = model.operations[operation]?.http ?? { method: '', requestUri: '' };
  const { pathname, searchParams } = new URL(request.url, 'http://localhost');
  const fixed = [...new URLSearchParams(requestUri.split('?')[1] ?? '')];
  return (
    method === request.method &&
    uriForm(requestUri).test(pathname) &&
    fixed.every(([name, value]) => searchParams.has(name) && (value === '' || searchParams.get(name) === value))
  );
};

/** Members as they were sent: of the query string, and of a body in JSON or a form. */
const sentMembers = ({ url, body, headers }: RecordedRequest): Map<string, unknown> => {
  const text = String(body);
  const isForm = String(headers['content-type']).startsWith('application/x-www-form-urlencoded');
  return new Map<string, unknown>([
    ...new URL(url, 'http://localhost').searchParams,
    ...(text.startsWith('{') ? Object.entries(JSON.parse(text) as object) : isForm ? new URLSearchParams(text) : []),
  ]);
};

const wireName = (name: string, { queryName, locationName }: Member, protocol: string): string => {
  if (protocol !== 'ec2') return locationName ?? name;
  const written = queryName ?? locationName ?? name;
  return written.charAt(0).toUpperCase() + written.slice(1);
};

const signingNameOf = ({ headers }: RecordedRequest): string =>
  /Credential=[^/]+\/[^/]+\/[^/]+\/([^/]+)\//.exec(String(headers.authorization))?.[1] ?? '';

/** Reads requests: which operation each is, and the page sizes that it asks for. Throws for one that no model knows. */
export const openLimits = (python: string): ((request: RecordedRequest) => readonly AskedSize[]) => {
  const models = Map.groupBy(readModels(python), ({ metadata }) => metadata.signingName ?? metadata.endpointPrefix);
  return request => {
    const service = signingNameOf(request);
    const found = (models.get(service) ?? []).flatMap(model =>
      Object.keys(model.operations).flatMap(name => (isAsked(model, name, request) ? [{ model, name }] : [])),
    );
    if (found.length === 0) throw new Error(`no model of ${service} knows ${request.method} ${request.url}`);
    const sent = sentMembers(request);
    return found.flatMap(({ model, name }) => {
      const members = model.shapes[model.operations[name]?.input?.shape ?? '']?.members ?? {};
      return Object.entries(members).flatMap(([member, facts]) => {
        const size = sent.get(wireName(member, facts, model.metadata.protocol));
        if (!sizeForm.test(member) || size === undefined) return [];
        const { min = 1, max = Number.POSITIVE_INFINITY } = model.shapes[facts.shape] ?? {};
        return [{ operation: `${service}:${name}`, size: Number(size), least: min, most: max }];
      });
    });
  };
};
