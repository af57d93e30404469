// States as Terraform would have left them for what the simulator holds, put where a run looks for them.
import { CreateBucketCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import type { AccountClients } from './account-clients.ts';

/** A resource as a state has it. */
export interface TerraformResource {
  /** Terraform's type. */
  readonly type: string;
  /** Of the resource in AWS; its name in the state is made of it. */
  readonly name: string;
  readonly region: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

/** A name that Terraform takes: letters, digits, `_` and `-`, no digit first. */
const stateName = (name: string): string => `r_${name.replaceAll(/[^\w-]/g, '_')}`;

/** A state of version 4, as Terraform 1.x writes it with provider 6. */
export const renderState = (resources: readonly TerraformResource[], lineage: string): string =>
  `${JSON.stringify(
    {
      version: 4,
      terraform_version: '1.11.4',
      serial: resources.length,
      lineage,
      outputs: {},
      resources: resources.map(({ type, name, region, attributes }) => ({
        mode: 'managed',
        type,
        name: stateName(name),
        provider: 'provider["registry.terraform.io/hashicorp/aws"]',
        instances: [{ schema_version: 0, attributes: { region, ...attributes }, sensitive_attributes: [] }],
      })),
      check_results: null,
    },
    null,
    2,
  )}\n`;

/** Makes the bucket that the states of all accounts lie in. Throws what S3 answers. */
export const createStateBucket = async (owner: AccountClients, region: string, bucket: string): Promise<void> => {
  const CreateBucketConfiguration = { LocationConstraint: region as 'eu-west-1' };
  await owner.client('s3', region).send(new CreateBucketCommand({ Bucket: bucket, CreateBucketConfiguration }));
};

export interface PlacedState {
  readonly bucket: string;
  readonly key: string;
  readonly text: string;
}

/** Throws what S3 answers. */
export const putState = async (owner: AccountClients, region: string, state: PlacedState): Promise<void> => {
  const { bucket, key, text } = state;
  await owner
    .client('s3', region)
    .send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: text, ContentType: 'application/json' }));
};
