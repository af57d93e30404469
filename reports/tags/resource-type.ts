// A resource's type as labels of metrics name it: `instance`, `bucket`. Pure.
import { type Arn, parseArn } from '../../contract/catalogue/arn.ts';
import { typeOfArn } from '../../contract/catalogue/arn-types.ts';
import { reconNamesOf } from '../../contract/catalogue/recon-names.ts';

export interface TypedResource {
  readonly arn: string;
  /** The CloudFormation type. */
  readonly type: string;
}

/** `legacy`: what the tag compliance exporter's own code gave, the service for all ARNs without a slash: `s3`, `rds`. */
export const labelForms = ['modern', 'legacy'] as const;
export type LabelForm = (typeof labelForms)[number];

const unknown = 'unknown';

/** What the ARN writes before the first separator; the name of the type where it writes a bare name alone. */
const modernType = (arn: Arn): string => {
  const [, written] = /^\/?([^/:]+)[/:]/.exec(arn.resource) ?? [];
  if (arn.service === 's3' && arn.account === '') return 'bucket';
  if (written !== undefined) return written;
  const { reconType } = typeOfArn(arn);
  return reconType === 'resource' ? arn.service : reconType;
};

const legacyType = ({ service, resource }: Arn): string => {
  const slash = resource.indexOf('/');
  return slash === -1 ? service : resource.slice(0, slash);
};

export const resourceTypeOf = ({ arn: text, type }: TypedResource, form: LabelForm): string => {
  const arn = parseArn(text);
  if (arn !== undefined) return form === 'modern' ? modernType(arn) : legacyType(arn);
  // Some types have no ARN.
  return form === 'modern' && type !== '' ? reconNamesOf(type).reconType : unknown;
};
