// First step after a state's text: JSON of version 4, as Terraform since 0.12 and OpenTofu write it, or what it is instead. Pure.

import type { StateOutcome } from '../../../../contract/drift/drift-report.ts';
import { isMembers } from '../members.ts';

/** As the state has it: only what is read here is named, and none of it is sure to be of its type. */
export interface StateInstance {
  readonly index_key?: unknown;
  /** `tainted`, or absent. */
  readonly status?: unknown;
  /** The key of an object that was replaced and is still to be destroyed. */
  readonly deposed?: unknown;
  readonly schema_version?: unknown;
  readonly attributes?: unknown;
  /** Of instances that no Terraform since 0.12 has touched. */
  readonly attributes_flat?: unknown;
  readonly sensitive_attributes?: unknown;
}

export interface StateResource {
  readonly module?: string | undefined;
  readonly mode: string;
  readonly type: string;
  readonly name: string;
  readonly provider: string;
  readonly instances: readonly StateInstance[];
}

export interface StateDocument {
  readonly version: 4;
  readonly terraform_version?: string | undefined;
  readonly serial?: number | undefined;
  readonly lineage?: string | undefined;
  readonly resources: readonly StateResource[];
}

export interface UnreadableState {
  readonly outcome: Extract<StateOutcome, 'invalid' | 'unsupported'>;
  /** Quotes nothing of the text: it may hold secrets. */
  readonly message: string;
}

export interface ParsedState {
  /** Its resources are those whose own members are of their types. */
  readonly document: StateDocument;
  /** `resources[3]`: what is no resource at all. */
  readonly broken: readonly string[];
}

const invalid = (message: string): UnreadableState => ({ outcome: 'invalid', message });
const unsupported = (message: string): UnreadableState => ({ outcome: 'unsupported', message });

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** Whether V8 says that more was to come: in words, or by a place behind all that there is. */
const endsEarly = (said: string, text: string): boolean =>
  /end of JSON input|Unterminated string/.test(said) ||
  Number(/at position (\d+)/.exec(said)?.[1] ?? -1) >= text.trimEnd().length;

const parseJson = (text: string): unknown => {
  const whole = text.startsWith('\uFEFF') ? text.slice(1) : text;
  if (whole.trim() === '')
    return invalid('It has no bytes: restore an older version of it, or take it out of drift.from.');
  if (/^\s*</.test(whole)) {
    return invalid(
      'It is a page of HTML: the address is not that of the state, or it wants a sign-in; correct drift.from.',
    );
  }
  try {
    return { value: JSON.parse(whole) };
  } catch (thrown) {
    return endsEarly((thrown as Error).message, whole)
      ? invalid(
          'It is cut off: restore an older version of it, or run terraform apply -refresh-only to write it again.',
        )
      : invalid('It is no JSON, and so no state: correct drift.from.');
  }
};

/** Why a document is no state that can be read; undefined for one that can. */
const flawOf = (state: Readonly<Record<string, unknown>>): UnreadableState | undefined => {
  const { version, resources } = state;
  if ('format_version' in state) {
    return invalid(
      'It is what terraform show -json prints, not the state: give the state itself (terraform state pull).',
    );
  }
  if (typeof version !== 'number') return invalid('It is JSON, but no state: correct drift.from.');
  if (version < 4 && isMembers(state['backend'])) {
    return unsupported('It only says where the state is: give the place that its backend names.');
  }
  if (version < 4) {
    return unsupported(
      `It is of version ${version}: let Terraform 0.12 or newer write it again (terraform apply -refresh-only).`,
    );
  }
  if (version > 4) return unsupported(`It is of version ${version}, newer than is known here: update aws-inventory.`);
  if (resources === undefined || resources === null || Array.isArray(resources)) return undefined;
  return invalid('Its resources are no list: restore an older version of it.');
};

const readResource = (value: unknown): StateResource | undefined => {
  if (!isMembers(value)) return undefined;
  const { mode, type, name, instances } = value;
  const module = textOf(value['module']);
  if (typeof mode !== 'string' || typeof type !== 'string' || typeof name !== 'string') return undefined;
  if (!Array.isArray(instances) || (value['module'] !== undefined && module === undefined)) return undefined;
  // The other members go along: a copy of the document may be made of it.
  return { ...value, module, mode, type, name, provider: textOf(value['provider']) ?? '', instances };
};

/** Reads a state's text. Throws nothing. */
export const parseState = (text: string): ParsedState | UnreadableState => {
  const parsed = parseJson(text) as { readonly value: unknown } | UnreadableState;
  if ('outcome' in parsed) return parsed;
  const state = parsed.value;
  if (!isMembers(state)) return invalid('It is JSON, but no state: correct drift.from.');
  const flaw = flawOf(state);
  if (flaw !== undefined) return flaw;
  const resources: StateResource[] = [];
  const broken: string[] = [];
  for (const [at, value] of ((state['resources'] ?? []) as unknown[]).entries()) {
    const resource = readResource(value);
    if (resource === undefined) broken.push(`resources[${at}]`);
    else resources.push(resource);
  }
  const { serial } = state;
  const document: StateDocument = {
    version: 4,
    terraform_version: textOf(state['terraform_version']),
    serial: typeof serial === 'number' ? serial : undefined,
    lineage: textOf(state['lineage']),
    resources,
  };
  return { document, broken };
};
