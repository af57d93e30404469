// Owners, first witness: CloudFormation's list of what its stacks hold. Matched by type and physical id. Pure.
import type { StackResource } from '../../../../clients/aws/stacks.ts';
import { parseArn } from '../../../../contract/catalogue/arn.ts';
import type { ResourceManager } from '../../../../contract/drift/drift-report.ts';
import type { FoundResource } from '../resources.ts';

/** CloudFormation's name for what the inventory has under another type. */
const otherTypes: Readonly<Record<string, string>> = {
  'AWS::EC2::SecurityGroupIngress': 'AWS::EC2::SecurityGroupRule',
  'AWS::EC2::SecurityGroupEgress': 'AWS::EC2::SecurityGroupRule',
};

/** Stacks that a service makes for what people asked the service for. */
const serviceStacks: readonly (readonly [kind: string, form: RegExp])[] = [
  ['elastic-beanstalk', /^awseb-e-[a-z0-9]+-stack(-|$)/],
  ['service-catalog', /^SC-\d{12}-pp-/],
  ['control-tower', /^StackSet-AWSControlTower/],
  ['cloud9', /^aws-cloud9-/],
];

/** Members by which CloudFormation knows a type whose identifier in the inventory is another. */
const otherMembers: Readonly<Record<string, readonly string[]>> = {
  'AWS::EC2::EIP': ['public_ip'],
  'AWS::EC2::SecurityGroupRule': ['security_group_rule_id'],
};

export interface StackIndex {
  /** By type and physical id, in whichever regions. */
  readonly byId: ReadonlyMap<string, readonly StackResource[]>;
  /** What each stack holds, by its ARN. */
  readonly idsByStack: ReadonlyMap<string, ReadonlySet<string>>;
  /** Stacks that are there, by ARN and by region and name. */
  readonly known: ReadonlySet<string>;
  readonly madeByCdk: ReadonlySet<string>;
}

/** A queue's URL has more than one host: `sqs.eu-west-1.amazonaws.com` and, in older stacks, `eu-west-1.queue.amazonaws.com`. */
const withoutHost = (url: string): string => url.replace(/^https?:\/\/[^/]+\//, '');

const keyOf = (resourceType: string, physicalId: string): string =>
  `${resourceType}\n${resourceType === 'AWS::SQS::Queue' ? withoutHost(physicalId) : physicalId}`;

export const indexStacks = (stacks: readonly StackResource[]): StackIndex => {
  const byId = new Map<string, StackResource[]>();
  const idsByStack = new Map<string, Set<string>>();
  const known = new Set<string>();
  const madeByCdk = new Set<string>();
  for (const resource of stacks) {
    const key = keyOf(otherTypes[resource.resourceType] ?? resource.resourceType, resource.physicalId);
    const same = byId.get(key);
    if (same === undefined) byId.set(key, [resource]);
    else same.push(resource);
    const ids = idsByStack.get(resource.stackId) ?? new Set();
    idsByStack.set(resource.stackId, ids.add(resource.physicalId));
    known.add(resource.stackId).add(`${resource.region} ${resource.stack}`);
    if (resource.resourceType === 'AWS::CDK::Metadata') madeByCdk.add(resource.stackId);
  }
  return { byId, idsByStack, known, madeByCdk };
};

/** Parts of an identifier that AWS makes, and that no other resource has: all others are names that many may have. */
const generatedParts =
  /^AWS::(ApiGateway::(Authorizer|Deployment|DocumentationPart|RequestValidator|Resource)|ApiGatewayV2::(ApiMapping|Authorizer|Deployment|Integration|IntegrationResponse|Model|Route|RouteResponse)|AppConfig::(ConfigurationProfile|Environment)|Backup::BackupSelection|Cognito::UserPoolClient)$/;

const isThere = (resource: StackResource, region: string): boolean => region === 'global' || resource.region === region;

type Match = readonly [resource: StackResource, how: string];

/** Its tag `Name` is no name for CloudFormation. Route 53 writes names with their last dot, CloudFormation as the template does. */
const nameOf = ({ name, tags }: FoundResource): string =>
  tags['Name'] === name ? '' : (name ?? '').replace(/\.$/, '');

/**
 * `restapi|stage` is `stage` for CloudFormation, which is a name that many have: the stack must also hold the other part.
 */
const matchPart = (found: FoundResource, parts: readonly string[], index: StackIndex): Match | undefined => {
  for (const part of parts) {
    const resource = index.byId
      .get(keyOf(found.resourceType, part))
      ?.find(
        candidate =>
          isThere(candidate, found.region) &&
          (generatedParts.test(found.resourceType) ||
            parts.some(other => other !== part && index.idsByStack.get(candidate.stackId)?.has(other))),
      );
    if (resource !== undefined) return [resource, 'id within its whole'];
  }
  return undefined;
};

const match = (found: FoundResource, index: StackIndex): Match | undefined => {
  const ids = [found.id, ...found.keys];
  const parts = ids.flatMap(id => (id.includes('|') ? id.split('|') : []));
  const matchOne = (key: string, how: string): Match | undefined => {
    const same = key === '' || parts.includes(key) ? undefined : index.byId.get(keyOf(found.resourceType, key));
    const resource = same?.find(candidate => isThere(candidate, found.region));
    return resource === undefined ? undefined : [resource, how];
  };
  const told = (otherMembers[found.resourceType] ?? []).map(member => found.description?.[member]);
  const others = [...found.keys, ...told.filter(value => typeof value === 'string')];
  return (
    matchOne(found.id, 'id') ??
    matchOne(found.arn, 'ARN') ??
    matchOne(nameOf(found), 'name') ??
    others.reduce<Match | undefined>((matched, key) => matched ?? matchOne(key, 'id'), undefined) ??
    matchPart(found, parts, index)
  );
};

/** The stack that holds the resource, or the service that made this stack; undefined when none does. */
export const stackManager = (found: FoundResource, index: StackIndex): ResourceManager | undefined => {
  const matched = index.byId.size === 0 ? undefined : match(found, index);
  if (matched !== undefined) {
    const [{ stack, stackId }, how] = matched;
    const cdk = index.madeByCdk.has(stackId) ? ', made by the CDK' : '';
    const evidence = `stack-resource by ${how}${cdk}`;
    const service = serviceStacks.find(([, form]) => form.test(stack))?.[0];
    return { kind: service ?? 'cloudformation', name: stack, evidence };
  }
  if (found.resourceType !== 'AWS::CloudFormation::Stack') return undefined;
  return { kind: 'cloudformation', name: found.name, evidence: 'the stack itself' };
};

export interface TaggedStack {
  readonly name: string;
  /** Whether such a stack is there. */
  readonly known: boolean;
  /** Of the stack; `global` where a global resource does not tell. */
  readonly region: string;
}

/** The stack that the tags name: AWS alone can write them, but they stay when a deleted stack leaves a resource behind. */
export const taggedStack = (found: FoundResource, index: StackIndex): TaggedStack | undefined => {
  const name = found.tags['aws:cloudformation:stack-name'];
  const id = found.tags['aws:cloudformation:stack-id'];
  if (name === undefined && id === undefined) return undefined;
  const known = id === undefined ? index.known.has(`${found.region} ${name}`) : index.known.has(id);
  // A role may be of a stack in any region.
  const region = (id === undefined ? undefined : parseArn(id)?.region) || found.region;
  return { name: name ?? id ?? '', known, region };
};
