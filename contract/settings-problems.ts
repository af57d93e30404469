// What is wrong with a settings document: every problem at once, each with its path and what would be right.
import { closest, distance } from 'fastest-levenshtein';
import * as z from 'zod';
import { settingsSchema } from './settings.ts';

export type SettingsPath = readonly PropertyKey[];

export interface SettingsProblem {
  readonly path: SettingsPath;
  readonly message: string;
}

interface JsonSchema {
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly additionalProperties?: JsonSchema | boolean;
}

/** The JSON Schema of config.yaml, as published in config.schema.json. */
export const settingsJsonSchema = (): object => z.toJSONSchema(settingsSchema, { io: 'input' });

const alternatives = (schema: JsonSchema): readonly JsonSchema[] => [
  schema,
  ...(schema.anyOf ?? []).flatMap(alternatives),
];

const knownKeys = (path: SettingsPath, whole: z.ZodType): string[] => {
  let level: readonly JsonSchema[] = alternatives(z.toJSONSchema(whole, { io: 'input' }) as JsonSchema);
  for (const part of path) {
    level = level.flatMap(schema => {
      if (typeof part === 'number') return schema.items === undefined ? [] : alternatives(schema.items);
      const below = schema.properties?.[String(part)] ?? schema.additionalProperties;
      return typeof below === 'object' ? alternatives(below) : [];
    });
  }
  return level.flatMap(schema => Object.keys(schema.properties ?? {}));
};

const nearestHint = (key: string, known: readonly string[]): string => {
  if (known.length === 0) return '';
  const nearest = closest(key, known);
  if (distance(key.toLowerCase(), nearest.toLowerCase()) <= Math.max(2, key.length / 3))
    return `; did you mean ${nearest}?`;
  return `; known here: ${known.join(', ')}`;
};

type Issue = z.core.$ZodIssue;

const problemsOf = (issue: Issue, base: SettingsPath, whole: z.ZodType): SettingsProblem[] => {
  const path = [...base, ...issue.path];
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map(key => ({
      path: [...path, key],
      message: `unknown key${nearestHint(key, knownKeys(path, whole))}`,
    }));
  }
  if (issue.code === 'invalid_union') {
    // The alternative that got furthest is the one that was meant.
    const deepest = issue.errors
      .map(branch => branch.flatMap(inner => problemsOf(inner, path, whole)))
      .sort((a, b) => depth(b) - depth(a))[0];
    if (deepest !== undefined && depth(deepest) > path.length) return deepest;
    const messages = issue.errors.flatMap(branch => branch.map(inner => plain(inner.message)));
    return [{ path, message: `${[...new Set(messages)].join(', or ')}${quoted(issue.input)}` }];
  }
  return [{ path, message: `${plain(issue.message)}${quoted(issue.input)}` }];
};

const plain = (message: string): string => message.replace(/^(Invalid input|Too small|Too big): /, '');

/** The offending value, where it is short enough to help. */
const quoted = (input: unknown): string => {
  if (typeof input !== 'string' && typeof input !== 'number' && typeof input !== 'boolean') return '';
  return ` (it is ${JSON.stringify(input).slice(0, 80)})`;
};

const depth = (problems: readonly SettingsProblem[]): number =>
  Math.max(0, ...problems.map(problem => problem.path.length));

/** `whole` is the schema that found them: it knows which keys there are. */
export const settingsProblems = (error: z.ZodError, whole: z.ZodType = settingsSchema): SettingsProblem[] =>
  error.issues.flatMap(issue => problemsOf(issue, [], whole));

/** `accounts.exclude[0]`, as a reader would look for it. */
export const renderPath = (path: SettingsPath): string =>
  path
    .map((part, index) => (typeof part === 'number' ? `[${part}]` : index === 0 ? String(part) : `.${String(part)}`))
    .join('') || 'the whole document';
