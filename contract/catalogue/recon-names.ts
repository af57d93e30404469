// aws-recon's names for types that Cloud Control or the Tagging API shows: its own where it collects them, its style elsewhere.
import { namespaceOf } from './global-scope.ts';
import { nativeServices } from './native-services.ts';
import { taggedTypes } from './tagged-types.ts';

export interface ReconNames {
  readonly service: string;
  readonly reconType: string;
}

const tabled = new Map(
  taggedTypes.map(({ cloudFormationType, reconService, reconType }) => [
    cloudFormationType,
    { service: reconService, reconType },
  ]),
);

const services = new Map(
  nativeServices.flatMap(({ namespaces, reconName }) => namespaces.map(namespace => [namespace, reconName] as const)),
);

/** `DBClusterParameterGroup` → `db_cluster_parameter_group`. */
const snakeCase = (name: string): string =>
  name
    .replaceAll(/([A-Z]+)([A-Z][a-z])/g, '$1_$2')
    .replaceAll(/([a-z\d])([A-Z])/g, '$1_$2')
    .toLowerCase();

export const reconNamesOf = (type: string): ReconNames => {
  const namespace = namespaceOf(type);
  return (
    tabled.get(type) ?? {
      service: services.get(namespace) ?? namespace,
      reconType: snakeCase(type.split('::').slice(2).join('_')),
    }
  );
};
