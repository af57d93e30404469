// States of Terraform in a few lines, for the tests of what driftctl gets of them.

export interface SampleResource {
  readonly type: string;
  readonly name?: string;
  readonly module?: string;
  readonly provider?: string;
  readonly mode?: string;
  /** Attributes of each instance. */
  readonly of: readonly Readonly<Record<string, unknown>>[];
  /** Beside the attributes of each instance. */
  readonly beside?: Readonly<Record<string, unknown>>;
}

export const hashicorp = 'provider["registry.terraform.io/hashicorp/aws"]';

/** A state of version 4. */
export const sampleState = (...resources: readonly SampleResource[]): object => ({
  version: 4,
  terraform_version: '1.9.5',
  serial: 7,
  lineage: '8f6f7e0e-0000-4000-8000-000000000001',
  outputs: { password: { value: 'an-output-that-nobody-needs', type: 'string', sensitive: true } },
  resources: resources.map(({ type, name = 'this', module, provider = hashicorp, mode = 'managed', of, beside }) => ({
    ...(module === undefined ? {} : { module }),
    ...{ mode, type, name, provider },
    instances: of.map((attributes, index) => ({
      ...(of.length > 1 ? { index_key: index } : {}),
      schema_version: 1,
      attributes,
      sensitive_attributes: [],
      private: 'bnVsbA==',
      dependencies: ['aws_vpc.main'],
      ...beside,
    })),
  })),
  check_results: null,
});
