// One line of output.json: a resource as aws-recon writes it, and beside that what aws-recon does not say.

/** Which API showed a resource: its own service's, the Tagging API, or both. */
export type Witness = 'native' | 'tagging';

export interface InventoryRecord {
  readonly account: string;
  /** aws-recon's name of the service: `EC2`. */
  readonly service: string;
  /** An AWS region, or `global`. */
  readonly region: string;
  /** What the API answered, with the keys that aws-recon gives it (snake_case), and always `type` and `arn`. */
  readonly resource: Readonly<Record<string, unknown>> & { readonly type: string; readonly arn: string };
  /** When it was seen, as aws-recon writes it: `2026-11-22 04:05:06 UTC`. */
  readonly timestamp: string;
  /** The CloudFormation type: `AWS::EC2::Instance`. */
  readonly resourceType: string;
  /** Its primary identifier in CloudFormation; several parts are joined by `|`. */
  readonly resourceId: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly sources: readonly Witness[];
}
