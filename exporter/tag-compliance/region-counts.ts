// What is known of the tags in one region of an account, as series need it: by type, by tag, and who lacks which.

export interface TypeCounts {
  /** As series name it: `instance`. */
  readonly resourceType: string;
  readonly checked: number;
  /** With every tag that they have to carry. */
  readonly compliant: number;
  /** Of each tag that they have to carry. */
  readonly tags: readonly { readonly key: string; readonly checked: number; readonly compliant: number }[];
}

export interface LackingResource {
  readonly arn: string;
  readonly resourceType: string;
  /** Tags that it lacks, or that have no allowed value. */
  readonly tags: readonly string[];
}

export interface RegionCounts {
  readonly checked: number;
  readonly compliant: number;
  /** Without any tag. */
  readonly untagged: number;
  /** Left out by the settings. */
  readonly excluded: number;
  readonly types: readonly TypeCounts[];
  readonly lacking: readonly LackingResource[];
}
