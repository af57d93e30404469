// The shape of the catalogue's native rows: services that are listed by calls of their own, one file each in native/.

export interface NativeType {
  /** `<service>.<kind>`, kebab-case: `ec2.route-table`. Rows of clients/aws/inventory/services/ name it. */
  readonly key: string;
  /** aws-recon's `resource.type`; for what aws-recon does not list, a name in its style. */
  readonly reconType: string;
  /** What CloudFormation does not know is named as if it did: `AWS::EC2::Snapshot`. */
  readonly cloudFormationType: string;
  /**
   * CloudFormation's primary identifier, its parts joined by `|`, as a template over the ARN alone (IdentifierParts), so
   * that every API that shows the resource gives the same; `{arn}` where the ARN does not tell it.
   */
  readonly identifier: string;
  /** Template over {partition}, {region}, {account} and the record's resource, whose members are in snake_case. */
  readonly arn: string;
  /**
   * How the last part of such an ARN begins; tells the types of one service apart. `*` stands for one name. Only needed
   * where `arn` is a member of the answer (`{arn}`): otherwise it follows from the template.
   */
  readonly arnPrefix?: string;
  /** The service as this type's ARN writes it, where that is not the key of its service. */
  readonly arnService?: string;
  /** Whether it can carry tags, where CloudFormation's specification does not know the type or is wrong. */
  readonly taggable?: boolean;
  /** IAM actions that listing it needs, the first of them first. */
  readonly actions: readonly [string, ...string[]];
}

export interface NativeService {
  /** As settings name it, and as its ARNs do unless `arnService` says otherwise. */
  readonly key: string;
  /** aws-recon's name, which stands in every record; for others a name in its style. */
  readonly reconName: string;
  /** The namespaces of its types in CloudFormation, `EC2` of `AWS::EC2::VPC`: other names by which settings may call it. */
  readonly namespaces: readonly string[];
  /** A global service is listed once, and its records say region `global`. */
  readonly scope: 'global' | 'regional';
  /** The only region of the partition `aws` in which a global service answers, where the SDK does not know it itself. */
  readonly home?: string;
  readonly arnService?: string;
  readonly types: readonly NativeType[];
}

/** Keeps the keys as literal types, so that the compiler compares them with the rows that list them. */
export const nativeService = <const Service extends NativeService>(service: Service): Service => service;

/** Keys of a service's types. */
export type TypeKeyOf<Service extends NativeService> = Service['types'][number]['key'];
