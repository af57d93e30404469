// What the drift engine joins: resources that states declare, and resources that are there.
import type { DriftChange, ResourceManager, StateSource } from '../../../contract/drift/drift-report.ts';

type Attributes = Readonly<Record<string, unknown>>;

/** One instance of a managed resource in a state. */
export interface DeclaredResource {
  readonly source: Required<StateSource>;
  /** Terraform's type. */
  readonly type: string;
  readonly provider: 'aws' | 'awscc';
  /** The `id` attribute; empty where a state has none. */
  readonly id: string;
  /** From the attribute `region` (provider 6), or from an ARN; undefined where the state does not tell. */
  readonly region: string | undefined;
  /** From an ARN or `owner_id`; undefined where the state does not tell. */
  readonly account: string | undefined;
  /** Those that identify it or are compared (attributesOf its type), as the state has them. */
  readonly attributes: Attributes;
  /** Paths that the state marks as sensitive, as `a.b[0]`. */
  readonly sensitive: readonly string[];
}

/** A resource that AWS showed, or a part of one that Terraform keeps as a resource of its own. */
export interface FoundResource {
  /** CloudFormation's type; of a part without one, that of its whole. */
  readonly resourceType: string;
  /** Terraform's type; undefined where none is known. */
  readonly type: string | undefined;
  /** Terraform's id where it is known, CloudFormation's identifier otherwise. */
  readonly id: string;
  /** All that a declaration may be found by: identifier, ARN, name, ids of Terraform. */
  readonly keys: readonly string[];
  readonly arn: string;
  /** An AWS region, or `global`. */
  readonly region: string;
  readonly name: string | null;
  readonly tags: Readonly<Record<string, string>>;
  /** What the API answered (InventoryRecord.resource): of types alone whose owners, parts or attributes are read from it. */
  readonly description: Attributes | undefined;
  /** Key of the resource that it is a part of; undefined for a whole. */
  readonly partOf: string | undefined;
  /** AWS makes it by itself, with its whole: it is worth a word only when a state declares it. */
  readonly byDefault?: true;
  /** No listing has shown it, only the Tagging API, which remembers what was deleted for a while. */
  readonly taggedOnly?: true;
}

/** A resource, what a state says of it and what AWS does: at least one of both. */
export interface JoinedResource {
  readonly declared: DeclaredResource | undefined;
  /** Other declarations of the same resource. */
  readonly alsoDeclared: readonly DeclaredResource[];
  readonly found: FoundResource | undefined;
  /** Why AWS could not be asked about it; null when it could. */
  readonly unseen: string | null;
  /** Why it may be gone though one API showed it. */
  readonly doubt?: string | undefined;
}

export interface JudgedResource extends JoinedResource {
  readonly verdict:
    | 'managed'
    | 'changed'
    | 'managed-by-stack'
    | 'managed-by-service'
    | 'unmanaged'
    | 'missing'
    | 'unknown';
  readonly changes: readonly DriftChange[];
  readonly manager: ResourceManager | undefined;
  /** What else there is to say: why nothing is known of it, or that it claims an owner who does not know it. */
  readonly reason?: string | undefined;
}
