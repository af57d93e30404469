// What `infrastructure` is to bring about, as data: contract/ says it, infrastructure/ compares it with what is there. Pure.
import type { OwnFiles } from './own-files.ts';
import type { PolicyDocument } from './policy-document.ts';

/** The Organization's management account, and the account that owns the bucket and the runners' role. */
export type EstateAccount = 'billing' | 'security';

/** How far a trust policy is ours: a twin's that was edited by hand stays, where no test cluster is named. */
export type TrustMode = 'merge' | 'keep-existing';

export interface DesiredRole {
  readonly kind: 'role';
  readonly account: EstateAccount;
  /** Begins and ends with a slash. */
  readonly path: string;
  readonly name: string;
  readonly description: string;
  readonly maxSessionSeconds: number;
  readonly trust: PolicyDocument;
  readonly trustMode: TrustMode;
  /** By name; policies of others beside them are left. */
  readonly inlinePolicies: Readonly<Record<string, PolicyDocument>>;
  /** ARNs; others that are attached are left. */
  readonly managedPolicies: readonly string[];
}

/** Customer managed: the member role's rights, in as many parts as fit. */
export interface DesiredManagedPolicy {
  readonly kind: 'managed-policy';
  readonly account: EstateAccount;
  readonly path: string;
  readonly name: string;
  readonly description: string;
  readonly document: PolicyDocument;
}

export interface DesiredOidcProvider {
  readonly kind: 'oidc-provider';
  readonly account: EstateAccount;
  /** Host and path of the issuer, without `https://`. */
  readonly issuer: string;
  readonly audience: string;
}

export interface BucketLifecycle {
  readonly abortMultipartDays: number;
  /** null keeps them for ever. */
  readonly expireDays: number | null;
  readonly noncurrentDays: number | null;
}

export interface DesiredBucket {
  readonly kind: 'bucket';
  readonly account: 'security';
  readonly name: string;
  readonly region: string;
  /** null for SSE-S3. */
  readonly kmsKey: string | null;
  readonly lifecycle: BucketLifecycle;
  /** Of every new object; null for none. */
  readonly objectLock: { readonly mode: 'GOVERNANCE' | 'COMPLIANCE'; readonly days: number } | null;
  /** Merged by Sid. Versioning, the public-access block and enforced ownership are always on. */
  readonly policy: PolicyDocument;
}

/** A file in a bucket that exists already, and is somebody else's. */
export interface DesiredObject {
  readonly kind: 'object';
  readonly account: EstateAccount;
  readonly bucket: string;
  readonly key: string;
  readonly body: string;
}

/** Service-managed: rolls the member role out to every account of its targets but the management account. */
export interface DesiredStackSet {
  readonly kind: 'stack-set';
  readonly account: EstateAccount;
  readonly name: string;
  readonly description: string;
  readonly region: string;
  /** CloudFormation, JSON, without white space. */
  readonly template: string;
  /** Where the template is put when it is longer than a call may carry. */
  readonly templateObject: { readonly bucket: string; readonly key: string };
  /** Ids of the root or of organizational units; empty for the root. */
  readonly organizationalUnits: readonly string[];
  readonly autoDeployment: boolean;
  /** null when the management account itself keeps it. */
  readonly delegatedAdministrator: string | null;
  /** The role that it makes in every account, for the list of accounts without it. */
  readonly roleName: string;
}

export type DesiredResource =
  | DesiredRole
  | DesiredManagedPolicy
  | DesiredOidcProvider
  | DesiredBucket
  | DesiredObject
  | DesiredStackSet;

/** What the estate is made from: settings, flags, and the two accounts that the profiles turned out to be. */
export interface EstateFacts {
  readonly partition: string;
  readonly region: string;
  readonly billingAccountId: string;
  readonly securityAccountId: string;
  /** null where it is not known: then conditions on it are left out, and the plan says so. */
  readonly organizationId: string | null;
  readonly roles: { readonly orchestrator: string; readonly runner: string; readonly exporter: string };
  readonly issuers: { readonly prod: readonly string[]; readonly test: readonly string[] };
  readonly audience: string;
  readonly namespace: string;
  readonly bucket: {
    readonly name: string;
    readonly prefix: string;
    readonly otherPrefix: string | null;
    readonly kmsKey: string | null;
    readonly lifecycle: BucketLifecycle;
    readonly objectLock: DesiredBucket['objectLock'];
  };
  /** The three files of the member role go there; null for nowhere. */
  readonly cliBucket: string | null;
  readonly member: {
    /** `/managed/` */
    readonly path: string;
    readonly name: string;
    readonly externalId: string | null;
    /** With `*` in place of what differs from run to run. */
    readonly sessionNamePattern: string;
    readonly sourceIdentity: boolean;
    /** Every role ARN that settings name for single accounts, and those that read states. */
    readonly otherRoleArns: readonly string[];
    readonly actions: readonly string[];
    /** What the role itself reads states with; null where a role of its own does, or nothing is compared. */
    readonly states: PolicyDocument | null;
    readonly policySource: 'generated' | 'seed';
    /** What the user has written himself: it stands above what is generated. */
    readonly own: OwnFiles;
    readonly rollOut: Pick<
      DesiredStackSet,
      'name' | 'organizationalUnits' | 'autoDeployment' | 'delegatedAdministrator'
    > | null;
  };
  /** Calls of Organizations that the selection of accounts needs. */
  readonly organizationActions: readonly string[];
}
