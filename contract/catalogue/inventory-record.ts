// One line of output.json: a resource as aws-recon writes it, and beside that what aws-recon does not say.

/** Which API showed a resource: its own service's, Cloud Control, the Tagging API, or two of them. */
export type Witness = 'native' | 'cloud-control' | 'tagging';

export interface InventoryRecord {
  readonly account: string;
  /** aws-recon's name of the service: `EC2`. */
  readonly service: string;
  /** An AWS region, or `global`. */
  readonly region: string;
  /**
   * What the API answered: of native types with the keys that aws-recon gives it (snake_case), of Cloud Control's under
   * `properties` with CloudFormation's names. Always `type` and `arn`; the ARN is empty where AWS has none for the type.
   */
  readonly resource: Readonly<Record<string, unknown>> & { readonly type: string; readonly arn: string };
  /** When it was seen, as aws-recon writes it: `2026-11-22 04:05:06 UTC`. */
  readonly timestamp: string;
  /** The CloudFormation type: `AWS::EC2::Instance`. */
  readonly resourceType: string;
  /** Its primary identifier in CloudFormation; several parts are joined by `|`. */
  readonly resourceId: string;
  /** What people call it: the tag `Name`, or the name that its API has for it; null without one. */
  readonly name: string | null;
  /** ISO 8601, in UTC; null where the API does not say. */
  readonly createdAt: string | null;
  readonly tags: Readonly<Record<string, string>>;
  readonly sources: readonly Witness[];
}
