// A settings file as text → its value, and the line of each part: what every file of settings that is YAML is read by. Pure.
import { isMap, isScalar, LineCounter, type Node, parseDocument } from 'yaml';
import { InventoryError } from './errors.ts';
import { renderPath, type SettingsPath, type SettingsProblem } from './settings-problems.ts';

export interface YamlDocument {
  readonly value: unknown;
  readonly lineOf: (path: SettingsPath) => number | undefined;
}

/** A few lines of aliases can stand for gigabytes: the library refuses, and the refusal is a problem of the document. */
const toValue = (document: ReturnType<typeof parseDocument>, name: string): unknown => {
  try {
    return document.toJS({ maxAliasCount: 100 }) ?? {};
  } catch (cause) {
    throw new InventoryError('settings-invalid', `${name} cannot be read: ${(cause as Error).message}`, { cause });
  }
};

/** Throws settings-invalid for what is no YAML. */
export const readYamlDocument = (name: string, text: string): YamlDocument => {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const syntax = document.errors[0];
  if (syntax !== undefined) throw new InventoryError('settings-invalid', `${name} is not YAML: ${syntax.message}`);
  const lineOf = (path: SettingsPath): number | undefined => {
    for (let end = path.length; end > 0; end -= 1) {
      const parent = document.getIn(path.slice(0, end - 1), true);
      const key = isMap(parent)
        ? parent.items.find(pair => isScalar(pair.key) && pair.key.value === path[end - 1])?.key
        : undefined;
      const node = (key ?? document.getIn(path.slice(0, end), true)) as Node | undefined;
      if (node?.range != null) return lines.linePos(node.range[0]).line;
    }
    return undefined;
  };
  return { value: toValue(document, name), lineOf };
};

export interface PlacedProblem extends SettingsProblem {
  /** `config.yaml:7`, `flags`, `environment`. */
  readonly place: string;
  /** 0 for what stands in no file. */
  readonly line: number;
}

/** All of them in one error, in the order of the file. */
export const settingsInvalid = (problems: readonly PlacedProblem[]): InventoryError => {
  const rendered = problems
    .toSorted((a, b) => a.line - b.line)
    .map(({ place, path, message }) => `  ${place} ${renderPath(path)}: ${message}`);
  const count = problems.length === 1 ? 'one problem' : `${problems.length} problems`;
  return new InventoryError('settings-invalid', `The settings have ${count}:\n${rendered.join('\n')}`);
};
