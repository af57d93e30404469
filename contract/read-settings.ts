// config.yaml (or vars.env) + environment → settings. Pure: the caller read the file and the environment.
import { parseEnv } from 'node:util';
import { InventoryError } from './errors.ts';
import { type Settings, settingsSchema } from './settings.ts';
import { renderPath, type SettingsPath, type SettingsProblem, settingsProblems } from './settings-problems.ts';
import { readYamlDocument, settingsInvalid, type YamlDocument } from './yaml-document.ts';

type Environment = Readonly<Record<string, string | undefined>>;

export interface SettingsSource {
  /** Name for messages, e.g. `config.yaml`; undefined when there is no file. */
  readonly file?: { readonly name: string; readonly text: string } | undefined;
  readonly environment: Environment;
  /** From flags: merged over everything else, key by key. */
  readonly overrides?: Readonly<Record<string, unknown>> | undefined;
}

export interface RunSettings extends Settings {
  /** Ids of INCLUDE_ACCOUNTS as they were written, null when it was not set: an unknown one is a failed row, not the end. */
  readonly includeAccounts: readonly string[] | null;
}

type Tree = { [key: string]: unknown };

const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null && !Array.isArray(value);

const merge = (below: unknown, above: unknown): unknown => {
  if (!isTree(below) || !isTree(above)) return above === undefined ? below : above;
  const merged: Tree = { ...below };
  for (const [key, value] of Object.entries(above)) merged[key] = merge(merged[key], value);
  return merged;
};

/** `${NAME}` in every text; an unset NAME is a problem at its place, never an empty text. */
const substitute = (
  value: unknown,
  environment: Environment,
  path: SettingsPath,
  problems: SettingsProblem[],
): unknown => {
  if (typeof value === 'string') {
    return value.replace(/\$\{(\w+)\}/g, (_whole, name: string) => {
      const found = environment[name];
      if (found === undefined) problems.push({ path, message: `the environment variable ${name} is not set` });
      return found ?? '';
    });
  }
  if (Array.isArray(value))
    return value.map((item, index) => substitute(item, environment, [...path, index], problems));
  if (!isTree(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, below]) => [key, substitute(below, environment, [...path, key], problems)]),
  );
};

/** The seven variables of the deployment pipeline; those that only the manifests need are read and left. */
const fromVariables = (variables: Environment, region: string | undefined): Tree => ({
  ...(region === undefined ? {} : { region }),
  reports: {
    ...(variables['BUCKET_NAME'] ? { bucket: variables['BUCKET_NAME'] } : {}),
    ...(variables['SECURITY_ACCOUNT_ID'] ? { expectedOwner: variables['SECURITY_ACCOUNT_ID'] } : {}),
  },
});

const splitIncludeAccounts = (text: string | undefined): readonly string[] | null => {
  if (text === undefined || text === '') return null;
  const ids = [
    ...new Set(
      text
        .split(',')
        .map(id => id.trim())
        .filter(id => id !== ''),
    ),
  ];
  if (ids.length > 0) return ids;
  throw new InventoryError('settings-invalid', `INCLUDE_ACCOUNTS is ${JSON.stringify(text)}: it names no account`, {
    remedy: 'Name at least one account id, or leave the variable empty to take all accounts.',
  });
};

/** Whether a tree holds something at the path, or at the beginning of it. */
const holds = (tree: unknown, path: SettingsPath): boolean => {
  let below = tree;
  for (const part of path) {
    if (Array.isArray(below)) return true;
    if (!isTree(below) || !Object.hasOwn(below, part)) return false;
    below = below[String(part)];
  }
  return path.length > 0;
};

interface Layers {
  readonly document: YamlDocument;
  readonly name: string;
  readonly variables: Tree;
  readonly overrides: unknown;
}

/** Where a value came from: the last layer that set it. */
const originOf = (
  path: SettingsPath,
  { document, name, variables, overrides }: Layers,
): { place: string; line: number } => {
  if (holds(overrides, path)) return { place: 'flags', line: 0 };
  if (holds(variables, path)) return { place: 'environment', line: 0 };
  const line = document.lineOf(path);
  return { place: line === undefined ? name : `${name}:${line}`, line: line ?? 0 };
};

/** Throws settings-invalid with every problem of the document in one message. */
export const readSettings = ({ file, environment, overrides }: SettingsSource): RunSettings => {
  const isVariables = file !== undefined && /\.env$/.test(file.name);
  const inFile: Environment = isVariables ? parseEnv(file.text) : {};
  const variables: Environment = { ...inFile, ...environment };
  const document: YamlDocument =
    file === undefined || isVariables ? { value: {}, lineOf: () => undefined } : readYamlDocument(file.name, file.text);
  const layers = {
    document,
    name: file?.name ?? 'settings',
    variables: fromVariables(variables, environment['AWS_REGION'] ? undefined : inFile['AWS_REGION']),
    overrides,
  };
  const problems: SettingsProblem[] = [];
  const substituted = substitute(document.value, environment, [], problems);
  const merged = isTree(substituted) ? merge(merge(substituted, layers.variables), overrides) : substituted;
  const parsed = settingsSchema.safeParse(merged, { reportInput: true });
  if (parsed.success && problems.length === 0) {
    return { ...parsed.data, includeAccounts: splitIncludeAccounts(variables['INCLUDE_ACCOUNTS']) };
  }
  // A value that could not be substituted is reported once, as what it is.
  const unset = new Set(problems.map(problem => renderPath(problem.path)));
  const found = parsed.success ? [] : settingsProblems(parsed.error);
  const all = [...problems, ...found.filter(problem => !unset.has(renderPath(problem.path)))];
  throw settingsInvalid(all.map(problem => ({ ...problem, ...originOf(problem.path, layers) })));
};
