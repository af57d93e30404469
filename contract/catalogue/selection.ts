// Which types of the catalogue a scan asks for, and which outcomes its settings expect. Pure.
import { type CatalogueType, catalogue, catalogueType, serviceNamesOf } from './catalogue.ts';

export interface TypeSelection {
  /** Names as in serviceNamesOf. */
  readonly services: 'all' | readonly string[];
  /** CloudFormation types, `*` for any characters; empty means all of the services. */
  readonly types: readonly string[];
  readonly exclude: readonly string[];
}

const forms = new Map<string, RegExp>();

/** Whether a name fits a pattern, in which `*` stands for any characters; letters' case does not count. */
export const fitsPattern = (name: string, pattern: string): boolean => {
  let form = forms.get(pattern);
  if (form === undefined) {
    const parts = pattern.split('*').map(part => part.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&'));
    form = new RegExp(`^${parts.join('.*')}$`, 'i');
    forms.set(pattern, form);
  }
  return form.test(name);
};

const fitsAny = (name: string, patterns: readonly string[]): boolean =>
  patterns.some(pattern => fitsPattern(name, pattern));

/** Whether the selection names the type; what it only needs to reach another is not named. */
export const isSelected = (type: CatalogueType, selection: TypeSelection): boolean => {
  if (fitsAny(type.type, selection.exclude)) return false;
  if (selection.types.length > 0 && !fitsAny(type.type, selection.types)) return false;
  if (selection.services === 'all') return true;
  const names = serviceNamesOf(type);
  return selection.services.some(service => names.includes(service.toLowerCase()));
};

/** The selected types, and those below which some of them have to be listed. */
export const selectTypes = (selection: TypeSelection): readonly CatalogueType[] => {
  const selected = new Set(catalogue.filter(type => isSelected(type, selection)));
  const addParent = (type: CatalogueType): void => {
    const parent = type.list?.below === undefined ? undefined : catalogueType(type.list.below);
    if (parent === undefined || selected.has(parent)) return;
    selected.add(parent);
    addParent(parent);
  };
  for (const type of [...selected]) addParent(type);
  return catalogue.filter(type => selected.has(type));
};

/** An outcome that settings declare as expected: it is counted and shown, and does not make the account partial. */
export interface AcceptedOutcome {
  readonly type: string;
  readonly region: string;
  readonly outcome: string;
  readonly reason: string;
}

export interface OutcomePlace {
  readonly type: string;
  readonly region: string;
  readonly outcome: string;
}

/** Why an outcome is expected; undefined when it is not. */
export const acceptedReason = (place: OutcomePlace, accepted: readonly AcceptedOutcome[]): string | undefined =>
  accepted.find(
    ({ type, region, outcome }) =>
      outcome === place.outcome && fitsPattern(place.type, type) && fitsPattern(place.region, region),
  )?.reason;
