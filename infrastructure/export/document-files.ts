// Estate → every document as a file of its own, beside what it belongs to: `--format json`, and what the Terraform module reads. Pure.
import type { DesiredObject, DesiredResource, DesiredStackSet } from '../../contract/access/estate.ts';
import { asJson, type ExportedFile, ofKind } from './exported-file.ts';

type Named = { readonly account: string; readonly name: string };

export const trustPath = ({ account, name }: Named): string => `${account}/roles/${name}/trust.json`;

/** A role's own policy, by its name. */
export const inlinePath = ({ account, name }: Named, policy: string): string =>
  `${account}/roles/${name}/policies/${policy}.json`;

export const managedPath = ({ account, name }: Named): string => `${account}/policies/${name}.json`;

export const bucketPolicyPath = ({ account, name }: Named): string => `${account}/buckets/${name}/policy.json`;

export const objectPath = ({ bucket, key }: Pick<DesiredObject, 'bucket' | 'key'>): string =>
  `objects/${bucket}/${key}`;

export const templatePath = ({ name }: Pick<DesiredStackSet, 'name'>): string => `stack-set/${name}.template.json`;

const filesOf = (resource: DesiredResource): ExportedFile[] => {
  switch (resource.kind) {
    case 'role':
      return [
        { path: trustPath(resource), text: asJson(resource.trust) },
        ...Object.entries(resource.inlinePolicies).map(([name, document]) => ({
          path: inlinePath(resource, name),
          text: asJson(document),
        })),
      ];
    case 'managed-policy':
      return [{ path: managedPath(resource), text: asJson(resource.document) }];
    case 'bucket':
      return [{ path: bucketPolicyPath(resource), text: asJson(resource.policy) }];
    case 'object':
      return [{ path: objectPath(resource), text: resource.body }];
    case 'stack-set':
      return [{ path: templatePath(resource), text: resource.template }];
    case 'oidc-provider':
      return [];
  }
};

export const documentFiles = (estate: readonly DesiredResource[]): ExportedFile[] => estate.flatMap(filesOf);

/** What a resource is besides its documents, in words of its own kind. */
const propertiesFiles = (estate: readonly DesiredResource[]): ExportedFile[] => [
  ...ofKind(estate, 'role').map(role => {
    const { trust: _trust, inlinePolicies, kind: _kind, ...properties } = role;
    const named = { ...properties, inlinePolicies: Object.keys(inlinePolicies) };
    return { path: `${role.account}/roles/${role.name}/role.json`, text: asJson(named) };
  }),
  ...ofKind(estate, 'bucket').map(bucket => {
    const { policy: _policy, kind: _kind, ...properties } = bucket;
    return { path: `${bucket.account}/buckets/${bucket.name}/bucket.json`, text: asJson(properties) };
  }),
  ...ofKind(estate, 'stack-set').map(({ template: _template, kind: _kind, ...properties }) => ({
    path: `stack-set/${properties.name}.json`,
    text: asJson(properties),
  })),
  {
    path: 'oidc-providers.json',
    text: asJson(ofKind(estate, 'oidc-provider').map(({ kind: _kind, ...provider }) => provider)),
  },
];

export const jsonFiles = (estate: readonly DesiredResource[]): ExportedFile[] => [
  ...documentFiles(estate),
  ...propertiesFiles(estate),
];
