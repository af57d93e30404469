// A declared resource that was found: its attributes in the state against AWS's. Pure.
import type { DriftChange } from '../../../../contract/drift/drift-report.ts';
import { terraformType } from '../../../../contract/drift/terraform-types.ts';
import type { Detail } from '../details.ts';
import type { DeclaredResource, FoundResource } from '../resources.ts';
import { type CloudFacts, type ComparedType, type Comparison, listedMember, reach } from './comparison.ts';
import { type Difference, differencesOf } from './differences.ts';
import { maskedChange } from './masked-change.ts';
import { separatingAttributes } from './separate.ts';
import { tagDifferences } from './tag-differences.ts';
import { computeTypes } from './types/compute.ts';
import { databaseTypes } from './types/databases.ts';
import { ec2Types } from './types/ec2.ts';
import { iamTypes } from './types/iam.ts';
import { keyTypes } from './types/keys.ts';
import { messagingTypes } from './types/messaging.ts';
import { s3Types } from './types/s3.ts';
import { securityGroupTypes } from './types/security-groups.ts';

const rows: readonly ComparedType[] = [
  ...securityGroupTypes,
  ...ec2Types,
  ...iamTypes,
  ...s3Types,
  ...keyTypes,
  ...computeTypes,
  ...databaseTypes,
  ...messagingTypes,
];

const byType = new Map(rows.flatMap(row => row.types.map(type => [type, row] as const)));

/** Terraform types of which attributes are compared. */
export const comparedTypes: readonly string[] = [...byType.keys()];

/** CloudFormation's types of which a comparison needs the descriptions, where states declare these Terraform types. */
export const comparedResourceTypes = (declaredTypes: Iterable<string>): ReadonlySet<string> =>
  new Set([...declaredTypes].flatMap(type => (byType.has(type) ? (terraformType(type)?.resourceType ?? []) : [])));

const attributesOf = (type: string): ReadonlySet<string> => {
  const row = byType.get(type);
  const own = (row?.comparisons ?? []).map(({ path }) => String(path[0]));
  return new Set([...own, ...(row?.tags === undefined ? [] : ['tags', 'tags_all']), ...separatingAttributes(type)]);
};

/** Readers of states ask for each of many thousand resources. */
const attributesByType = new Map(comparedTypes.map(type => [type, attributesOf(type)]));
const unsetByType = new Map(
  rows.flatMap(({ types, comparisons }) => {
    const names = comparisons.filter(({ empty }) => empty !== undefined).map(({ path }) => String(path[0]));
    return types.map(type => [type, new Set(names)] as const);
  }),
);
const noNames: ReadonlySet<string> = new Set();

/** Those of which null in a state means something: that there is none. A state of a provider that does not know them has no null. */
export const comparedUnset = (type: string): ReadonlySet<string> => unsetByType.get(type) ?? noNames;

/** Top-level attributes that a comparison reads in a state's resources of the type, or by which they stand for their whole's. */
export const comparedAttributes = (type: string): ReadonlySet<string> =>
  attributesByType.get(type) ?? new Set(separatingAttributes(type));

export interface ComparedPair {
  readonly declared: DeclaredResource;
  readonly found: FoundResource;
  /** Of the resource; of a part, that of its whole. */
  readonly detail: Detail | undefined;
  /** Attributes that other declarations stand for (separatelyDeclared): they are not compared here. */
  readonly separate?: ReadonlySet<string>;
}

const factsOf = ({ declared, found, detail }: ComparedPair, { witness }: ComparedType): CloudFacts => {
  const description = found.description ?? {};
  const isDescribed = witness === undefined || listedMember(description, witness) !== undefined;
  return { found, description, isDescribed, values: detail?.values ?? {}, declared: declared.attributes };
};

/** What a whole declares inside itself may be joined with the part: then it is the whole's own pair that is compared. */
const isSameKind = (declared: string, found: string | undefined): boolean => {
  const [own, other] = [terraformType(declared), found === undefined ? undefined : terraformType(found)];
  return own === undefined || other === undefined || own.family === other.family;
};

const isNothing = (value: unknown): boolean => Array.isArray(value) && value.length === 0;

/** What the state says, canonical; undefined where it says nothing, which is then nobody's to compare. */
const declaredValue = ({ path, form, empty }: Comparison, facts: CloudFacts): unknown => {
  const { value, isEmpty } = reach(facts.declared, path);
  const said = isEmpty ? empty : value;
  const canonical = said === undefined ? undefined : form.canonical(said);
  return isNothing(canonical) && empty === undefined ? undefined : canonical;
};

const differencesIn = (comparison: Comparison, facts: CloudFacts): Difference[] => {
  const from = declaredValue(comparison, facts);
  if (from === undefined || comparison.when?.(facts) === false) return [];
  const read = comparison.read(facts);
  const to = read === undefined ? undefined : comparison.form.canonical(read);
  return to === undefined ? [] : differencesOf(comparison.form, comparison.path, { from, to });
};

/**
 * What differs, secrets masked; nothing where both say the same, where the state says nothing, or where AWS does not tell.
 * Resources of the provider awscc are not compared: its attributes are CloudFormation's.
 */
export const compareResource = (pair: ComparedPair): DriftChange[] => {
  const { declared, separate } = pair;
  const row = declared.provider === 'aws' ? byType.get(declared.type) : undefined;
  if (row === undefined || !isSameKind(declared.type, pair.found.type)) return [];
  const facts = factsOf(pair, row);
  const attributes = row.comparisons
    .filter(({ path }) => !separate?.has(String(path[0])))
    .flatMap(comparison => {
      const masking = { sensitive: declared.sensitive, secret: comparison.secret ?? false };
      return differencesIn(comparison, facts).map(each => maskedChange(each, masking));
    });
  const masking = { sensitive: declared.sensitive, secret: false };
  return [...attributes, ...tagDifferences(facts, row.tags).map(each => maskedChange(each, masking))];
};
