// Families → Prometheus' text format or OpenMetrics. Pure: the same families give the same bytes.
import type { MetricFamily, MetricSample } from './families.ts';

export type ExpositionFormat = 'text' | 'openmetrics';

export const expositionTypes: Readonly<Record<ExpositionFormat, string>> = {
  text: 'text/plain; version=0.0.4; charset=utf-8',
  openmetrics: 'application/openmetrics-text; version=1.0.0; charset=utf-8',
};

const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '"': '\\"' };

const special = /[\\\n"]/;

/** One value that is not whole would cost the whole scrape: halves of surrogates become U+FFFD. Most values are plain. */
const escapeValue = (text: string): string => {
  const whole = text.isWellFormed() ? text : text.toWellFormed();
  return special.test(whole) ? whole.replaceAll(/[\\\n"]/g, found => escapes[found] ?? '') : whole;
};

const escapeHelp = (text: string, format: ExpositionFormat): string =>
  text.toWellFormed().replaceAll(format === 'text' ? /[\\\n]/g : /[\\\n"]/g, found => escapes[found] ?? '');

const writeNumber = (value: number): string => {
  if (Number.isFinite(value)) return String(value);
  return Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf';
};

const writeLabels = (labels: MetricSample['labels']): string => {
  const names = Object.keys(labels);
  if (names.length === 0) return '';
  return `{${names
    .sort((a, b) => (a < b ? -1 : 1))
    .map(name => `${name}="${escapeValue(labels[name] ?? '')}"`)
    .join(',')}}`;
};

/** In OpenMetrics a counter's family is named without the suffix that its samples have. */
const familyName = ({ name, type }: Omit<MetricFamily, 'samples'>, format: ExpositionFormat): string =>
  format === 'openmetrics' && type === 'counter' ? name.replace(/_total$/, '') : name;

/** In OpenMetrics only counters may end so; the seeds' gauges do too, and are then of a type that is not known. */
const familyType = ({ name, type }: Omit<MetricFamily, 'samples'>, format: ExpositionFormat): string =>
  format === 'openmetrics' && type === 'gauge' && name.endsWith('_total') ? 'unknown' : type;

/** The two lines above a family's samples: in these alone the formats differ. */
export const renderHead = (family: Omit<MetricFamily, 'samples'>, format: ExpositionFormat): string => {
  const name = familyName(family, format);
  return `# HELP ${name} ${escapeHelp(family.help, format)}\n# TYPE ${name} ${familyType(family, format)}\n`;
};

export const renderSample = (name: string, { labels, value }: MetricSample): string =>
  `${name}${writeLabels(labels)} ${writeNumber(value)}\n`;

/** The lines of one family: of many families each can be written when there is time for it. */
export const renderFamily = (family: MetricFamily, format: ExpositionFormat = 'text'): string =>
  renderHead(family, format) + family.samples.map(sample => renderSample(family.name, sample)).join('');

/** OpenMetrics ends with it: without it a reader takes the rest for lost. */
export const exposedEnd: Readonly<Record<ExpositionFormat, string>> = { text: '', openmetrics: '# EOF\n' };

/** A family without samples is written too: who asks for it learns that it exists. */
export const renderFamilies = (families: readonly MetricFamily[], format: ExpositionFormat = 'text'): string =>
  families.map(family => renderFamily(family, format)).join('') + exposedEnd[format];
