// A reader of Prometheus' text that takes nothing for granted: a line that is not in its form is an error.

export interface Series {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

const sampleForm = /^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{((?:[a-zA-Z_]\w*="(?:[^"\\\n]|\\[\\n"])*",?)*)\})? (\S+)$/;
const labelForm = /([a-zA-Z_]\w*)="((?:[^"\\\n]|\\[\\n"])*)"/g;
const escapes: Readonly<Record<string, string>> = { '\\\\': '\\', '\\n': '\n', '\\"': '"' };

const readValue = (text: string): string => text.replaceAll(/\\[\\n"]/g, found => escapes[found] ?? '');

/** Throws for a line in no form, a series that is there twice, a family that is not declared once and in one piece. */
export const readExposition = (text: string): Series[] => {
  if (!text.endsWith('\n')) throw new Error('the last line has no end');
  const series: Series[] = [];
  const seen = new Set<string>();
  for (const line of text.slice(0, -1).split('\n')) {
    if (line.startsWith('# TYPE ') || line === '# EOF') {
      if (seen.has(line)) throw new Error(`twice: ${line}`);
      seen.add(line);
      continue;
    }
    // An empty line is nothing, in either format's readers.
    if (line === '' || line.startsWith('# HELP ')) continue;
    const [, name, labels = '', value] = sampleForm.exec(line) ?? [];
    if (name === undefined || value === undefined) throw new Error(`no sample: ${JSON.stringify(line)}`);
    const pairs = [...labels.matchAll(labelForm)].map(
      ([, label = '', found = '']) => [label, readValue(found)] as const,
    );
    const key = name + JSON.stringify(pairs);
    if (seen.has(key)) throw new Error(`twice: ${line}`);
    seen.add(key);
    series.push({ name, labels: Object.fromEntries(pairs), value: Number(value) });
  }
  return series;
};
