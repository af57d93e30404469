// Which metrics and labels a PromQL expression names. Not a parser: enough for the expressions of this repository.

export interface NamedMetric {
  readonly name: string;
  /** Of its selector. */
  readonly labels: readonly string[];
}

const words = new Set(['and', 'or', 'unless', 'by', 'on', 'without', 'ignoring', 'bool', 'offset', 'group_left']);

/** Names of metrics with the labels that they are selected by. */
export const namedMetrics = (expression: string): NamedMetric[] => {
  const bare = expression.replaceAll(/\b(by|on|without|ignoring|group_left)\s*\([^)]*\)/g, ' ');
  return [...bare.matchAll(/([a-zA-Z_:][\w:]*)\s*(\{[^}]*\})?(?!\w|\s*\()/g)].flatMap(([, name = '', selector = '']) =>
    words.has(name) || /^\d/.test(name)
      ? []
      : [{ name, labels: [...selector.matchAll(/(\w+)\s*(?:=~|!~|!=|=)/g)].map(([, label]) => label ?? '') }],
  );
};

/** Labels of `by (…)` and `on (…)`. */
export const groupingLabels = (expression: string): string[] =>
  [...expression.matchAll(/\b(?:by|on)\s*\(([^)]*)\)/g)].flatMap(([, list = '']) =>
    list.split(',').map(label => label.trim()),
  );
