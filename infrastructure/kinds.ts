// Every kind of resource by its name: what plan, apply and destroy walk over.
import type { DesiredResource } from '../contract/access/estate.ts';
import type { EstateConnections } from './connections.ts';
import { bucketKind } from './kinds/bucket.ts';
import { managedPolicyKind } from './kinds/managed-policy.ts';
import { objectKind } from './kinds/object.ts';
import { oidcProviderKind } from './kinds/oidc-provider.ts';
import { roleKind } from './kinds/role.ts';
import { stackSetKind } from './kinds/stack-set.ts';
import type { Assessment, Removal, RemovalOptions, ResourceKind } from './resource-kind.ts';

type Kinds = {
  readonly [Name in DesiredResource['kind']]: ResourceKind<Extract<DesiredResource, { kind: Name }>>;
};

const kinds: Kinds = {
  role: roleKind,
  'managed-policy': managedPolicyKind,
  'oidc-provider': oidcProviderKind,
  bucket: bucketKind,
  object: objectKind,
  'stack-set': stackSetKind,
};

/** The kind of a resource knows its own shape; the table above says that they fit. */
const kindOf = (resource: DesiredResource) => kinds[resource.kind] as ResourceKind<DesiredResource>;

export const resourceName = (resource: DesiredResource): string => kindOf(resource).nameOf(resource);

export const assessResource = (
  resource: DesiredResource,
  connections: EstateConnections,
  signal: AbortSignal,
): Promise<Assessment> => kindOf(resource).assess(resource, connections, signal);

export const planRemoval = (
  resource: DesiredResource,
  connections: EstateConnections,
  options: RemovalOptions & { readonly signal: AbortSignal },
): Promise<Removal> => kindOf(resource).removal(resource, connections, options);
