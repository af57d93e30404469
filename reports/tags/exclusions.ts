// Patterns of the settings → whether a resource is left out: part of a type, a wildcard, service:type, a CloudFormation type. Pure.
import { parseArn } from '../../contract/catalogue/arn.ts';
import { namespaceOf } from '../../contract/catalogue/global-scope.ts';
import { matchesWildcard, parseWildcard } from '../../contract/drift/wildcard.ts';
import { labelForms, resourceTypeOf, type TypedResource } from './resource-type.ts';

/** All in lower case: letters' case does not count. */
interface Names {
  readonly service: string;
  /** As either form of labels has it: who wrote `s3` for the one and who writes `bucket` now mean the same. */
  readonly types: readonly string[];
  readonly cloudFormationType: string;
}

type Matches = (names: Names) => boolean;

const globbed = (pattern: string): ((text: string) => boolean) => {
  const wildcard = parseWildcard(pattern);
  return text => matchesWildcard(wildcard, text);
};

const parseExclusion = (written: string): Matches => {
  const pattern = written.trim().toLowerCase();
  const fits = pattern.includes('*') ? globbed(pattern) : (text: string) => text === pattern;
  if (pattern.includes('::')) return ({ cloudFormationType }) => fits(cloudFormationType);
  if (pattern.includes(':')) return ({ service, types }) => types.some(type => fits(`${service}:${type}`));
  if (pattern.includes('*')) return ({ types }) => types.some(fits);
  return ({ types }) => types.some(type => type.includes(pattern));
};

const namesOf = (resource: TypedResource): Names => ({
  service: (parseArn(resource.arn)?.service ?? namespaceOf(resource.type)).toLowerCase(),
  types: labelForms.map(form => resourceTypeOf(resource, form).toLowerCase()),
  cloudFormationType: resource.type.toLowerCase(),
});

/** `pod` (part of the type), `eks:*` and `*task*` (the whole of it), `ecs:task` (service and type), `AWS::ECS::*`. */
export const parseExclusions = (patterns: readonly string[]): ((resource: TypedResource) => boolean) => {
  const all = patterns.map(parseExclusion);
  if (all.length === 0) return () => false;
  return resource => {
    const names = namesOf(resource);
    return all.some(matches => matches(names));
  };
};
