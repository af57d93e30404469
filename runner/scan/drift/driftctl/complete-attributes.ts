// Attributes of an instance in the form of the provider that driftctl loads: it refuses a whole state for one that is absent. Pure.
import { isMembers, type Members } from '../members.ts';

/** A type as Terraform's providers write it. */
export type AttributeForm =
  | 'string'
  | 'number'
  | 'bool'
  | 'dynamic'
  | readonly ['list' | 'set' | 'map', AttributeForm]
  | readonly ['object', AttributeForms];

/** Every one of them has to be there, as null at least. */
export interface AttributeForms {
  readonly [name: string]: AttributeForm;
}

export interface CompletedAttributes {
  readonly attributes: Members;
  /** Those of the top that were absent, or held something of another form (`aws_vpc` of provider 5: `enable_classiclink`). */
  readonly changed: readonly string[];
}

const isNumeric = (value: unknown): boolean =>
  typeof value === 'string' && value !== '' && Number.isFinite(Number(value));

/** Terraform converts between these by itself. */
const primitives: Readonly<Record<string, (value: unknown) => boolean>> = {
  string: value => ['string', 'number', 'boolean'].includes(typeof value),
  number: value => typeof value === 'number' || isNumeric(value),
  bool: value => typeof value === 'boolean' || value === 'true' || value === 'false',
  dynamic: () => true,
};

/** Lists are empty rather than null: driftctl goes through them without asking. */
const empty = (form: AttributeForm): unknown =>
  typeof form !== 'string' && (form[0] === 'list' || form[0] === 'set') ? [] : null;

/** As Terraform writes what is not set; driftctl falls over a null where its provider never wrote one. */
const defaults: Readonly<Record<string, unknown>> = { string: '', number: 0, bool: false };

const absent = (form: AttributeForm): unknown => (typeof form === 'string' ? (defaults[form] ?? null) : empty(form));

const completeMembers = (members: Members, forms: AttributeForms): Members => {
  const completed = Object.entries(forms).map(([name, form]) => [name, complete(members[name], form)]);
  // What only newer providers know is passed over by driftctl.
  return { ...members, ...Object.fromEntries(completed) };
};

const complete = (value: unknown, form: AttributeForm): unknown => {
  if (value === undefined) return absent(form);
  if (value === null) return empty(form);
  if (typeof form === 'string') return primitives[form]?.(value) === true ? value : null;
  if (form[0] === 'object') return isMembers(value) ? completeMembers(value, form[1]) : null;
  const inner = form[1];
  if (form[0] === 'map') {
    if (!isMembers(value)) return null;
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, complete(one, inner)]));
  }
  return Array.isArray(value) ? value.map(one => complete(one, inner)) : empty(form);
};

const hasForm = (value: unknown, form: AttributeForm): boolean => {
  if (value === undefined) return false;
  if (value === null) return true;
  if (typeof form === 'string') return primitives[form]?.(value) === true;
  return form[0] === 'list' || form[0] === 'set' ? Array.isArray(value) : isMembers(value);
};

/** The attributes with all that the forms ask for; values of another form give way, since one of them fails the scan. */
export const completeAttributes = (attributes: Members, forms: AttributeForms): CompletedAttributes => ({
  attributes: completeMembers(attributes, forms),
  changed: Object.entries(forms)
    .filter(([name, form]) => !hasForm(attributes[name], form))
    .map(([name]) => name),
});
