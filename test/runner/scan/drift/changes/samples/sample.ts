// The shape of a sample: what a state says of a resource, what AWS answers of it, and what changes of that have to be seen.

type Members = Readonly<Record<string, unknown>>;

/** What AWS knows of a resource. */
export interface Cloud {
  /** The listing's answer, in the SDK's words. */
  readonly fields?: Members;
  /** Of services that answer a map of attributes. */
  readonly attributes?: Readonly<Record<string, string>>;
  /** What was asked beyond the listing. */
  readonly values?: Members;
  readonly tags?: Readonly<Record<string, string>>;
}

/** Path, as `a.0.b`, and both values. */
export type ExpectedChange = readonly [path: string, from: unknown, to: unknown];

export interface Sample {
  /** Terraform's type. */
  readonly type: string;
  /** The catalogue's key of the type that the inventory lists. */
  readonly key: string;
  /** As the state has it. */
  readonly state: Members;
  /** In sync with the state. */
  readonly cloud: Cloud;
  /** What somebody did behind the state's back; members are merged into those of `cloud`. */
  readonly drifts: readonly (readonly [Cloud, ...ExpectedChange[]])[];
}
