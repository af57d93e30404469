// Makes contract/catalogue/registry.json: every resource type of CloudFormation, its identifier, ARN, tags, and how it is listed.
import { readFileSync } from 'node:fs';
import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';
import { nativeServices } from '../../contract/catalogue/native-services.ts';
import { inputsOf, type ListInput, type RequiredInputs } from './list-inputs.ts';

interface Handler {
  readonly actions: readonly string[];
  readonly requires?: RequiredInputs;
}

interface RegistryRow {
  readonly id?: readonly string[];
  readonly arn?: string;
  readonly tags?: string;
  readonly list?: ListInput & { readonly actions: readonly string[] };
}

const handlers = (
  JSON.parse(readFileSync(new URL('list-handlers.json', import.meta.url), 'utf8')) as {
    readonly types: Readonly<Record<string, Handler>>;
  }
).types;

/** Handlers publish what they were once written with: no inventory needs to write, or to read what resources hold. */
const readsMetadata = (action: string): boolean =>
  /:(list|describe|get|batchget|batchdescribe|search|query)/i.test(action) && !readsContent.test(action);

const readsContent =
  /^(s3:getobject|secretsmanager:getsecretvalue|ssm:getparameter|kms:decrypt|dynamodb:(getitem|query|scan|batchgetitem)|athena:getqueryresults|glue:getconnection|ecr:getauthorizationtoken|sts:|lambda:getfunction$|apigateway:getapikey|cognito-idp:describeuserpoolclient|sqs:receive|kinesis:get|logs:(getlogevents|getquery)|connect:getfederation|codeartifact:getauthorizationtoken|redshift:getclustercredentials|appsync:listapikeys)/i;

/** `arn:${Partition}:ec2:${Region}:…` with the places of our own templates. */
const ownTemplate = (template: string): string =>
  template
    .replaceAll('${Partition}', '{partition}')
    .replaceAll('${Region}', '{region}')
    .replaceAll('${Account}', '{account}')
    .replaceAll(/\$\{(\w+)\}/g, '{$1}');

/** Some handlers write `CloudTrail:ListTags`, which IAM takes and nobody who compares policies does. */
const ownSpelling = (action: string): string => action.replace(/^[^:]+/, service => service.toLowerCase());

const rowOf = (type: string, known: ReadonlySet<string>, specified: Omit<RegistryRow, 'list'>): RegistryRow => {
  const handler = handlers[type];
  const inputs = handler === undefined ? undefined : inputsOf(type, handler.requires ?? {}, known);
  if (handler === undefined || inputs === undefined) return specified;
  const actions = [...new Set(handler.actions.filter(readsMetadata).map(ownSpelling))];
  // Without the right to write or to read contents its handler only answers that it was denied.
  if (actions.length === 0 && handler.actions.length > 0) return specified;
  return { ...specified, list: { ...inputs, actions } };
};

/** A type is listable only if the one above it is, by whatever tier. */
const withoutOrphans = (
  rows: ReadonlyMap<string, RegistryRow>,
  native: ReadonlySet<string>,
): Map<string, RegistryRow> => {
  const isListable = (type: string): boolean => native.has(type) || rows.get(type)?.list !== undefined;
  const isOrphan = ({ list }: RegistryRow): boolean => list?.below !== undefined && !isListable(list.below);
  const orphans = [...rows].filter(([, row]) => isOrphan(row));
  if (orphans.length === 0) return new Map(rows);
  const pruned = new Map(rows);
  for (const [type, { list: _list, ...row }] of orphans) pruned.set(type, row);
  return withoutOrphans(pruned, native);
};

const byName = (a: string, b: string): number => (a < b ? -1 : 1);

const specifiedTypes = (): Map<string, Omit<RegistryRow, 'list'>> => {
  const rows = loadAwsServiceSpecSync()
    .all('resource')
    .map((resource): [string, Omit<RegistryRow, 'list'>] => [
      resource.cloudFormationType,
      {
        ...(resource.primaryIdentifier === undefined ? {} : { id: resource.primaryIdentifier }),
        ...(resource.arnTemplate === undefined ? {} : { arn: ownTemplate(resource.arnTemplate) }),
        ...(resource.tagInformation === undefined ? {} : { tags: resource.tagInformation.tagPropertyName }),
      },
    ]);
  return new Map(rows);
};

/** The file's text: one type a line, so that a new version of the specification is a readable difference. */
export const renderRegistry = (): string => {
  const specified = specifiedTypes();
  const types = [...new Set([...specified.keys(), ...Object.keys(handlers)])].sort(byName);
  const native = nativeServices.flatMap(service => service.types.map(type => type.cloudFormationType));
  const known = new Set([...Object.keys(handlers), ...native]);
  const rows = new Map(types.map(type => [type, rowOf(type, known, specified.get(type) ?? {})]));
  const lines = [...withoutOrphans(rows, new Set(native))].map(
    ([type, row]) => `${JSON.stringify(type)}: ${JSON.stringify(row)}`,
  );
  return `{\n${lines.join(',\n')}\n}\n`;
};

/** The namespaces of all types, sorted: what settings may name as services, without the whole registry. */
export const renderNamespaces = (): string => {
  const types = [...specifiedTypes().keys(), ...Object.keys(handlers)];
  const names = new Set(
    types.map(type => type.split('::')).flatMap(([vendor, name]) => (vendor === 'AWS' ? (name ?? []) : [])),
  );
  return `${JSON.stringify([...names].sort(byName), null, 2)}\n`;
};
