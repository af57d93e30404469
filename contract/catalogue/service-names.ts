// The names by which settings and scans may call a service: our keys, aws-recon's names, CloudFormation's namespaces.
import namespaces from './namespaces.json' with { type: 'json' };
import { nativeServices } from './native-services.ts';

const serviceNames: readonly string[] = [
  ...nativeServices.flatMap(({ key, reconName }) => [key, reconName]),
  ...namespaces,
];

/** In lower case: letters' case does not count. */
export const knownServices: ReadonlySet<string> = new Set(serviceNames.map(name => name.toLowerCase()));

/** Names that no service has. */
export const unknownServices = (names: 'all' | readonly string[]): string[] =>
  names === 'all' ? [] : names.filter(name => !knownServices.has(name.toLowerCase()));
