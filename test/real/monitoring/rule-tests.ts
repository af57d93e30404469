// The cases as a test file of promtool: in each the alert fires with its labels and words, or nothing does.
import { stringify } from 'yaml';
import { readRules, ruleFiles } from '../../monitoring/objects.ts';
import { type AlertCase, alertCases } from './alert-cases.ts';

type Series = Readonly<Record<string, number | undefined>>;

const rules = ruleFiles.flatMap(readRules);

const seriesOf = (series: Series, minutes: number) =>
  Object.entries(series).flatMap(([name, value]) =>
    value === undefined ? [] : { series: name, values: `${value}+0x${minutes}` },
  );

const testOf = ({ alert, minutes }: AlertCase, series: Series, expected: readonly object[]) => ({
  interval: '1m',
  input_series: seriesOf(series, minutes),
  alert_rule_test: [{ eval_time: `${minutes}m`, alertname: alert, exp_alerts: expected }],
});

const caseTests = (one: AlertCase) => {
  const rule = rules.find(({ alert }) => alert === one.alert);
  const annotations = { ...rule?.annotations, summary: one.summary };
  const fired = { exp_labels: { ...one.labels, ...rule?.labels }, exp_annotations: annotations };
  return [testOf(one, one.firing, [fired]), testOf(one, { ...one.firing, ...one.healthy }, [])];
};

/** `files` are the rule files, as promtool finds them from where the test lies. */
export const renderRuleTests = (files: readonly string[]): string =>
  stringify({ rule_files: files, evaluation_interval: '1m', tests: alertCases.flatMap(caseTests) });
