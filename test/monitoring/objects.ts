// What k8s/ has for Prometheus and Grafana, as the tests read it: rules, dashboards, and the questions that both ask.
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

export interface Rule {
  readonly alert: string;
  readonly expr: string;
  readonly for: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}
export interface RuleFile {
  readonly groups: readonly { readonly name: string; readonly rules: readonly Rule[] }[];
}
interface Position {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}
export interface Panel {
  readonly id: number;
  readonly title: string;
  readonly type: string;
  readonly gridPos: Position;
  readonly targets?: readonly { readonly expr: string }[];
}
export interface Dashboard {
  readonly uid: string;
  readonly panels: readonly Panel[];
  readonly links: readonly { readonly url: string }[];
  readonly templating: { readonly list: readonly { readonly name: string; readonly definition?: string }[] };
}

const monitoring = 'k8s/components/exporter-monitoring';
const dashboards = 'k8s/components/exporter-dashboards';

export const ruleFiles = ['rules', 'tag-rules'] as const;

/** As Prometheus reads it: a PrometheusRule without what the operator needs. */
export const readRuleFile = (name: (typeof ruleFiles)[number]): RuleFile =>
  (parse(readFileSync(`${monitoring}/${name}.yaml`, 'utf8')) as { spec: RuleFile }).spec;

export const readRules = (name: (typeof ruleFiles)[number]): Rule[] =>
  readRuleFile(name).groups.flatMap(({ rules }) => rules);

export const readDashboard = (name: 'fleet' | 'account'): Dashboard =>
  JSON.parse(readFileSync(`${dashboards}/${name}.json`, 'utf8')) as Dashboard;

/** The PromQL of all panels. */
export const panelQueries = ({ panels }: Dashboard): string[] =>
  panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr));
