// What a person says to `aws-inventory drift`, and what that means beside driftctl's own variables. Pure.
import { InvalidArgumentError } from 'commander';
import { chooseDrift, type DriftChoice, type DriftEngine } from '../contract/drift/drift-settings.ts';
import { fillStateTemplate, parseStateLocation } from '../contract/drift/state-location.ts';
import { InventoryError } from '../contract/errors.ts';
import type { RunSettings } from '../contract/read-settings.ts';
import type { SelectionFlags } from './type-selection.ts';

type Environment = Readonly<Record<string, string | undefined>>;

export type DriftOutput = 'console' | 'json' | 'import';

export interface DriftFlags extends SelectionFlags {
  readonly from?: string[];
  readonly engine?: DriftEngine;
  readonly regions?: string[];
  readonly output?: DriftOutput;
  readonly ignoreFile?: string;
  readonly save?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly stateRole?: string;
  readonly stateExternalId?: string;
  readonly stateRegion?: string;
}

/** driftctl's users, and the exporter's, have set one of these. */
const isSetUpForDriftctl = (environment: Environment): boolean =>
  Boolean(environment['DCTL_FROM']) || Boolean(environment['RESULT_PATH']);

/** Whether driftctl itself is run as its user would, with all of its variables: they are there, and nobody asked for another engine. */
export const isPassedThrough = ({ engine }: DriftFlags, environment: Environment): boolean =>
  isSetUpForDriftctl(environment) && (engine === undefined || engine === 'driftctl');

/** What driftctl has variables of its own for, or no word at all. */
const refusedBeside: readonly (readonly [flag: string, isGiven: (flags: DriftFlags) => boolean])[] = [
  ['--headers', ({ headers }) => headers !== undefined],
  ['--state-role', ({ stateRole }) => stateRole !== undefined],
  ['--state-external-id', ({ stateExternalId }) => stateExternalId !== undefined],
  ['--state-region', ({ stateRegion }) => stateRegion !== undefined],
  ['--types', ({ types }) => types !== undefined],
  ['--services', ({ services }) => services !== undefined],
  ['--exclude', ({ exclude }) => exclude !== undefined],
  ['--regions with more than one region', ({ regions }) => (regions?.length ?? 1) > 1],
];

/** Throws usage for flags that driftctl, set up by its own variables, would not be told of: nobody shall take them for heard. */
export const refuseUnheardFlags = (flags: DriftFlags): void => {
  const unheard = refusedBeside.filter(([, isGiven]) => isGiven(flags)).map(([flag]) => flag);
  if (unheard.length === 0) return;
  throw new InventoryError(
    'usage',
    `DCTL_FROM or RESULT_PATH ask for driftctl as it is set up, which knows nothing of ${unheard.join(', ')}`,
    {
      remedy:
        'Leave them out and use driftctl’s own variables (DCTL_HEADERS, DCTL_FILTER, AWS_REGION), or add --engine ours or --engine both.',
    },
  );
};

/** Comma-separated, as driftctl reads them; commas between braces are alternatives of a glob. */
export const splitStates = (text: string): string[] =>
  text
    .split(/,(?![^{]*\})/)
    .map(part => part.trim())
    .filter(part => part !== '');

/** The flag itself may come again. */
export const statesFlag = (text: string, earlier: string[] = []): string[] => {
  const states = splitStates(text);
  // An empty shell variable must not turn this state into the usual one.
  if (states.length === 0) throw new InvalidArgumentError('It names no state.');
  return [...earlier, ...states];
};

/** What the command names beside the settings. Throws usage. */
export const namedStates = (flags: DriftFlags, environment: Environment): string[] => {
  const named = flags.from ?? splitStates(environment['DCTL_FROM'] ?? '');
  for (const location of named) parseStateLocation(location);
  return named;
};

const usualState = 'tfstate://terraform.tfstate';

/** The account is that of the credentials: its name, units and tags are known only as far as the settings list it. */
const fromSettings = (choice: DriftChoice, settings: RunSettings, accountId: string): string[] => {
  const listed = settings.accounts.from === 'organization' ? undefined : settings.accounts.from;
  const accountName = listed?.find(({ id }) => id === accountId)?.name ?? accountId;
  return choice.from.map(template => fillStateTemplate(template, { accountId, accountName, path: [], tags: {} }));
};

export interface DriftAsked {
  readonly engine: DriftEngine | 'available';
  readonly from: readonly string[];
  /** What the settings say of the account; undefined when they name no state of it. */
  readonly choice: DriftChoice | undefined;
}

/** Flags stand above driftctl's variables, and those above the settings. Throws usage and settings-invalid. */
export const readAsked = (
  flags: DriftFlags,
  { settings, environment, account }: { settings: RunSettings; environment: Environment; account: string },
): DriftAsked => {
  const choice = chooseDrift(settings.drift, account);
  const named = namedStates(flags, environment);
  const inSettings = named.length > 0 || choice === undefined ? [] : fromSettings(choice, settings, account);
  const from = [named, inSettings, [usualState]].find(locations => locations.length > 0) ?? [];
  return { engine: flags.engine ?? choice?.engine ?? 'available', from, choice };
};

/** `Authorization=Bearer …`, and again for the next: the form that driftctl has. */
export const headerFlag = (text: string, earlier: Readonly<Record<string, string>> = {}): Record<string, string> => {
  const at = text.indexOf('=');
  if (at > 0) return { ...earlier, [text.slice(0, at).trim()]: text.slice(at + 1).trim() };
  throw new InventoryError('usage', 'A header of --headers is not written as Name=value', {
    remedy: 'Write --headers "Authorization=Bearer TOKEN".',
  });
};

/** driftctl's variable holds all headers, with commas between them. Throws usage. */
export const headersOf = ({ headers }: DriftFlags, environment: Environment): Readonly<Record<string, string>> => {
  if (headers !== undefined) return headers;
  const parts = (environment['DCTL_HEADERS'] ?? '').split(',').filter(part => part.trim() !== '');
  return parts.reduce<Record<string, string>>((earlier, part) => headerFlag(part, earlier), {});
};

/** driftctl's variable of lines for .driftignore, which stands in place of the file; undefined where it names none. */
export const ignoreLinesOf = (environment: Environment): string | undefined =>
  environment['DCTL_IGNORE'] ? environment['DCTL_IGNORE'].split(',').join('\n') : undefined;
