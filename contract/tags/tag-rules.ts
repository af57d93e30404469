// Which tags resources have to carry, and which resources are left out: what settings come to, of the fleet or of one command.
import type { RequiredTag } from './tag-report.ts';

export interface TagRules {
  readonly required: readonly RequiredTag[];
  /** Patterns as settings write them (reports/tags/exclusions.ts). */
  readonly exclude: readonly string[];
}

/** Any value will do, of every type that can be tagged. */
export const anyValue = (key: string): RequiredTag => ({ key, values: null, types: null });
