// Locations of states → the session policy of the role that reads them: this account's objects, and no others of the bucket.
import { globPrefix, isStateGlob, type StateLocation } from './state-location.ts';

/** STS takes no longer one. */
export const sessionPolicyCharacters = 2048;

interface Statement {
  readonly Effect: 'Allow';
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

export interface StatePolicy {
  readonly Version: '2012-10-17';
  readonly Statement: readonly Statement[];
}

export interface StatePolicyFacts {
  /** `aws`, `aws-cn`, … */
  readonly partition: string;
  /** In buckets alone. */
  readonly locations: readonly StateLocation[];
  /** Keys that OpenTofu encrypts states with. */
  readonly kmsKeys: readonly string[];
}

/** `$` begins a policy variable. */
const literal = (text: string): string => text.replaceAll('$', '${$}');

/** IAM knows `*`, slashes included, and `?`: a wider pattern than the glob's where that is finer. */
const resourcePattern = (glob: string): string =>
  literal(glob)
    // What stands for a `$` has braces of its own.
    .replace(/\$\{\$\}|\{[^{}]*\}|\[[^\]]*\]/g, part => (part === '${$}' ? part : '*'))
    // What is nested deeper: anything from there on.
    .replace(/(?<!\$)[{[].*$/s, '*')
    .replaceAll('**/', '*')
    .replace(/\*+/g, '*');

interface Place {
  readonly bucket: string;
  readonly key: string;
  /** What its listing begins with, empty for anywhere; undefined where nothing is listed. */
  readonly prefix: string | undefined;
}

/** A glob is listed by what it begins with, one object is read by its name: driftctl gets copies, and lists nothing. */
const placeOf = (location: StateLocation): Place => {
  const at = location.path.indexOf('/');
  const [bucket, key] = [location.path.slice(0, at), location.path.slice(at + 1)];
  if (!isStateGlob(location)) return { bucket, key: literal(key), prefix: undefined };
  return { bucket, key: resourcePattern(key), prefix: literal(globPrefix(key)) };
};

const listing = (partition: string, bucket: string, places: readonly Place[]): Statement[] => {
  const prefixes = [...new Set(places.flatMap(place => place.prefix ?? []))];
  if (prefixes.length === 0) return [];
  return [
    {
      Effect: 'Allow',
      Action: 's3:ListBucket',
      Resource: `arn:${partition}:s3:::${bucket}`,
      // A listing of the whole bucket may carry no prefix, and a condition on one would refuse it.
      ...(prefixes.includes('') ? {} : { Condition: { StringEquals: { 's3:prefix': prefixes } } }),
    },
  ];
};

/** May be longer than STS takes (sessionPolicyCharacters): then there are too many locations for one session. */
export const statePolicy = ({ partition, locations, kmsKeys }: StatePolicyFacts): StatePolicy => {
  const places = locations.map(placeOf);
  const objects = [...new Set(places.map(({ bucket, key }) => `arn:${partition}:s3:::${bucket}/${key}`))];
  const byBucket = [...Map.groupBy(places, ({ bucket }) => bucket)];
  const inBuckets: Statement[] =
    places.length === 0
      ? []
      : [
          { Effect: 'Allow', Action: 's3:GetObject', Resource: objects },
          ...byBucket.flatMap(([bucket, those]) => listing(partition, bucket, those)),
          {
            Effect: 'Allow',
            Action: 'kms:Decrypt',
            Resource: '*',
            Condition: { StringLike: { 'kms:ViaService': 's3.*' } },
          },
        ];
  const direct: Statement[] =
    kmsKeys.length === 0 ? [] : [{ Effect: 'Allow', Action: 'kms:Decrypt', Resource: [...kmsKeys] }];
  return { Version: '2012-10-17', Statement: [...inBuckets, ...direct] };
};
